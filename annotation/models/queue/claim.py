"""Take one item for an expert: the first one of the best lanes that no rule keeps from them.

In a transaction that holds the expert's desk (`desk.sit_down`). The assignment, the item's slot, the expert's cursor,
the desk and the audit event are written together. The rules are asked again here, so a plan may be old.
"""

from collections.abc import Sequence

from django.db import connection
from django.db.models import Max, Q

from annotation.models.assignment import Assignment
from annotation.models.candidate import Candidate
from annotation.models.eligibility import allowed_lanes
from annotation.models.lane import Lane, LaneCursor
from annotation.models.queue import embedded, postgres
from annotation.models.queue.planning import Ranked
from annotation.models.queue.taking import Taking


def claim(taking: Taking, ranked: Sequence[Ranked]) -> Assignment | None:
    """The assignment, stored; None when these lanes show no item that may be given and nobody else is taking."""
    if not ranked:
        return None
    if connection.vendor != "postgresql":
        return embedded.claim(taking, ranked)
    found = postgres.claim(taking, ranked[: postgres.LANES], window=postgres.WINDOW)
    # What the windows show may all be barred or being taken: then look all along the lanes.
    return found or postgres.claim(taking, ranked)


def wait_or_pass(taking: Taking, ranked: Sequence[Ranked]) -> Assignment | None:
    """After `claim` found none: wait for what others are taking, it may have slots left; else pass these lanes by."""
    last = _last(taking, ranked)
    found = (
        postgres.claim(taking, ranked, wait=True) if connection.vendor == "postgresql" and ranked else None
    )
    if found is None:
        _pass_by(taking, last)
    return found


def _last(taking: Taking, ranked: Sequence[Ranked]) -> dict[int, int]:
    """The last position of each lane that the expert may still enter; what is queued later comes behind it."""
    candidate = Candidate.of(taking.like.project, taking.like.expert)
    lanes = allowed_lanes(Lane.objects.filter(pk__in=[one.lane for one in ranked]), candidate)
    last = Max("items__position", filter=Q(items__open_slots__gt=0))
    return {pk: at for pk, at in lanes.annotate(last=last).values_list("pk", "last") if at is not None}


def _pass_by(taking: Taking, last: dict[int, int]) -> None:
    """Nothing of these lanes up to there will ever be the expert's."""
    LaneCursor.objects.bulk_create(
        [
            LaneCursor(expert=taking.like.expert, lane_id=lane, position=at)
            for lane, at in sorted(last.items())
        ],
        update_conflicts=True,
        unique_fields=["expert", "lane"],
        update_fields=["position"],
    )
