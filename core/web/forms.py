"""What every form of the pages shares: refusals of a stage become mistakes of the form, so that no input is lost."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from django import forms
from django.utils.translation import gettext_lazy

from core.refusals import NotAllowed, NotFound, Refusal

T = TypeVar("T")

# Django reads a form's body with "replace": bytes that are no UTF-8, lone surrogates among them, come in as U+FFFD.
_BROKEN = gettext_lazy(
    "Part of this text could not be read and stands as “�”. Replace these characters with what was meant."
)


class PageForm(forms.Form):
    """A form whose mistakes may also come from below."""

    refusal: Refusal | None = None

    def _clean_fields(self) -> None:
        super()._clean_fields()  # type: ignore[misc]  # Django's own, which its stubs leave out
        for name, value in list(self.cleaned_data.items()):
            if isinstance(value, str) and "\ufffd" in value:
                self.add_error(name, _BROKEN)

    def attempt(self, act: Callable[[], T]) -> T | None:
        """Do it, or return None with the refusal shown where it belongs.

        What the person may not do stays an answer of its own: NotAllowed and NotFound pass.
        """
        try:
            return act()
        except (NotAllowed, NotFound):
            raise
        except Refusal as refusal:
            self.refusal = refusal
            field = refusal.where if refusal.where in self.fields else None
            self.add_error(field, f"{refusal.sentence} {refusal.advice}")
            return None

    def model_field(self, name: str) -> "forms.ModelChoiceField[Any]":
        """The field that chooses a row, to be given its rows."""
        return cast("forms.ModelChoiceField[Any]", self.fields[name])

    @property
    def status(self) -> int:
        """The status of a page that shows this form: 200 fresh, the refusal's, or 422 for wrong input."""
        if not self.is_bound or self.is_valid():
            return 200
        return self.refusal.status if self.refusal else 422
