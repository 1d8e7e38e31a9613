"""Asking for a release: what it would hold, what its gate would say, and in which formats."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext, gettext_lazy

from annotation.formats.release.described import DESCRIBED
from annotation.formats.release.registry import ALWAYS, FORMATS, USUAL
from annotation.models import Dispute, GoldLabel, Item, Project
from annotation.models.gold import HowSettled
from annotation.models.release_outlook import licence_by_default, misfits_now, preview
from annotation.models.release_policy import policy_of
from annotation.models.released_files import files_settled
from annotation.problems import sentence
from annotation.stages.release import request_release
from annotation.web.gate import Here, in_project
from annotation.web.projects.funnel import funnel
from annotation.web.projects.release_gate import lines_of
from core.roles import Capability
from core.web.forms import PageForm


@dataclass(frozen=True)
class Choice:
    """A format on offer. `why_not`: what the questions lack for it."""

    key: str
    title: str
    about: str
    why_not: str
    chosen: bool


class ReleaseForm(PageForm):
    """What a release holds follows from what is settled; its formats, its licence and its files are chosen."""

    formats = forms.MultipleChoiceField(label=gettext_lazy("Formats"), required=False)
    licence = forms.CharField(
        label=gettext_lazy("Licence of the release"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("An SPDX name, such as CC-BY-4.0. Every source's licence must allow it."),
    )
    with_files = forms.BooleanField(
        required=False,
        label=gettext_lazy("Include the files that items show"),
        help_text=gettext_lazy(
            "Without them the release names each by its SHA-256; texts of PDFs are in it anyway."
        ),
    )

    def __init__(self, data: Any, *, project: Project) -> None:
        usual = licence_by_default(project, policy_of(project))
        super().__init__(data, initial={"formats": list(USUAL), "licence": usual})
        self._unfit = misfits_now(project)
        self.fields["formats"].choices = [(key, key) for key in FORMATS]  # type: ignore[attr-defined]

    def choices(self) -> list[Choice]:
        """Every format: those that fit, then the others."""
        chosen = set(self["formats"].value() or ())
        offered = [key for key in FORMATS if key not in ALWAYS]
        return [
            self._choice(key, key in chosen) for key in sorted(offered, key=lambda key: key in self._unfit)
        ]

    def _choice(self, key: str, chosen: bool) -> Choice:
        said, code = DESCRIBED[key], self._unfit.get(key, "")
        why_not = sentence(code, {"format": key}) if code else ""
        return Choice(key, gettext(said.title), gettext(said.about), why_not, chosen and not code)

    def wanted(self) -> dict[str, Any]:
        """What the stage takes."""
        given = self.cleaned_data
        return {name: given.get(key) for name, key in _TAKEN if given.get(key) is not None}


_TAKEN = (("formats", "formats"), ("licence", "licence"), ("files", "with_files"))


@in_project(Capability.LEAD_PROJECT)
def new(here: Here) -> HttpResponse:
    """What a release made now will hold; POST asks for it."""
    posted = here.request.method == "POST"
    form = ReleaseForm(here.request.POST if posted else None, project=here.project)
    if posted and form.is_valid():
        asked = form.attempt(lambda: request_release(project=here.project, by=here.user, **form.wanted()))
        if asked:
            return redirect("web:release", here.project.uid, asked.uid)
    rows = GoldLabel.objects.current().filter(project=here.project).values_list("how")
    how = rows.annotate(Count("pk")).order_by()
    context = {
        "form": form,
        "gate": lines_of(preview(here.project)),
        "shown": files_settled(here.project),
        "funnel": funnel(here.project),
        "how": [(str(HowSettled(key).label), count) for key, count in how],
        "bad": Item.objects.filter(project=here.project, control=False, bad_at__isnull=False).count(),
        "disputes_open": Dispute.objects.filter(project=here.project, closed_at=None).count(),
        "schema": here.project.schemas.first(),
        "guideline": here.project.guidelines.first(),
    }
    return here.render("projects/release_new.html", context, status=form.status)
