"""Drafts and predictions."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.encoders import JSONEncoder

from annotation import scripted
from annotation.api.base import Result, person
from annotation.api.label_studio.asked import answer_of, demand_lead, draft_of, item_of, prediction_of
from annotation.api.label_studio.base import ID, UNNAMED, Studio, project_of, whole
from annotation.api.label_studio.waiting import opened
from annotation.models import Assignment, Draft, Item, Prediction
from annotation.models.access import may
from annotation.models.assignment import Outcome
from annotation.studio.answers import Schemas, draft_json, prediction_json
from core.models import User
from core.refusals import InvalidInput, NotAllowed, NotFound
from core.roles import Capability
from experts.evidence import expert_of

PAGE = 500


class ResultIn(serializers.Serializer[Any]):
    result = Result(required=False)

    def validate_result(self, value: Any) -> Any:
        """A list of objects, as it came."""
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            raise serializers.ValidationError(_("A result is a list of regions."))
        return value


class DraftIn(ResultIn):
    lead_time = serializers.FloatField(required=False, allow_null=True, min_value=0)


class PredictionIn(ResultIn):
    task = serializers.IntegerField(required=False, **ID)
    score = serializers.FloatField(required=False, allow_null=True)
    model_version = serializers.CharField(required=False, allow_null=True, allow_blank=True, max_length=100)


def _drafts(rows: Iterable[Draft], item: Item) -> list[dict[str, Any]]:
    schemas = Schemas()
    return [draft_json(one, one.assignment.expert.user, item, schemas) for one in rows]


class TaskDrafts(Studio):
    """One's drafts of an item; where one sees the work, everybody's."""

    def get(self, request: Request, pk: int) -> Response:
        user, item = person(request), item_of(request, pk)
        rows = Draft.objects.filter(assignment__item=item).exclude(assignment__outcome=Outcome.SUBMITTED)
        rows = rows.select_related("assignment__expert__user")
        if not may(user, item.project, Capability.SEE_WORK):
            rows = rows.filter(assignment__expert__user=user)
        return Response(_drafts(rows.order_by("pk"), item))

    def post(self, request: Request, pk: int) -> Response:
        user, item = person(request), item_of(request, pk)
        given = self.body(request, DraftIn)
        if request.data is None:
            raise InvalidInput(_("A draft is one JSON object."))
        draft = scripted.draft(item=opened(item), expert=expert_of(user), by=user, given=given)
        return Response(draft_json(draft, user, item, Schemas()), status=status.HTTP_201_CREATED)


class AnswerDrafts(Studio):
    """The draft of a change to an answer that stands: one's own."""

    def get(self, request: Request, pk: int, annotation: int) -> Response:
        user, place = _place(request, pk, annotation)
        rows = Draft.objects.filter(assignment=place).select_related("assignment__expert__user")
        return Response(
            [draft_json(one, place.expert.user, place.item, Schemas()) for one in rows if _sees(user, place)]
        )

    def post(self, request: Request, pk: int, annotation: int) -> Response:
        user, place = _place(request, pk, annotation)
        if place.expert.user_id != user.pk:
            raise NotAllowed(_("A draft is its author's."))
        draft = scripted.draft_change(place=place, by=user, given=self.body(request, DraftIn))
        return Response(draft_json(draft, user, place.item, Schemas()), status=status.HTTP_201_CREATED)


def _place(request: Request, item: int, annotation: int) -> tuple[User, Assignment]:
    """An answer to that item. Raises NotFound."""
    user, found = person(request), item_of(request, item)
    place = answer_of(user, annotation)
    if place.item_id != found.pk:
        raise NotFound
    return user, place


def _sees(user: User, place: Assignment) -> bool:
    return place.expert.user_id == user.pk or may(user, place.item.project, Capability.SEE_WORK)


class OneDraft(Studio):
    """One of one's own drafts."""

    def get(self, request: Request, pk: int) -> Response:
        user = person(request)
        draft = draft_of(user, pk)
        return Response(draft_json(draft, user, draft.assignment.item, Schemas()))

    def patch(self, request: Request, pk: int) -> Response:
        user = person(request)
        draft = draft_of(user, pk)
        item = draft.assignment.item
        given = {"result": draft.brought or [], "lead_time": draft.seconds, **self.body(request, DraftIn)}
        if draft.assignment.outcome == Outcome.SUBMITTED:
            changed = scripted.draft_change(place=draft.assignment, by=user, given=given)
            return Response(draft_json(changed, user, item, Schemas()))
        made = scripted.draft(item=item, expert=draft.assignment.expert, by=user, given=given, kept=draft)
        return Response(draft_json(made, user, item, Schemas()))

    def delete(self, request: Request, pk: int) -> Response:
        user = person(request)
        scripted.delete_draft(draft=draft_of(user, pk), by=user)
        return Response(status=status.HTTP_204_NO_CONTENT)


