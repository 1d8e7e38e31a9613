"""What Label Studio's own pages ask while somebody labels: their last tasks, a draft again, what was said."""

from collections import Counter
from typing import Any

from django.urls import path
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from annotation import scripted
from annotation.api.base import person
from annotation.api.label_studio.asked import answer_of, item_of
from annotation.api.label_studio.base import Studio, project_of
from annotation.models import Assignment, Prediction
from annotation.models.access import demand
from annotation.models.assignment import Outcome, Purpose
from annotation.models.studio_counts import ANSWERED, answers
from annotation.models.studio_summary import labels_of, numbers_of
from annotation.studio.answers import Schemas, annotation_json, draft_json, with_parts
from core.refusals import NotAllowed
from core.roles import Capability

MOST = 100


class History(Studio):
    """The tasks that the caller has had last in a project, the oldest first, each with their answer to it."""

    def get(self, request: Request, pk: int) -> Response:
        user = person(request)
        project = project_of(user, pk)
        had = Assignment.objects.filter(expert__user=user, project=project, item__deleted_at=None).exclude(
            purpose=Purpose.EXAM
        )
        rows = had.exclude(outcome=Outcome.WITHDRAWN).select_related("annotation").order_by("-pk")[:MOST]
        told: dict[int, int | None] = {}
        for place in reversed(rows):
            told[place.item_id] = place.pk if _stands(place) else told.get(place.item_id)
        return Response([{"taskId": item, "annotationId": said} for item, said in told.items()])


def _stands(place: Assignment) -> bool:
    annotation = getattr(place, "annotation", None)
    submitted = place.outcome == Outcome.SUBMITTED and annotation and annotation.retracted_at is None
    return bool(submitted) or place.outcome == Outcome.SKIPPED


class ToDraft(Studio):
    """One's own answer taken back, its regions kept as a draft."""

    def post(self, request: Request, pk: int) -> Response:
        user = person(request)
        place = answer_of(user, pk)
        if place.expert.user_id != user.pk:
            raise NotAllowed
        draft = scripted.back_to_draft(place=place, by=user)
        return Response(draft_json(draft, user, place.item, Schemas()), status=status.HTTP_201_CREATED)


class Said(Studio):
    """How often each label was given to a task, by control, and the mean of numbers; predictions count too."""

    def get(self, request: Request, pk: int) -> Response:
        user, item = person(request), item_of(request, pk)
        demand(user, item.project, Capability.SEE_WORK)
        given = with_parts(answers().filter(ANSWERED, item=item))
        results = [annotation_json(one)["result"] for one in given]
        predicted = Prediction.objects.filter(item=item)
        every = [*results, *(one.brought if one.brought is not None else one.result for one in predicted)]
        labels, numbers = labels_of(every, Counter()), numbers_of(every)
        told: dict[str, Any] = {}
        for name, kind in {
            str(one.get("from_name")): one.get("type") for each in every for one in each
        }.items():
            told[name] = {"type": kind, "labels": labels.get(name, {})}
            if found := numbers.get(name):
                told[name] |= {"average": sum(found) / len(found), "count": len(found)}
        return Response({"total_annotations": len(results), "distributions": told})


urls = [
    path("projects/<int:pk>/label-stream-history", History.as_view(), name="studio-history"),
    path("annotations/<int:pk>/convert-to-draft", ToDraft.as_view(), name="studio-to-draft"),
    path("tasks/<int:pk>/agreement", Said.as_view(), name="studio-said"),
]
