"""How far adjudicators agree with each other, and the pairs of decisions that differ. For leads only."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from annotation.models import Adjudication, Dispute, SecondLookFigure
from annotation.models.adjudication import Review, Turn
from annotation.models.second_look import FEW, Pair, differing
from annotation.stages.adjudicate import looking
from annotation.web.gate import Here, in_project
from annotation.web.sentences import reason
from annotation.web.values import Values
from core.refusals import NotFound, Refusal
from core.roles import Capability


@dataclass(frozen=True)
class Row:
    """A figure in words; `why` says why there is no kappa."""

    figure: SecondLookFigure
    who: str
    question: str
    why: str


@dataclass(frozen=True)
class Differing:
    """Two decisions about the same, in words."""

    pair: Pair
    title: str
    excerpt: str
    first: str
    second: str


@in_project(Capability.LEAD_PROJECT)
def second_looks(here: Here) -> HttpResponse:
    """The figures of the last run, and the newest pairs that differ; those without an answer first."""
    schema = here.project.schemas.first()
    parsed = schema.parsed if schema else {"questions": [], "fields": []}
    newest = SecondLookFigure.objects.visible_to(here.user).newest().filter(project=here.project)
    figures = list(newest.select_related("adjudicator__user").order_by("pk"))
    pairs = differing(here.project)
    looks = Dispute.objects.filter(project=here.project, turn=Turn.SECOND_LOOK)
    context = {
        "rows": [_row(one, parsed) for one in figures],
        "pairs": [_pair(one, parsed) for one in sorted(pairs, key=lambda one: bool(one.look.review))],
        "open": looks.filter(closed_at=None).count(),
        "few": FEW,
        "reviews": Review,
    }
    return here.render("disputes/second_looks.html", context)


def _row(figure: SecondLookFigure, parsed: dict[str, Any]) -> Row:
    who = str(figure.adjudicator) if figure.adjudicator else gettext("Everybody")
    question = Values(parsed, {}).title(figure.question) if figure.question else gettext("All questions")
    return Row(figure, who, question, reason(figure.reason) if figure.question and figure.reason else "")


def _pair(pair: Pair, parsed: dict[str, Any]) -> Differing:
    values = Values(parsed, pair.look.item.data)
    return Differing(
        pair,
        values.title(pair.look.question),
        values.excerpt(),
        _said(pair.first, values, pair.look.question),
        _said(pair.second, values, pair.look.question),
    )


def _said(decision: Adjudication, values: Values, question: str) -> str:
    return gettext("The item is bad") if decision.is_bad else values.show(question, decision.value)


@require_POST
@in_project(Capability.LEAD_PROJECT)
def review(here: Here, dispute: str) -> HttpResponse:
    """Say which of the two holds."""
    rows = Dispute.objects.filter(project=here.project, turn=Turn.SECOND_LOOK, closed_at__isnull=False)
    look = rows.select_related("project__organisation", "item__lane").filter(uid=dispute).first()
    if look is None:
        raise NotFound
    try:
        looking.review(look=look, by=here.user, review=here.request.POST.get("review", ""))
        messages.success(here.request, gettext("Saved."))
    except Refusal as refusal:
        messages.error(here.request, f"{refusal.sentence} {refusal.advice}")
    return redirect("web:second-looks", here.project.uid)


urls = [
    path("disputes/second-looks", second_looks, name="second-looks"),
    path("disputes/second-looks/<slug:dispute>/review", review, name="second-look-review"),
]