class Predictions(Studio):
    """The predictions of an item or a project, as a bare list however long it is; or a new one."""

    def get(self, request: Request) -> HttpResponseBase:
        user, given = person(request), request.query_params
        rows = Prediction.objects.visible_to(user).filter(item__deleted_at=None)
        if given.get("task"):
            rows = rows.filter(item=item_of(request, whole(given.get("task"), "task")))
        if given.get("project"):
            rows = rows.filter(project=project_of(user, whole(given.get("project"), "project")))
        first = _page(rows, 0)
        if len(first) < PAGE:
            schemas = Schemas()
            return Response([prediction_json(one, one.item, schemas) for one in first])
        return StreamingHttpResponse(_streamed(rows, first), content_type="application/json")

    def post(self, request: Request) -> Response:
        given = self.body(request, PredictionIn)
        if "task" not in given:
            raise InvalidInput(_("Say of which task."), where="task")
        if given.get("result") is None:
            raise InvalidInput(_("Say what is predicted."), where="result")
        item = item_of(request, given["task"])
        demand_lead(person(request), item.project)
        made = scripted.predict(item=item, by=person(request), given=given)
        return Response(prediction_json(made, item, Schemas()), status=status.HTTP_201_CREATED)


def _page(rows: "QuerySet[Prediction]", after: int) -> list[Prediction]:
    return list(rows.select_related("item").filter(pk__gt=after).order_by("pk")[:PAGE])


def _streamed(rows: "QuerySet[Prediction]", page: list[Prediction]) -> Iterator[bytes]:
    """A JSON list, a page of rows at a time in memory; `page` is the first."""
    schemas, before = Schemas(), b"["
    while page:
        for one in page:
            told = prediction_json(one, one.item, schemas)
            yield before + json.dumps(told, cls=JSONEncoder, ensure_ascii=False).encode()
            before = b","
        page = _page(rows, page[-1].pk)
    yield b"]"


class OnePrediction(Studio):
    """One prediction."""

    def get(self, request: Request, pk: int) -> Response:
        found = prediction_of(person(request), pk)
        return Response(prediction_json(found, found.item, Schemas()))

    def patch(self, request: Request, pk: int) -> Response:
        user = person(request)
        prediction = prediction_of(user, pk)
        demand_lead(user, prediction.project)
        changed = scripted.change_prediction(
            prediction=prediction, by=user, given=self.body(request, PredictionIn)
        )
        return Response(prediction_json(changed, changed.item, Schemas()))

    def put(self, request: Request, pk: int) -> Response:
        return self.patch(request, pk)

    def delete(self, request: Request, pk: int) -> Response:
        user = person(request)
        prediction = prediction_of(user, pk)
        demand_lead(user, prediction.project)
        scripted.delete_prediction(prediction=prediction, by=user)
        return Response(status=status.HTTP_204_NO_CONTENT)


class ImportPredictions(Studio):
    """Many predictions at once: all of them, or none."""

    def post(self, request: Request, pk: int) -> Response:
        user = person(request)
        project = project_of(user, pk, Capability.LEAD_PROJECT)
        if not isinstance(request.data, list):
            raise InvalidInput(_("Send a list of predictions."))
        given = [self._checked(one) for one in request.data]
        return Response({"created": scripted.predict_many(project=project, by=user, given=given)}, status=201)

    def _checked(self, one: Any) -> dict[str, Any]:
        form = PredictionIn(data=one)
        form.is_valid(raise_exception=True)
        return {**form.validated_data, "model_version": form.validated_data.get("model_version") or UNNAMED}


urls = [
    path("tasks/<int:pk>/drafts", TaskDrafts.as_view(), name="studio-drafts"),
    path(
        "tasks/<int:pk>/annotations/<int:annotation>/drafts",
        AnswerDrafts.as_view(),
        name="studio-answer-drafts",
    ),
    path("drafts/<int:pk>", OneDraft.as_view(), name="studio-draft"),
    path("predictions", Predictions.as_view(), name="studio-predictions"),
    path("predictions/<int:pk>", OnePrediction.as_view(), name="studio-prediction"),
    path(
        "projects/<int:pk>/import/predictions", ImportPredictions.as_view(), name="studio-import-predictions"
    ),
]
