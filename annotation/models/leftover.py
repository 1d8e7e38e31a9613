"""Open items that nobody is left for: whoever may have their lane had them before, or has something at stake."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import F, QuerySet

from annotation.models.assignment import Assignment, Outcome
from annotation.models.eligibility import Candidate, again, allowed
from annotation.models.item import Item
from annotation.models.project import Project
from annotation.models.rule import About
from experts.models import Expert

LOOKED_AT = 10_000  # items of a lane; of more a sample is drawn
CHUNK = 1000
_AGAIN = (Outcome.EXPIRED, Outcome.RETURNED)


@dataclass(frozen=True)
class Sample:
    """Places in lanes, as (lane, position): all that are open, or LOOKED_AT of them drawn without replacement."""

    places: list[tuple[int, int]]
    of: int

    @property
    def is_all(self) -> bool:
        return len(self.places) == self.of


def draw(lanes: Sequence[int], seed: str) -> Sample:
    """A sample of the open items of these lanes: the index of the queue is read once, LOOKED_AT rows are kept."""
    rng = random.Random(seed)  # noqa: S311
    places: list[tuple[int, int]] = []
    seen = 0
    queue = Item.objects.filter(lane__in=lanes, open_slots__gt=0).order_by("lane", "position")
    for place in queue.values_list("lane_id", "position").iterator(chunk_size=5000):
        seen += 1
        if len(places) < LOOKED_AT:
            places.append(place)
        elif (at := rng.randrange(seen)) < LOOKED_AT:  # algorithm R (Waterman; Knuth, vol. 2, 3.4.2)
            places[at] = place
    return Sample(sorted(places), seen)


def chunks(sample: Sample) -> Iterator["QuerySet[Item]"]:
    """The items of a sample, at most CHUNK at once."""
    by_lane: dict[int, list[int]] = {}
    for lane, position in sample.places:
        by_lane.setdefault(lane, []).append(position)
    for lane, positions in by_lane.items():
        for at in range(0, len(positions), CHUNK):
            yield Item.objects.filter(
                lane=lane, position__in=positions[at : at + CHUNK], open_slots__gt=0
            ).order_by()


def left_over(items: "QuerySet[Item]", project: Project, experts: Sequence[Expert]) -> set[int]:
    """The ids of those items that none of these experts may have. One statement a person, until no item is left."""
    left = set(items.values_list("pk", flat=True))
    for expert in experts:
        if not left:
            return left
        free = allowed(Item.objects.filter(pk__in=left), Candidate.of(project, expert), about=[About.ITEM])
        left -= set(free.order_by().values_list("pk", flat=True))
    return left - _coming_again(left, project, experts)


def _coming_again(left: set[int], project: Project, experts: Sequence[Expert]) -> set[int]:
    """Items that one of them gave back or let run out: they may have those again."""
    held: dict[int, list[int]] = {}
    given = Assignment.objects.filter(
        item__in=left, expert__in=experts, outcome__in=_AGAIN, round=F("item__round"), aside=0
    )
    for person, item in given.values_list("expert_id", "item_id"):
        held.setdefault(person, []).append(item)
    found: set[int] = set()
    for expert in experts:
        if expert.pk in held:
            mine = again(project, expert).filter(pk__in=held[expert.pk])
            found |= set(mine.values_list("pk", flat=True))
    return found
