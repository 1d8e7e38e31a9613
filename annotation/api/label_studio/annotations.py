"""Answers: create, list, get, change, delete."""

from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from annotation import scripted
from annotation.api.base import Result, person
from annotation.api.label_studio.asked import answer_of, item_of
from annotation.api.label_studio.base import ID, Studio, yes
from annotation.api.label_studio.waiting import opened
from annotation.models import Assignment, Draft, Item, Prediction
from annotation.models.access import may
from annotation.models.studio_counts import answers, own_answers
from annotation.stages.outside import Sent
from annotation.studio.answers import annotation_json, with_parts
from core.models import User
from core.questions import NUMBER, Question
from core.refusals import InvalidInput, NotAllowed
from core.roles import Capability
from experts.evidence import expert_of


class AnswerIn(serializers.Serializer[Any]):
    result = Result(required=False)
    was_cancelled = serializers.BooleanField(required=False)
    ground_truth = serializers.BooleanField(required=False)
    lead_time = serializers.FloatField(required=False, allow_null=True)
    completed_by = serializers.JSONField(required=False)
    unique_id = serializers.UUIDField(required=False, allow_null=True)
    parent_prediction = serializers.IntegerField(required=False, allow_null=True, **ID)
    parent_annotation = serializers.IntegerField(required=False, allow_null=True, **ID)
    draft_id = serializers.IntegerField(required=False, allow_null=True)

    def validate_result(self, value: Any) -> Any:
        """A list of objects, as it came."""
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            raise serializers.ValidationError(_("A result is a list of regions."))
        return value


_told = Question[Assignment](lambda place: with_parts(Assignment.objects.filter(pk=place)), place=NUMBER)


def told(place: Assignment) -> dict[str, Any]:
    """An answer as it is stored now."""
    return annotation_json(_told.objects(place=place.pk)[0])


def sent_of(given: dict[str, Any], *, cancelled: bool) -> Sent:
    """What a body says of an answer."""
    return Sent(
        result=given.get("result", []),
        lead_time=given.get("lead_time"),
        cancelled=cancelled,
        ground_truth=given.get("ground_truth", False),
        unique_id=given.get("unique_id"),
        parents={name: given.get(name) for name in ("parent_prediction", "parent_annotation")},
    )


def author_of(user: User, item: Item, given: Any) -> User:
    """Whose answer it is: the caller's, or, where they lead the project, the member's whom they name."""
    said = given.get("id") if isinstance(given, dict) else given
    if said is None or (said == user.pk and said is not True):
        return user
    if not may(user, item.project, Capability.LEAD_PROJECT):
        raise NotAllowed(_("An answer is its sender's: only a lead may bring in somebody else's."))
    number = said if isinstance(said, int) and not isinstance(said, bool) else 0
    found = scripted.members_of(item.project).filter(pk=number).first()
    if found is None:
        raise InvalidInput(_("This is nobody of the organisation."), where="completed_by")
    return found


class TaskAnswers(Studio):
    """The answers to one item: all of them where one sees the work, else one's own."""

    def get(self, request: Request, pk: int) -> Response:
        user, item = person(request), item_of(request, pk)
        rows = answers() if may(user, item.project, Capability.SEE_WORK) else own_answers(user)
        return Response([annotation_json(one) for one in with_parts(rows.filter(item=item))])

    def post(self, request: Request, pk: int) -> Response:
        user, item = person(request), item_of(request, pk)
        given = self.body(request, AnswerIn)
        skipped = given.get("was_cancelled", yes(request.query_params.get("was_cancelled", "")))
        author = author_of(user, item, given.get("completed_by"))
        _check_parents(item, given)
        if "draft_id" in given:
            _check_draft(user, item, given["draft_id"])
        sent = sent_of(given, cancelled=skipped)
        kept = scripted.answer(item=opened(item), expert=expert_of(author), by=user, sent=sent)
        place = kept.assignment
        # An answer stands as it was just written; of a skip the place was changed beside what is in memory.
        body = told(place) if kept.cancelled else annotation_json(place)
        return Response(body, status=status.HTTP_201_CREATED)


class OneAnswer(Studio):
    """One answer."""

    def get(self, request: Request, pk: int) -> Response:
        return Response(told(answer_of(person(request), pk)))

    def patch(self, request: Request, pk: int) -> Response:
        user = person(request)
        place = answer_of(user, pk)
        _check_may_change(user, place)
        given = self.body(request, AnswerIn)
        place = scripted.change_answer(place=place, by=user, given=given)
        return Response(told(place))

    def put(self, request: Request, pk: int) -> Response:
        return self.patch(request, pk)

    def delete(self, request: Request, pk: int) -> Response:
        user = person(request)
        place = answer_of(user, pk)
        _check_may_change(user, place)
        scripted.delete_answer(place=place, by=user)
        return Response(status=status.HTTP_204_NO_CONTENT)


def _check_parents(item: Item, given: dict[str, Any]) -> None:
    """Raise InvalidInput where what it was made from is nothing of its project."""
    for name, rows in (("parent_prediction", Prediction.objects), ("parent_annotation", Assignment.objects)):
        if (pk := given.get(name)) and not rows.filter(pk=pk, project=item.project_id).exists():
            raise InvalidInput(_("There is nothing of this number in the project."), where=name)


def _check_draft(user: User, item: Item, draft: int | None) -> None:
    """Raise NotAllowed for a draft that is somebody else's or of another item; one that is gone is no matter."""
    found = Draft.objects.filter(pk=draft).select_related("assignment__expert").first() if draft else None
    if found and (found.assignment.item_id, found.assignment.expert.user_id) != (item.pk, user.pk):
        raise NotAllowed(_("That draft is somebody else's, or of another task."))


def _check_may_change(user: User, place: Assignment) -> None:
    """Its author's, or a lead's, to change."""
    if place.expert.user_id != user.pk and not may(user, place.item.project, Capability.LEAD_PROJECT):
        raise NotAllowed


urls = [
    path("tasks/<int:pk>/annotations", TaskAnswers.as_view(), name="studio-annotations"),
    path("annotations/<int:pk>", OneAnswer.as_view(), name="studio-annotation"),
]
