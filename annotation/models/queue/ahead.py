"""What is still ahead of an expert in a project's queue."""

from django.db.models import F, FilteredRelation, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from annotation.models.candidate import Candidate, filled
from annotation.models.compiled import asked_by
from annotation.models.eligibility import allowed, allowed_lanes
from annotation.models.item import Item
from annotation.models.lane import Lane
from annotation.models.project import Project
from annotation.models.rule import About
from core.statements import Statement, assembled, compiled, run
from experts.models import Expert


def ahead_of(project: Project, expert: Expert) -> "QuerySet[Item]":
    """Open items that no rule keeps from the expert, from where they have come to in each lane: a bounded read
    as long as it is cut off."""
    return _ahead(Candidate.of(project, expert))


def count_ahead(project: Project, expert: Expert, most: int) -> int:
    """How many those are, counted up to `most`."""

    def counted(candidate: Candidate) -> Statement:
        ahead = compiled(_ahead(candidate).order_by().values("pk")[:most])
        return assembled("SELECT COUNT(*) FROM ({ahead}) AS ahead", {"ahead": ahead})

    statement = asked_by(f"ahead {most}", project, expert, counted)
    return int(run(statement, filled(expert))[0][0])


def _ahead(candidate: Candidate) -> "QuerySet[Item]":
    lanes = allowed_lanes(Lane.objects.filter(project=candidate.project.pk), candidate)
    waiting: QuerySet[Item] = Item.objects.annotate(
        passed=FilteredRelation("lane__cursors", condition=Q(lane__cursors__expert=candidate.expert)),
        after=Coalesce(F("passed__position"), Value(0)),
    ).filter(lane__in=lanes.values("pk"), open_slots__gt=0, position__gt=F("after"))
    return allowed(waiting, candidate, about=(About.ITEM,))
