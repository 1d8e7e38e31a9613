"""How well the experts of a project fit an item: the parts of the routing score for many people at once. Read-only."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone

from annotation.algorithms import ranking
from annotation.models.candidate import requirement
from annotation.models.control import Reliability
from annotation.models.eligibility import eligible_of
from annotation.models.item import Item
from annotation.models.lane import Desk, Lane
from annotation.models.panel import annotators_of
from annotation.models.project import Project
from annotation.models.queue.planning import Said, monday
from experts.eligibility import who_may
from experts.models import Credential, Expert

MOST_RANKED = 5000
LOOKED_AT = 60
"""Rules are asked of so many who fit best: a statement asks them one by one."""
SHOWN = 20


@dataclass(frozen=True)
class Fit:
    """How well one expert fits: `parts` by name and their weighted mean `score`, all in [0, 1]."""

    expert: Expert
    score: float
    parts: Mapping[str, float]


@dataclass(frozen=True)
class Ranking:
    """The best of those who may have an item. `candidates` might, before the item's own rules; `asked` were asked."""

    fits: list[Fit]
    candidates: int
    asked: int


@dataclass(frozen=True)
class _Known:
    """What is on record about one expert in a project; all words as lanes write them."""

    scopes: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    tests: dict[str, tuple[int, int]] = field(default_factory=dict)
    taken: int = 0
    rate: float | None = None


def weights_of(project: Project) -> dict[str, float]:
    """The project's weights, the usual ones where it names none."""
    return {**ranking.DEFAULT_WEIGHTS, **project.weights}


def ranked_for(item: Item) -> Ranking:
    """Who should have the item: those whom no rule keeps from it, best first, at most SHOWN. Seven statements.

    Those who could never have it for their sector or a break are left out before ranking; every other rule is asked of
    the LOOKED_AT who fit best, in one statement.
    """
    project = item.project
    allowed = who_may(requirement(project)).values("pk")
    candidates = list(annotators_of(project).filter(pk__in=allowed)[:MOST_RANKED])
    fits = fits_of(project, [(item, item.lane)], candidates)[item.pk]
    return Ranking(best_of(item, fits)[:SHOWN], len(candidates), min(len(fits), LOOKED_AT))


def best_of(item: Item, fits: Sequence[Fit]) -> list[Fit]:
    """Of the LOOKED_AT who fit best those whom no rule keeps from the item, best first. One statement."""
    best = sorted(fits, key=lambda one: (-one.score, one.expert.pk))[:LOOKED_AT]
    may = {expert.pk for expert, verdict in eligible_of(item, [one.expert for one in best]) if verdict}
    return [one for one in best if one.expert.pk in may]


def fits_of(
    project: Project, items: Sequence[tuple[Item, Lane]], experts: Sequence[Expert]
) -> dict[int, list[Fit]]:
    """Every expert's fit for every item, by item id. Three statements, whatever their numbers."""
    known = _known(project, experts)
    weights, today = weights_of(project), timezone.localdate()
    ceiling = None if project.rate_ceiling is None else float(project.rate_ceiling)
    return {
        item.pk: [
            _fit(one, known[one.pk], item, lane, weights=weights, today=today, ceiling=ceiling)
            for one in experts
        ]
        for item, lane in items
    }


def _fit(
    expert: Expert,
    known: _Known,
    item: Item,
    lane: Lane,
    *,
    weights: Mapping[str, float],
    today: date,
    ceiling: float | None,
) -> Fit:
    hours = (timezone.now() - (item.routed_at or item.created_at)).total_seconds() / 3600
    parts = {
        "reliability": ranking.reliability(*known.tests.get(lane.kind, (0, 0))),
        "load": ranking.load(known.taken, expert.hours_per_week),
        "rate": ranking.rate(known.rate, ceiling),
        "deadline": ranking.deadline((lane.due_on - today).days if lane.due_on else None),
        "waiting": ranking.waiting(hours),
        **_matches(expert, known, lane),
    }
    rounded = {name: round(value, 3) for name, value in parts.items()}
    return Fit(expert, round(ranking.score(parts, weights), 4), rounded)


def _matches(expert: Expert, known: _Known, lane: Lane) -> dict[str, float]:
    """The parts about what the lane names; one that it does not name is left out."""
    parts = {}
    said = Said.of(expert)
    if word := lane.speciality:
        parts["speciality"] = ranking.match(word in known.scopes, word in said.specialities)
    if place := lane.jurisdiction:
        parts["jurisdiction"] = ranking.match(place in known.places, place in said.jurisdictions)
    if lane.language:
        parts["language"] = ranking.language(said.levels.get(lane.language))
    return parts


def _known(project: Project, experts: Sequence[Expert]) -> dict[int, _Known]:
    today = timezone.localdate()
    pks = [one.pk for one in experts]
    desks: Iterable[Any] = Desk.objects.filter(project=project, expert__in=pks).only(
        "expert", "week", "week_taken", "rate"
    )
    found = {
        desk.expert_id: _Known(
            taken=desk.week_taken if desk.week == monday(today) else 0,
            rate=None if desk.rate is None else float(desk.rate),
        )
        for desk in desks
    }
    known = {pk: found.get(pk) or _Known() for pk in pks}
    verified = Credential.objects.valid_on(today).verified_by(project.organisation_id)
    for pk, scope, place in verified.filter(expert__in=pks).values_list("expert", "scope", "jurisdiction"):
        known[pk].scopes.add(scope.casefold())
        known[pk].places.add(place)
    tests = Reliability.objects.filter(project=project, expert__in=pks)
    for pk, kind, right, asked in tests.values_list("expert", "kind", "right", "asked"):
        known[pk].tests[kind] = (right, asked)
    return known
