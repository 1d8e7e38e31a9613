"""Rank a project's lanes for one expert: those whose items no rule keeps from them, best first."""

import zlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final, Self

from django.db.models import Case, Exists, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from annotation.algorithms import ranking
from annotation.models.candidate import Candidate, filled
from annotation.models.compiled import kept
from annotation.models.control import Reliability
from annotation.models.eligibility import allowed_lanes
from annotation.models.item import Item
from annotation.models.lane import Desk, Lane, LaneCursor
from annotation.models.project import Project
from annotation.models.reliance import LATELY, estimate, inferred_in, reached, tests_of, with_held
from core.statements import Statement, as_day, as_time, compiled, run
from experts.models import Credential, Expert

BEST: Final = 8
FRESH: Final = timedelta(minutes=5)
COLUMNS: Final = (
    "pk",
    "speciality",
    "jurisdiction",
    "language",
    "room",
    "priority",
    "due_on",
    "again",
    "wants",
    "since",
    "right",
    "asked",
    "speciality_verified",
    "jurisdiction_verified",
    "tests_right",
    "tests_asked",
    "inferred",
    "given",
    "reached",
)


@dataclass(frozen=True)
class Ranked:
    """A lane with its score for an expert and the score's parts."""

    lane: int
    score: float
    parts: dict[str, float]
    language: str
    room: str


def _statement(project: Project) -> Statement:
    """Per lane with open items that this expert has not come past: what a score is made from."""
    candidate = Candidate.blank(project)
    passed = LaneCursor.objects.filter(lane=OuterRef(OuterRef("pk")), expert=candidate.expert)
    ahead = Item.objects.filter(
        lane=OuterRef("pk"),
        open_slots__gt=0,
        position__gt=Coalesce(Subquery(passed.values("position")), Value(0)),
    )
    tested = Reliability.objects.filter(project=project.pk, expert=candidate.expert, kind=OuterRef("kind"))
    verified = (
        Credential.objects.valid_on(candidate.day)
        .verified_by(project.organisation_id)
        .filter(expert=candidate.expert)
    )
    place = Q(jurisdiction=OuterRef("jurisdiction"))
    lanes = allowed_lanes(Lane.objects.filter(project=project.pk), candidate).annotate(
        since=Subquery(ahead.order_by("position").values("routed_at")[:1]),
        right=Subquery(tested.values("right")),
        asked=Subquery(tested.values("asked")),
        speciality_verified=_where(
            "speciality", Exists(verified.filter(scope__iexact=OuterRef("speciality")))
        ),
        jurisdiction_verified=_where("jurisdiction", Exists(verified.filter(place))),
        **_reliance(project, candidate),
    )
    return with_held(project.pk, compiled(lanes.exclude(since=None).order_by().values_list(*COLUMNS)))


def _reliance(project: Project, candidate: Candidate) -> dict[str, Case]:
    """How reliable the expert is, and whether anybody is reliable enough, where the lane wants that."""
    tests = tests_of(project.pk, candidate.expert, OuterRef("kind"))
    model = inferred_in(project.pk).filter(expert=candidate.expert)
    asked = {
        "tests_right": Subquery(tests.values("right")),
        "tests_asked": Subquery(tests.values("asked")),
        "inferred": Subquery(model.values("inferred")),
        "given": Subquery(model.values("given")),
        "reached": reached(),
    }
    return {name: Case(When(wants__isnull=False, then=one)) for name, one in asked.items()}


def _where(column: str, condition: Exists) -> Case:
    """The condition where the lane names anything in this column: it is asked of no other."""
    return Case(When(~Q(**{column: ""}) & Q(condition), then=Value(1)), default=Value(0))


def remembered(desk: Desk) -> list[Ranked]:
    """The plan on the desk while it is fresh, else nothing."""
    if desk.planned_at is None or timezone.now() - desk.planned_at > FRESH:
        return []
    return [Ranked(*one) for one in desk.plan]


