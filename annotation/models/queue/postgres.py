"""The claim on PostgreSQL: one statement finds an item, takes its slot and writes all that follows from it.

Lanes are tried in the order given, the next only when the one before has nothing: LATERAL makes the plan a nested loop
and LIMIT stops it. Rows that others are taking at this moment are passed over.
"""

import json
from collections.abc import Sequence
from functools import partial
from typing import Any, Final

from django.db import connection
from django.db.models import Field, QuerySet
from django.db.models.expressions import RawSQL

from annotation.models.assignment import Assignment
from annotation.models.candidate import Candidate, filled
from annotation.models.compiled import asked_by
from annotation.models.eligibility import allowed, allowed_lanes
from annotation.models.item import Item
from annotation.models.lane import Lane
from annotation.models.queue.desk import hands_full
from annotation.models.queue.planning import Ranked
from annotation.models.queue.taking import Taking
from annotation.models.rule import About
from core import audit
from core.statements import Blank, Statement, assembled, compiled, outside, run

LANES: Final = 4
WINDOW: Final = 13
"""With each lane's head, LANES windows of so many places are 52 rows; at most 12 of them are looked at again."""
_ALL: Final = 2**62

_CLAIM: Final = """
WITH picked AS (
    SELECT found.id, found.uid, found.round, found.position, u.id AS lane, u.ord, head.at
    FROM unnest({lanes}::bigint[]) WITH ORDINALITY AS u(id, ord)
    CROSS JOIN LATERAL ({lane}) allowed
    CROSS JOIN LATERAL (
        SELECT min(ahead.position) AS at FROM annotation_item ahead
        WHERE ahead.lane_id = u.id AND ahead.open_slots > 0 AND ahead.position > coalesce(
            (SELECT passed.position FROM annotation_lanecursor passed
             WHERE passed.expert_id = {expert} AND passed.lane_id = u.id), 0)
    ) head
    CROSS JOIN LATERAL ({item} FOR NO KEY UPDATE {skip}) found
    WHERE NOT EXISTS ({held})
    LIMIT 1
), taken AS (
    UPDATE annotation_item SET open_slots = annotation_item.open_slots - 1 FROM picked
    WHERE annotation_item.id = picked.id AND annotation_item.open_slots > 0
    RETURNING annotation_item.id
), given AS (
    INSERT INTO annotation_assignment ({columns}) SELECT {values} FROM picked JOIN taken ON taken.id = picked.id
    RETURNING id
), moved AS (
    INSERT INTO annotation_lanecursor (expert_id, lane_id, position)
    SELECT {expert}, picked.lane, coalesce(({left}) - 1, picked.position) FROM picked, given
    ON CONFLICT (expert_id, lane_id) DO UPDATE
        SET position = greatest(annotation_lanecursor.position, excluded.position)
), seated AS (
    UPDATE annotation_desk SET taken = annotation_desk.taken + 1, week = {week}, week_taken = {week_taken},
        plan = coalesce({plan}::jsonb, annotation_desk.plan), planned_at = {planned_at}
    FROM given WHERE annotation_desk.id = {desk}
), {rooms}told AS (
    INSERT INTO core_auditevent
        (at, actor_id, action, object_kind, object_uid, organisation_id, project_id, changes)
    SELECT {now}, {actor}, 'assignment.leased', 'assignment', {like_uid}::text, {organisation}, {project},
        jsonb_build_object('item', picked.uid)
    FROM picked, given
    RETURNING id
), addressed AS (
    INSERT INTO core_auditaddress (event_id, address)
    SELECT told.id, {address}::text FROM told WHERE {address}::text <> ''
)
SELECT given.id, picked.id, picked.round, picked.ord FROM picked, given
"""
_ROOMS: Final = """entered AS (
    INSERT INTO annotation_roomentry (project_id, expert_id, room, entered_at)
    SELECT {project}, {expert}, lane.room, {now}
    FROM picked JOIN annotation_lane lane ON lane.id = picked.lane CROSS JOIN given
    WHERE lane.room <> '' ON CONFLICT DO NOTHING
), """
# Columns of the assignment that are not the same whatever item is found.
_FOUND: Final = {
    "item_id": "picked.id",
    "round": "picked.round",
    "score": "({ranked}::jsonb -> (picked.ord::int - 1) -> 'score')::float8",
    "parts": "{ranked}::jsonb -> (picked.ord::int - 1) -> 'parts'",
    "reasons": "{ranked}::jsonb -> (picked.ord::int - 1) -> 'reasons'",
}


