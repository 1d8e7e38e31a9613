"""What every form of the pages shares: refusals of a stage become mistakes of the form, so that no input is lost."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from django import forms

from core.refusals import NotAllowed, NotFound, Refusal

T = TypeVar("T")


class PageForm(forms.Form):
    """A form whose mistakes may also come from below."""

    refusal: Refusal | None = None

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
