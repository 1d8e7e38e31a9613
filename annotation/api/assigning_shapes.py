"""What the API asks and answers about items that are given by name."""

from typing import Any

from rest_framework import serializers

from annotation.api.credential_shapes import NameOut
from annotation.api.jobs import JobOut
from annotation.api.paging import PageQuery
from annotation.models import Assignment
from annotation.models.giving import Wanted
from annotation.models.who_holds import STATES
from annotation.stages.give import MOST_DESCRIBED, MOST_NAMED


class AssignmentQuery(PageQuery):
    state = serializers.ChoiceField(STATES, default="open")
    expert = serializers.CharField(default="", max_length=40)
    item = serializers.CharField(default="", max_length=40)


class AssignmentLine(serializers.Serializer[Any]):
    """`ended` is null while it is held; `by_name`: a lead gave it; `score` and `parts`: how well the two fitted."""

    id = serializers.CharField()
    item = serializers.CharField()
    expert = NameOut()
    leased_at = serializers.DateTimeField()
    lease_until = serializers.DateTimeField()
    state = serializers.ChoiceField([code for code, _name in STATES if code != "all"])
    ended_at = serializers.DateTimeField(allow_null=True)
    by_name = serializers.BooleanField()
    score = serializers.FloatField(allow_null=True)
    parts = serializers.DictField(child=serializers.FloatField())


class _For(serializers.Serializer[Any]):
    expert = serializers.CharField(max_length=40)
    until = serializers.DateTimeField(
        allow_null=True, default=None, help_text="How long it is reserved; left out: the project's minutes."
    )


class GiveIn(_For):
    """Either `items`, or `count` with what the items are like."""

    items = serializers.ListField(
        child=serializers.CharField(max_length=40), min_length=1, max_length=MOST_NAMED, required=False
    )
    count = serializers.IntegerField(min_value=1, max_value=MOST_DESCRIBED, required=False)
    kind = serializers.CharField(max_length=60, allow_blank=True, default=Wanted.kind)
    batch = serializers.CharField(max_length=40, allow_blank=True, default=Wanted.batch)
    language = serializers.CharField(max_length=20, allow_blank=True, default=Wanted.language)


class ReassignIn(_For):
    pass


class GivenOut(serializers.Serializer[Any]):
    """One item: its assignment. Many: the job; its result holds `given` and `skipped` (how many by reason)."""

    assignment = AssignmentLine(allow_null=True)
    job = JobOut(allow_null=True)


def line_of(assignment: Assignment) -> dict[str, Any]:
    """An assignment as AssignmentLine says."""
    return {
        "id": assignment.uid,
        "item": assignment.item.uid,
        "expert": {"id": assignment.expert.uid, "name": str(assignment.expert)},
        "leased_at": assignment.leased_at,
        "lease_until": assignment.lease_until,
        "state": assignment.outcome or "open",
        "ended_at": assignment.ended_at,
        "by_name": assignment.assigned_by_id is not None,
        "score": assignment.score,
        "parts": assignment.parts,
    }
