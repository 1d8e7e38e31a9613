"""Label: take the next item, keep drafts, submit, skip, give back."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from annotation import answering
from annotation.api.base import Handler, Result, one, person, seen_version
from annotation.api.openapi import NextOut, SavedOut, SubmittedOut, WorkOut
from annotation.models import Assignment
from annotation.models.access import demand, load_project
from annotation.models.assignment import SkipReason
from annotation.models.newest import newest
from annotation.models.own_work import check_may_read
from annotation.models.prediction import OUTCOMES
from annotation.models.sitting import open_questions
from annotation.models.standing import check_has_undertaken, has_undertaken
from annotation.payloads import work_of
from annotation.stages import label, lease
from core import faults
from core.models import User
from core.refusals import LeaseExpired, Refusal
from core.roles import Capability
from experts.evidence import expert_of


class NoBody(serializers.Serializer[Any]):
    pass


class DraftBody(serializers.Serializer[Any]):
    revision = serializers.IntegerField(min_value=0)
    result = Result()
    seconds = serializers.FloatField(min_value=0, default=0)
    schema_version = serializers.IntegerField(min_value=1, required=False)
    dismissed = serializers.ListField(
        child=serializers.CharField(max_length=200),
        max_length=20_000,
        default=list,
        help_text="Names of the suggestions that were put aside; the editor gets them back with the draft.",
    )


class SuggestionBody(serializers.Serializer[Any]):
    prediction = serializers.CharField()
    region = serializers.CharField()
    outcome = serializers.ChoiceField(sorted(OUTCOMES))


class SubmitBody(serializers.Serializer[Any]):
    result = Result()
    hashes = serializers.DictField(child=serializers.CharField())
    seconds = serializers.FloatField(min_value=0, default=0)
    schema_version = serializers.IntegerField(min_value=1, required=False)
    guideline_version = serializers.IntegerField(min_value=1, required=False)
    revision = serializers.IntegerField(
        min_value=0,
        required=False,
        help_text="Of the draft that this was made from: a newer one is answered 409.",
    )
    suggestions = SuggestionBody(
        many=True, default=list, help_text="What became of each region that was suggested."
    )
    next = serializers.BooleanField(
        default=True,
        help_text="Whether to lease and answer with the next item; not where it is there already.",
    )


class SkipBody(serializers.Serializer[Any]):
    reason = serializers.ChoiceField(SkipReason.choices)
    note = serializers.CharField(allow_blank=True, default="")


def _mine(user: User) -> QuerySet[Assignment]:
    return Assignment.objects.visible_to(user).select_related(
        "project__sector", "project__organisation", "item", "expert", "attempt__exam"
    )


def _next_work(assignment: Assignment, user: User) -> dict[str, Any] | None:
    """What comes after this one; None when nothing is left or the expert may have nothing now.

    After a question of an exam comes the next one of it.
    """
    if assignment.attempt:
        seen = has_undertaken(assignment.project, assignment.expert)
        question = open_questions(assignment.attempt).first() if seen else None
        return work_of(one(_mine(user), question.uid)) if question else None
    try:
        following = lease.take_next(project=assignment.project, expert=assignment.expert, by=user)
    except Refusal:
        return None
    return work_of(one(_mine(user), following.uid)) if following else None


class Next(Handler):
    """Lease the next item of a project."""

    @extend_schema(request=NoBody, responses={200: WorkOut, 204: None}, operation_id="next_work")
    def post(self, request: Request, uid: str) -> Response:
        user = person(request)
        project = load_project(user, uid, Capability.LABEL)
        assignment = lease.take_next(project=project, expert=expert_of(user), by=user)
        if assignment is None:
            return Response(status=status.HTTP_204_NO_CONTENT)
        return Response(work_of(one(_mine(user), assignment.uid)))


class Ahead(Handler):
    """Lease the item after this one, so that it is there when this one is submitted; 204 when there is none."""

    @extend_schema(request=NoBody, responses={200: WorkOut, 204: None}, operation_id="next_work_ahead")
    def post(self, request: Request, uid: str) -> Response:
        user = person(request)
        assignment = one(_mine(user), uid)
        demand(user, assignment.project, Capability.LABEL)
        following = lease.take_ahead(assignment=assignment, by=user)
        if following is None:
            return Response(status=status.HTTP_204_NO_CONTENT)
        return Response(work_of(one(_mine(user), following.uid)))


class Work(Handler):
    """One's own assignment, with its draft or answer; 409 once one neither holds nor may have the item."""

    @extend_schema(responses=WorkOut, operation_id="get_work")
    def get(self, request: Request, uid: str) -> Response:
        assignment = one(_mine(person(request)), uid)
        check_has_undertaken(assignment.project, assignment.expert)
        check_may_read(assignment)
        return Response(work_of(assignment))


