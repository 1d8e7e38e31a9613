"""The forms by which a lead gives items to people by name."""

import re
from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from annotation.models import Project
from annotation.models.panel import annotators_of
from annotation.stages.give import MOST_DESCRIBED
from annotation.web.languages import language_name
from core.models import User
from core.refusals import InvalidInput
from core.web.forms import PageForm
from experts.models import Expert

LISTED = 200
ANY = [("", _("Any"))]


class UntilField(forms.DateTimeField):
    """A day and a time; empty: the project's minutes from now."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Reserved until"),
            required=False,
            widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
            help_text=format_lazy(
                _("Empty: the project's usual time. The time zone is {zone}."), zone=settings.TIME_ZONE
            ),
        )


class WhomForm(PageForm):
    """To whom, of the project's annotators: one of those who are listed, or another one by id."""

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.project = project
        found = list(annotators_of(project)[: LISTED + 1])
        self.people = [(one.uid, str(one)) for one in found[:LISTED]]
        self.cut = len(found) > LISTED
        named = str(self.data.get("expert", "")) if self.is_bound else ""
        others = [(named, named)] if named not in dict(self.people) else []  # `expert` asks who that is
        field = forms.ChoiceField(label=_("To whom"), choices=[("", "–"), *self.people, *others])
        self.fields = {"expert": field, **self.fields}

    def expert(self) -> Expert:
        """The one who was chosen. Raises InvalidInput when they have lost their role meanwhile."""
        found = annotators_of(self.project).filter(uid=self.cleaned_data["expert"]).first()
        if found is None:
            raise InvalidInput(where="expert")
        return found


class GiveForm(WhomForm):
    """The next items of the queue that are like this, or these items."""

    how = forms.ChoiceField(
        label=_("Which items"),
        choices=[("next", _("The next of the queue")), ("these", _("These"))],
        widget=forms.RadioSelect,
        initial="next",
    )
    count = forms.IntegerField(label=_("How many"), min_value=1, max_value=MOST_DESCRIBED, initial=10)
    kind = forms.ChoiceField(label=_("Kind of item"), required=False)
    batch = forms.ChoiceField(label=_("Batch"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    items = forms.CharField(
        label=_("Ids of items"),
        required=False,
        max_length=120_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The last part of an item's address, separated by spaces, commas or lines."),
    )
    until = UntilField()

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, project=project, **kwargs)
        lanes = list(project.lanes.order_by().values_list("kind", "language").distinct()[:500])
        kinds = sorted({kind for kind, _language in lanes if kind})
        languages = sorted({language for _kind, language in lanes if language})
        batches = project.batches.order_by("-pk").values_list("uid", "name")[:LISTED]
        self._choose("kind", [(kind, kind) for kind in kinds])
        self._choose("language", [(code, language_name(code)) for code in languages])
        self._choose("batch", list(batches))

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        if not choices and not self.is_bound:
            self.fields[name].widget = forms.HiddenInput()
        self.fields[name].choices = [*ANY, *choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Who chooses items names them."""
        given = super().clean() or self.cleaned_data
        if given.get("how") == "these" and not self.uids():
            self.add_error("items", _("Name at least one item."))
        return given

    def uids(self) -> list[str]:
        """The ids that were typed, each once."""
        typed = self.cleaned_data.get("items") or ""
        return list(dict.fromkeys(word for word in re.split(r"[\s,;，；、]+", typed) if word))


class HandOnForm(WhomForm):
    until = UntilField()


class ToWhomForm(forms.Form):
    """A button beside a name."""

    expert_uid = forms.CharField(max_length=40)

    def expert(self, by: User) -> Expert:
        """The one whose button it was. Raises InvalidInput."""
        uid = self.cleaned_data["expert_uid"] if self.is_valid() else ""
        found = Expert.objects.visible_to(by).select_related("user").filter(uid=uid).distinct().first()
        if found is None:
            raise InvalidInput(where="expert")
        return found
