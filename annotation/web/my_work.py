"""My work: what one holds, drafts without a lease, answers and what became of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from annotation.models import Annotation, Assignment, LabelSchema, Project
from annotation.models.access import demand
from annotation.models.appeal import to_appeal
from annotation.models.feedback import Feedback, Settled, feedback_of, tallies
from annotation.models.own_decisions import OwnDecision, decisions_of
from annotation.models.own_work import (
    MOST_DRAFTS,
    MOST_HELD,
    answers,
    closed,
    drafts,
    held,
    to_take_up,
    unseen,
)
from annotation.stages import extend as stage
from annotation.stages.adjudicate import appealing
from annotation.stages.reading import saw_outcomes
from annotation.web.values import Values
from annotation.why import Part, own_parts, reason_sentences
from core.refusals import LeaseExpired, NotFound, Refusal
from core.roles import Capability
from core.web.page import page, person
from core.web.paging import keyset
from experts.evidence import expert_of

SHORT = 15  # minutes


@dataclass(frozen=True)
class Held:
    """An item in one's hands. `minutes` are left of its time; `hidden` says why nothing of it is shown."""

    assignment: Assignment
    excerpt: str
    hidden: str
    minutes: int
    reasons: list[str]
    parts: list[Part]

    @property
    def is_short(self) -> bool:
        return self.minutes <= SHORT


@dataclass(frozen=True)
class OldDraft:
    """Something begun and not held any more."""

    assignment: Assignment
    excerpt: str
    hidden: str
    can_take_up: bool


@dataclass(frozen=True)
class Line:
    """One settled question in words."""

    title: str
    said: str
    value: str
    settled: Settled


@dataclass(frozen=True)
class OwnLine:
    """A question that an adjudicator decided, in words; `told.appeal` says whether one may appeal."""

    title: str
    value: str
    told: OwnDecision


@dataclass(frozen=True)
class Answer:
    """One answer of one's own, with what became of it."""

    annotation: Annotation
    excerpt: str
    hidden: str
    stood: bool | None
    lines: list[Line]
    bad: bool
    decisions: list[OwnLine]


@login_required
def my_work(request: HttpRequest) -> HttpResponse:
    """`?project=` filters the answers, `?after=` turns their page."""
    user = person(request)
    expert = expert_of(user)
    counts = tallies(user)
    wanted = request.GET.get("project", "")
    rows = answers(user).filter(project__uid=wanted) if wanted else answers(user)
    submitted = keyset(request, rows, size=25)
    holding = list(held(user)[:MOST_HELD])
    old = list(drafts(user)[:MOST_DRAFTS])
    projects = {one.project for one in [*holding, *old]} | {one.project for one in submitted.rows}
    hidden, schemas = unseen(projects, expert), _schemas(projects)
    may, now = to_take_up(old, expert), timezone.now()
    seen = [one for one in submitted.rows if one.project_id not in hidden]
    told, decided = feedback_of(seen), decisions_of(user, seen, now)
    mute = closed([*holding, *old], expert) | _muted([*holding, *old], hidden)
    context = {
        "held": [_held(one, _values(one, schemas), mute.get(one.pk, ""), now) for one in holding],
        "drafts": [
            OldDraft(one, _excerpt(one, schemas, mute), mute.get(one.pk, ""), one.pk in may) for one in old
        ],
        "page": submitted,
        "answers": [
            _answer(one, _values(one, schemas), told.get(one.pk, Feedback()), decided.get(one.pk, []), hidden)
            for one in submitted.rows
        ],
        "tallies": counts,
        "wanted": wanted,
    }
    if "after" not in request.GET:
        saw_outcomes(expert=expert)
    return page(request, "me/work.html", context)


def _schemas(projects: set[Project]) -> dict[int, LabelSchema]:
    """The newest questions of each project. One statement."""
    rows = LabelSchema.objects.filter(project__in=projects).order_by("project", "version")
    return {schema.project_id: schema for schema in rows}


def _values(row: Assignment | Annotation, schemas: Mapping[int, LabelSchema]) -> Values:
    schema = schemas.get(row.project_id)
    return Values(schema.parsed if schema else {"fields": [], "questions": []}, row.item.data)


def _muted(rows: Sequence[Assignment], hidden: Mapping[int, str]) -> dict[int, str]:
    """What is hidden with its project, by assignment id: its sentence says what to do, and comes first."""
    return {one.pk: hidden[one.project_id] for one in rows if one.project_id in hidden}


def _excerpt(row: Assignment, schemas: Mapping[int, LabelSchema], mute: Mapping[int, str]) -> str:
    return "" if row.pk in mute else _values(row, schemas).excerpt()


def _held(assignment: Assignment, values: Values, why: str, now: datetime) -> Held:
    left = (assignment.lease_until - now).total_seconds() / 60
    return Held(
        assignment,
        "" if why else values.excerpt(),
        why,
        max(0, round(left)),
        reason_sentences(assignment),
        own_parts(assignment),
    )


def _answer(
    annotation: Annotation,
    values: Values,
    feedback: Feedback,
    decisions: Sequence[OwnDecision],
    hidden: Mapping[int, str],
) -> Answer:
    why = hidden.get(annotation.project_id, "")
    return Answer(
        annotation,
        "" if why else values.excerpt(),
        why,
        feedback.stood,
        _lines(values, feedback.settled),
        feedback.bad,
        [_own(values, one) for one in decisions],
    )


def _own(values: Values, one: OwnDecision) -> OwnLine:
    question, holds = one.dispute.question, one.holds
    value = gettext("The item is bad") if holds.is_bad else values.show(question, holds.value)
    return OwnLine(values.title(question), value, one)


def _lines(values: Values, settled: Sequence[Settled]) -> list[Line]:
    return [
        Line(
            values.title(one.question),
            values.show(one.question, one.said),
            values.show(one.question, one.gold.value),
            one,
        )
        for one in settled
    ]


@require_POST
@login_required
def take_up(request: HttpRequest, assignment: str) -> HttpResponse:
    """Take a draft up again; where its place is taken by now the page says so."""
    user = person(request)
    rows = Assignment.objects.visible_to(user).select_related("project", "item", "expert")
    found = rows.filter(uid=assignment).first()
    if found is None:
        raise NotFound
    demand(user, found.project, Capability.LABEL)
    try:
        stage.take_up(assignment=found, by=user)
    except LeaseExpired as refusal:
        messages.warning(request, refusal.sentence)
        return redirect("web:my-work")
    return redirect("web:label", found.uid)


@require_POST
@login_required
def appeal(request: HttpRequest, dispute: str) -> HttpResponse:
    """Appeal against a decision about an item that one annotated."""
    user = person(request)
    found = to_appeal(user, dispute)
    try:
        appealing.appeal(
            dispute=found, expert=expert_of(user), by=user, reason=request.POST.get("reason", "")
        )
        messages.success(request, gettext("Your appeal was made. The answer will be shown here."))
    except Refusal as refusal:
        messages.error(request, f"{refusal.sentence} {refusal.advice}")
    return redirect("web:my-work")


urls = [
    path("me/work", my_work, name="my-work"),
    path("me/work/<slug:dispute>/appeal", appeal, name="appeal"),
    path("me/work/<slug:assignment>/take-up", take_up, name="take-up"),
]