class SaveDraft(Handler):
    """Keep work in progress; a save from an older revision is answered 409 with the stored version."""

    @extend_schema(request=DraftBody, responses=SavedOut, operation_id="save_draft")
    def put(self, request: Request, uid: str) -> Response:
        assignment = one(_mine(person(request)), uid)
        demand(person(request), assignment.project, Capability.LABEL)
        given = self.body(request, DraftBody)
        newest_schema, _guideline = newest(assignment.project)
        schema = seen_version(assignment.project.schemas, "schema_version", given, newest_schema)
        draft, lease_until = label.save_draft(
            assignment=assignment,
            schema=schema.schema,
            revision=given["revision"],
            result=given["result"],
            seconds=given["seconds"],
            dismissed=given["dismissed"],
        )
        if lease_until is None:  # the draft is stored: this only tells
            raise LeaseExpired
        return Response(
            {
                "revision": draft.revision,
                "saved_at": draft.saved_at.isoformat(),
                "lease_until": lease_until.isoformat(),
            }
        )


class Submit(Handler):
    """Submit an answer; sent again, the first answer comes back with 200.

    409 `stale_draft` with the newer draft, `other_answer` with the answer that was submitted first and stands.
    """

    @extend_schema(
        request=SubmitBody, responses={200: SubmittedOut, 201: SubmittedOut}, operation_id="submit"
    )
    def post(self, request: Request, uid: str) -> Response:
        user = person(request)
        assignment = one(_mine(user), uid)
        demand(user, assignment.project, Capability.LABEL)
        given = self.body(request, SubmitBody)
        schema, guideline = newest(assignment.project)
        done = answering.submit(
            assignment=assignment,
            schema=seen_version(assignment.project.schemas, "schema_version", given, schema),
            guideline=seen_version(assignment.project.guidelines, "guideline_version", given, guideline),
            by=user,
            result=given["result"],
            hashes=given["hashes"],
            seconds=given["seconds"],
            revision=given.get("revision"),
            suggestions=given["suggestions"],
        )
        faults.point("label.before_answer")
        return Response(
            {
                "annotation": done.annotation.uid,
                "surplus": done.annotation.surplus,
                "next": _next_work(assignment, user) if given["next"] else None,
            },
            status=status.HTTP_201_CREATED if done.created else status.HTTP_200_OK,
        )


class Skip(Handler):
    """Give an item up with a reason."""

    @extend_schema(request=SkipBody, responses=NextOut, operation_id="skip")
    def post(self, request: Request, uid: str) -> Response:
        user = person(request)
        assignment = one(_mine(user), uid)
        answering.skip(assignment=assignment, by=user, **self.body(request, SkipBody))
        return Response({"next": _next_work(assignment, user)})


class GiveBack(Handler):
    """Return an item unanswered; the draft is kept."""

    @extend_schema(request=NoBody, responses={204: None}, operation_id="give_back")
    def post(self, request: Request, uid: str) -> Response:
        user = person(request)
        answering.give_back(assignment=one(_mine(user), uid), by=user)
        return Response(status=status.HTTP_204_NO_CONTENT)
