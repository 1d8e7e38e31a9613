"""What is stated of a batch after it came in, and what was seen of its texts: figures, flags, the check again."""

from typing import Any

from django.urls import path
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.api.base import Handler, one, person
from annotation.api.batches import BatchOut
from annotation.api.item_shapes import MARKS, NOT_LOOKED_AT, FlagOut, flag_line
from annotation.api.jobs import NoBody
from annotation.api.paging import PageQuery, page_of, paged, query_of
from annotation.models import Batch, QualityFinding, QualityRun, QualityStep
from annotation.models.access import demand
from annotation.models.quality import StepKey
from annotation.stages import ingest
from annotation.stages.quality import asking, marking
from core.models import User
from core.roles import Capability


class RightsIn(serializers.Serializer[Any]):
    """At least one of the two."""

    licence = serializers.CharField(max_length=100, allow_blank=True, default="")
    rights = serializers.CharField(allow_blank=True, default="")


class DeidentifiedIn(serializers.Serializer[Any]):
    statement = serializers.CharField(help_text="How the texts were de-identified, and by whom.")


class StepOut(serializers.Serializer[Any]):
    """What one step counted; `flagged` texts of the batch carry a flag of it."""

    key = serializers.ChoiceField(StepKey.choices)
    version = serializers.IntegerField()
    figures = serializers.DictField()
    flagged = serializers.IntegerField()
    started_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)
    error = serializers.CharField(allow_blank=True)


class QualityOut(serializers.Serializer[Any]):
    """`number` counts how often the check was begun, 0 before the first time; `texts` have been looked at."""

    number = serializers.IntegerField()
    texts = serializers.IntegerField()
    begun_at = serializers.DateTimeField(allow_null=True)
    finished_at = serializers.DateTimeField(allow_null=True)
    error = serializers.CharField(allow_blank=True)
    steps = StepOut(many=True)


class FlagQuery(PageQuery):
    step = serializers.ChoiceField(StepKey.choices, default="")
    outcome = serializers.ChoiceField(
        MARKS, default="", help_text="Flags of personal data of which this was said."
    )


class LookedIn(serializers.Serializer[Any]):
    """`flags` names flags by their ids, or `code` all of one kind that nobody has looked at: one of the two."""

    outcome = serializers.ChoiceField(
        MARKS, help_text="`clear`: nothing there to protect; `aside`: releases leave the items out."
    )
    flags = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**63 - 1), required=False, max_length=1000
    )
    code = serializers.CharField(default="", allow_blank=True, max_length=20)

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        """Both together would leave open what is meant."""
        if bool(given["code"]) == bool(given.get("flags")):
            raise serializers.ValidationError({"flags": _("Name either flags or the code of one kind.")})
        return given


class LookedOut(serializers.Serializer[Any]):
    changed = serializers.IntegerField(help_text="How many flags.")


class FlaggedOut(FlagOut):
    item = serializers.CharField(help_text="The item that is flagged.")


class StateRights(Handler):
    """State the right to use a batch afterwards; items that waited for it are opened."""

    @extend_schema(request=RightsIn, responses=BatchOut, operation_id="state_batch_rights")
    def post(self, request: Request, uid: str) -> Response:
        user = person(request)
        ingest.state_rights(batch=_brought(user, uid), by=user, **self.body(request, RightsIn))
        return Response(BatchOut(_brought(user, uid)).data)


class StateDeidentified(Handler):
    """State, by name, that nobody can be recognised in a batch; items that waited for it are opened."""

    @extend_schema(request=DeidentifiedIn, responses=BatchOut, operation_id="state_batch_deidentified")
    def post(self, request: Request, uid: str) -> Response:
        user = person(request)
        ingest.state_deidentified(batch=_brought(user, uid), by=user, **self.body(request, DeidentifiedIn))
        return Response(BatchOut(_brought(user, uid)).data)


class BatchQuality(Handler):
    """What was seen of a batch's texts; POST has them looked at again, in the background."""

    @extend_schema(responses=QualityOut, operation_id="get_batch_quality")
    def get(self, request: Request, uid: str) -> Response:
        return Response(_quality(_seen(person(request), uid)))

    @extend_schema(request=NoBody, responses={202: QualityOut}, operation_id="check_batch_again")
    def post(self, request: Request, uid: str) -> Response:
        user = person(request)
        batch = _brought(user, uid)
        asking.check_again(batch=batch, by=user)
        return Response(_quality(batch), status=202)


class FlagList(Handler):
    """The flags on a batch's items, all or those of one step."""

    @extend_schema(parameters=[FlagQuery], responses=page_of(FlaggedOut), operation_id="list_batch_flags")
    def get(self, request: Request, uid: str) -> Response:
        batch, asked = _seen(person(request), uid), query_of(request, FlagQuery)
        rows = QualityFinding.objects.filter(batch=batch).select_related("item", "seen_by")
        if asked["step"]:
            rows = rows.filter(step=asked["step"])
        if asked["outcome"]:
            rows = rows.filter(step=StepKey.PERSONAL, outcome=_outcome(asked["outcome"]))
        return paged(request, rows, _flags, asked=asked)


class FlagsLooked(Handler):
    """Say what one found who looked at flags of personal data. What is said last holds; the trail keeps the rest."""

    @extend_schema(request=LookedIn, responses=LookedOut, operation_id="mark_batch_flags")
    def post(self, request: Request, uid: str) -> Response:
        user = person(request)
        batch = _seen(user, uid)
        demand(user, batch.project, Capability.LEAD_PROJECT)
        given = self.body(request, LookedIn)
        outcome, code = _outcome(given["outcome"]), given["code"]
        if code:
            changed = marking.mark_all(batch=batch, by=user, outcome=outcome, code=code)
        else:
            changed = marking.mark(batch=batch, by=user, outcome=outcome, flags=given["flags"])
        return Response({"changed": changed})


def _outcome(said: str) -> str:
    return "" if said == NOT_LOOKED_AT else said


def _flags(rows: list[QualityFinding]) -> list[dict[str, Any]]:
    return [{**flag_line(row), "item": row.item.uid} for row in rows]


def _seen(user: User, uid: str) -> Batch:
    return one(Batch.objects.visible_to(user).select_related("job", "project__organisation"), uid)


def _brought(user: User, uid: str) -> Batch:
    batch = _seen(user, uid)
    demand(user, batch.project, Capability.BRING_BATCHES)
    return batch


def _quality(batch: Batch) -> dict[str, Any]:
    run = QualityRun.objects.filter(pk=batch.pk).first()
    steps = sorted(QualityStep.objects.filter(batch=batch), key=lambda step: StepKey.values.index(step.key))
    known = run or QualityRun(batch=batch, number=0)
    names = ("number", "texts", "begun_at", "finished_at", "error")
    return QualityOut({**{name: getattr(known, name) for name in names}, "steps": steps}).data


urls = [
    path("batches/<slug:uid>/rights", StateRights.as_view(), name="batch-rights"),
    path("batches/<slug:uid>/deidentified", StateDeidentified.as_view(), name="batch-deidentified"),
    path("batches/<slug:uid>/quality", BatchQuality.as_view(), name="batch-quality"),
    path("batches/<slug:uid>/flags", FlagList.as_view(), name="batch-flags"),
    path("batches/<slug:uid>/flags/looked", FlagsLooked.as_view(), name="batch-flags-looked"),
]
