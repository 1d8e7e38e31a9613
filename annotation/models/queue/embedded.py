"""The claim on SQLite, where one transaction writes at a time: find, then write."""

from collections.abc import Sequence

from django.db.models import BigIntegerField, F, QuerySet

from annotation.models.assignment import Assignment
from annotation.models.candidate import Candidate, filled
from annotation.models.compiled import asked_by, kept
from annotation.models.eligibility import allowed, allowed_lanes
from annotation.models.item import Item
from annotation.models.lane import Desk, Lane, LaneCursor
from annotation.models.project import Project
from annotation.models.queue.planning import Ranked
from annotation.models.queue.taking import Taking
from annotation.models.requirement import enter_room
from annotation.models.rule import About
from core import audit
from core.statements import BlankParam, Statement, compiled, run


def claim(taking: Taking, plan: Sequence[Ranked]) -> Assignment | None:
    """The assignment, stored; None when these lanes have no item that may be given now."""
    project, expert = taking.like.project, taking.like.expert
    items = asked_by("items", project, expert, _items)
    lanes = kept("lanes", project, lambda: _lanes(project))
    may = {row[0] for row in run(lanes, filled(expert))}
    passed = dict(LaneCursor.objects.filter(expert=expert, lane__in=may).values_list("lane", "position"))
    for ranked in plan:
        if ranked.lane in may:
            where = {"lane": ranked.lane, "after": passed.get(ranked.lane, 0)}
            if rows := run(items, {**filled(expert), **where}):
                return _write(taking, ranked, *rows[0])
    return None


def _lanes(project: Project) -> Statement:
    lanes = allowed_lanes(Lane.objects.filter(project=project.pk), Candidate.blank(project))
    return compiled(lanes.values_list("pk"))


def _items(candidate: Candidate) -> Statement:
    queue: QuerySet[Item] = Item.objects.filter(
        lane=BlankParam("lane", BigIntegerField()),
        open_slots__gt=0,
        position__gt=BlankParam("after", BigIntegerField()),
    )
    first = allowed(queue, candidate, about=(About.ITEM,)).order_by("position")
    return compiled(first.values_list("pk", "uid", "position", "round")[:1])


def _write(taking: Taking, ranked: Ranked, pk: int, uid: str, position: int, round_: int) -> Assignment:
    given, desk = taking.like, taking.desk
    Item.objects.filter(pk=pk).update(open_slots=F("open_slots") - 1)
    given.item_id, given.round = pk, round_
    given.reasons, given.score, given.parts = taking.reasons(ranked), ranked.score, ranked.parts
    given.save(force_insert=True)
    LaneCursor.objects.update_or_create(
        expert=given.expert, lane_id=ranked.lane, defaults={"position": position}
    )
    Desk.objects.filter(pk=desk.pk).update(
        taken=F("taken") + 1,
        week=taking.week,
        week_taken=taking.week_taken,
        plan=desk.plan,
        planned_at=desk.planned_at,
    )
    enter_room(given.project_id, given.expert_id, ranked.room)
    audit.record(
        "assignment.leased",
        by=taking.by,
        on=given,
        project_id=given.project_id,
        organisation_id=given.project.organisation_id,
        changes={"item": uid},
    )
    return given
