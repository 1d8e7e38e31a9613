"""Where adjudicators found the guideline unclear, clause by clause, and the lead's answer to it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from annotation.formats.markdown import clauses
from annotation.models import GuidelineDoubt
from annotation.models.doubt import LONGEST_NOTE
from annotation.stages.adjudicate import doubting
from annotation.web.gate import Here, in_project
from core.refusals import Refusal
from core.roles import Capability
from core.web.forms import PageForm
from core.web.paging import keyset

_MOST = 500


class ResumeForm(PageForm):
    """The answer to what was chosen; without one a newer version of the guideline must be there."""

    answer = forms.CharField(
        label=_("Your answer"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Who decides reads it beside the dispute. Leave it empty if a new version says it."),
    )


@dataclass(frozen=True)
class Clause:
    """One clause of the guideline in force, or of an older one, with the doubts about it; the waiting ones first."""

    number: str
    title: str
    doubts: list[GuidelineDoubt]

    @property
    def waiting(self) -> int:
        return sum(one.holds for one in self.doubts)


@in_project(Capability.SEE_WORK)
def doubts(here: Here) -> HttpResponse:
    """Those that a dispute waits for by clause, most first; then, by page, what was said and answered."""
    return _page(here, ResumeForm())


@require_POST
@in_project(Capability.LEAD_PROJECT)
def resume(here: Here) -> HttpResponse:
    """POST: put the disputes of the chosen doubts back into the queue."""
    form = ResumeForm(here.request.POST or None)
    if form.is_valid():
        wanted = here.request.POST.getlist("doubts")[:_MOST]
        chosen = list(GuidelineDoubt.objects.filter(project=here.project, uid__in=wanted))
        count = form.attempt(
            lambda: doubting.resume(doubts=chosen, by=here.user, answer=form.cleaned_data["answer"])
        )
        if count is not None:
            said = ngettext(
                "One dispute is in the queue again.", "%(count)s disputes are in the queue again.", count
            )
            messages.success(here.request, said % {"count": count})
            return redirect("web:doubts", here.project.uid)
    return _page(here, form)


def _page(here: Here, form: ResumeForm) -> HttpResponse:
    every = GuidelineDoubt.objects.filter(project=here.project)
    joined = ("dispute__item", "guideline", "raised_by__user", "resumed_by")
    waiting = list(every.holding().select_related(*joined).order_by("pk")[:_MOST])
    past = keyset(here.request, every.exclude(pk__in=[one.pk for one in waiting]).select_related(*joined))
    guideline = here.project.guidelines.order_by("-version").first()
    titles = dict(clauses(guideline.text)) if guideline else {}
    refusal: Refusal | None = form.refusal
    context = {
        "form": form,
        "refusal": refusal,
        "clauses": _by_clause(waiting, titles),
        "page": past,
        "guideline": guideline,
        "waiting": len(waiting),
    }
    return here.render("disputes/doubts.html", context, status=form.status)


def _by_clause(found: Sequence[GuidelineDoubt], titles: dict[str, str]) -> list[Clause]:
    numbers = dict.fromkeys(one.clause for one in found)
    rows = [
        Clause(number, titles.get(number, ""), [one for one in found if one.clause == number])
        for number in numbers
    ]
    return sorted(rows, key=lambda row: (-len(row.doubts), row.number))


urls = [
    path("disputes/doubts", doubts, name="doubts"),
    path("disputes/doubts/resume", resume, name="doubts-resume"),
]