def plan(project: Project, expert: Expert, desk: Desk) -> list[Ranked]:
    """The best lanes, at most BEST, also noted on the desk (not stored yet).

    One statement, which reads lanes and the head of each, never the queue.
    """
    lately = {"lately": monday(timezone.localdate()) - LATELY}
    rows = run(kept("plan", project, lambda: _statement(project)), {**filled(expert), **lately})
    ranked = _ranked(project, expert, desk, [dict(zip(COLUMNS, row, strict=True)) for row in rows])
    desk.plan, desk.planned_at = [list(vars(one).values()) for one in ranked], timezone.now()
    return ranked


def _ranked(project: Project, expert: Expert, desk: Desk, lanes: list[dict[str, Any]]) -> list[Ranked]:
    now, today = timezone.now(), timezone.localdate()
    weights, said = {**ranking.DEFAULT_WEIGHTS, **project.weights}, Said.of(expert)
    common = {
        "load": ranking.load(_taken(desk, today), expert.hours_per_week),
        "rate": ranking.rate(_number(desk.rate), _number(project.rate_ceiling)),
    }
    found = []
    for lane in lanes:
        parts = {**common, **_parts(lane, said, now, today)}
        rounded = {name: round(value, 3) for name, value in parts.items()}
        score = round(ranking.score(parts, weights), 4)
        ranked = Ranked(lane["pk"], score, rounded, lane["language"], lane["room"])
        order = (-lane["priority"], _doubt(lane), -score, not lane["again"], _spread(expert, ranked))
        found.append((order, ranked))
    return [ranked for _, ranked in sorted(found, key=lambda one: one[0])[:BEST]]


def _doubt(lane: dict[str, Any]) -> int:
    """Items in doubt go first to those whose answer is worth its price, and last to everybody else; none is barred.

    Where nobody at work is as reliable as that, the lane waits among the others: else it would be last for everybody.
    """
    if lane["wants"] is None:
        return 0
    reliable = estimate(
        *(float(lane[name] or 0) for name in ("tests_right", "tests_asked", "inferred", "given"))
    )
    if 100 * reliable >= lane["wants"]:
        return -1
    return 1 if lane["reached"] else 0


def _spread(expert: Expert, ranked: Ranked) -> int:
    """An order of equals that differs from expert to expert, so that they do not all wait for one row."""
    return zlib.crc32(f"{expert.pk}:{ranked.lane}".encode())


def _taken(desk: Desk, today: date) -> int:
    return desk.week_taken if desk.week == monday(today) else 0


def monday(today: date) -> date:
    """The first day of the week."""
    return date.fromordinal(today.toordinal() - today.weekday())


def _number(amount: Any) -> float | None:
    return None if amount is None else float(amount)


@dataclass(frozen=True)
class Said:
    """What a profile says, as lanes name it."""

    levels: dict[str, str]
    specialities: frozenset[str]
    jurisdictions: frozenset[str]

    @classmethod
    def of(cls, expert: Expert) -> Self:
        places = (part for code in expert.jurisdictions for part in (code, code.split("-")[0]))
        return cls(
            {str(one["code"]): str(one.get("level", "")) for one in expert.languages},
            frozenset(word.casefold() for word in expert.specialities),
            frozenset(places),
        )


def _parts(lane: dict[str, Any], said: Said, now: datetime, today: date) -> dict[str, float]:
    since, due = as_time(lane["since"]), as_day(lane["due_on"])
    parts = {
        "reliability": ranking.reliability(lane["right"] or 0, lane["asked"] or 0),
        "deadline": ranking.deadline((due - today).days if due else None),
        "waiting": ranking.waiting((now - since).total_seconds() / 3600),
    }
    if word := lane["speciality"]:
        parts["speciality"] = ranking.match(bool(lane["speciality_verified"]), word in said.specialities)
    if place := lane["jurisdiction"]:
        parts["jurisdiction"] = ranking.match(
            bool(lane["jurisdiction_verified"]), place in said.jurisdictions
        )
    if lane["language"]:
        parts["language"] = ranking.language(said.levels.get(lane["language"]))
    return parts
