"""What is still ahead of an expert in a project's queue."""

from django.db.models import F, FilteredRelation, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from annotation.models.candidate import Candidate
from annotation.models.eligibility import allowed, allowed_lanes
from annotation.models.item import Item
from annotation.models.lane import Lane
from annotation.models.project import Project
from annotation.models.rule import About
from experts.models import Expert


def ahead_of(project: Project, expert: Expert) -> "QuerySet[Item]":
    """Open items that no rule keeps from the expert, from where they have come to in each lane: a bounded read
    as long as it is cut off."""
    candidate = Candidate.of(project, expert)
    lanes = allowed_lanes(Lane.objects.filter(project=project), candidate)
    waiting: QuerySet[Item] = Item.objects.annotate(
        passed=FilteredRelation("lane__cursors", condition=Q(lane__cursors__expert=expert.pk)),
        after=Coalesce(F("passed__position"), Value(0)),
    ).filter(lane__in=lanes.values("pk"), open_slots__gt=0, position__gt=F("after"))
    return allowed(waiting, candidate, about=(About.ITEM,))