def claim(
    taking: Taking, plan: Sequence[Ranked], *, window: int = _ALL, wait: bool = False
) -> Assignment | None:
    """The assignment, stored; None when these lanes have none to give within so many places of their heads.

    With `wait` rows that others hold are waited for.
    """
    project, expert = taking.like.project, taking.like.expert
    rooms = any(one.room for one in plan)
    statement = asked_by(
        f"claim {wait} {rooms} {taking.most}",
        project,
        expert,
        partial(_statement, wait=wait, rooms=rooms, most=taking.most),
    )
    rows = run(statement, {**filled(expert), **_values(taking, plan), "window": window})
    if not rows:
        return None
    given, (pk, item, round_, at) = taking.like, rows[0]
    ranked = plan[at - 1]
    given.pk, given.item_id, given.round = pk, item, round_
    given.reasons, given.score, given.parts = taking.reasons(ranked), ranked.score, ranked.parts
    given._state.adding, given._state.db = False, connection.alias
    return given


def _values(taking: Taking, plan: Sequence[Ranked]) -> dict[str, Any]:
    like, desk = taking.like, taking.desk
    return {
        "lanes": [one.lane for one in plan],
        "ranked": json.dumps(
            [{"score": one.score, "parts": one.parts, "reasons": taking.reasons(one)} for one in plan]
        ),
        "week": taking.week,
        "week_taken": taking.week_taken,
        "plan": json.dumps(desk.plan) if taking.replanned else None,
        "planned_at": desk.planned_at,
        "desk": desk.pk,
        "project": like.project_id,
        "organisation": like.project.organisation_id,
        "now": like.leased_at,
        "actor": taking.by.pk,
        "address": audit.address.get()[:64],
        **{f"like_{name}": _prepared(field, like) for name, field in _columns().items()},
    }


def _prepared(field: "Field[Any, Any]", like: Assignment) -> Any:
    return field.get_db_prep_save(getattr(like, field.attname), connection)


def _columns() -> "dict[str, Field[Any, Any]]":
    """The assignment's columns that are the same whatever item is found."""
    return {
        field.attname: field
        for field in Assignment._meta.concrete_fields
        if not field.primary_key and field.attname not in _FOUND
    }


def _statement(candidate: Candidate, *, wait: bool, rooms: bool, most: int) -> Statement:
    columns = {name: f"{{like_{name}}}::{field.db_type(connection)}" for name, field in _columns().items()}
    columns |= _FOUND
    template = (
        _CLAIM.replace("{columns}", ", ".join(columns))
        .replace("{values}", ", ".join(columns.values()))
        .replace("{skip}", "" if wait else "SKIP LOCKED")
        .replace("{rooms}", _ROOMS if rooms else "")
    )
    lanes = allowed_lanes(Lane.objects.filter(pk=outside("u.id")), candidate)
    within = _queue(candidate, "u.id").filter(position__lt=RawSQL("head.at + %s", [Blank("window")]))
    passed_over = _queue(candidate, "picked.lane", "picked.at").filter(
        position__lt=outside("picked.position")
    )
    return assembled(
        template,
        {
            "lane": compiled(lanes.values_list("id")),
            "item": compiled(within.values_list("id", "uid", "round", "position")[:1]),
            "left": compiled(passed_over.values_list("position")[:1]),
            "held": compiled(hands_full(candidate, most).values_list("pk")),
        },
    )


def _queue(candidate: Candidate, lane: str, start: str = "head.at") -> "QuerySet[Item]":
    """Open items of the lane from a place on that no rule about items keeps from the candidate, in their order."""
    queue: QuerySet[Item] = Item.objects.filter(
        lane=outside(lane), open_slots__gt=0, position__gte=outside(start)
    )
    return allowed(queue, candidate, about=(About.ITEM,)).order_by("position")
