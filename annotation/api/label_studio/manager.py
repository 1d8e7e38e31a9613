"""The Data Manager: views (tabs), columns, and actions on many tasks at once."""

from typing import Any

from django.db.models import QuerySet
from django.urls import path
from django.utils.translation import gettext as _
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from annotation import scripted
from annotation.api.base import person
from annotation.api.label_studio.asked import items_of
from annotation.api.label_studio.base import ID, Studio, project_of, whole
from annotation.api.label_studio.picked import picked
from annotation.api.label_studio.tasks import next_of, nothing_left, read_json, selected, view_query
from annotation.api.label_studio.waiting import patiently
from annotation.formats.label_studio_query import COLUMNS, DATA
from annotation.models import Assignment, Item, Project, StudioView
from annotation.models.access import may
from annotation.models.studio_counts import answers, of_projects, own_answers
from annotation.studio.projects import project_json
from annotation.studio.tasks import next_json
from core.models import User
from core.refusals import InvalidInput
from core.roles import Capability
from experts.evidence import expert_of

ACTIONS = {
    "delete_tasks": "Delete tasks",
    "delete_tasks_annotations": "Delete annotations",
    "delete_tasks_predictions": "Delete predictions",
    "predictions_to_annotations": "Create annotations from predictions",
    "remove_duplicates": "Remove duplicated tasks",
}
NEXT = "next_task"
_LOOKED_AT = 50
"""How many of the selected tasks are tried for a free place."""
_SAMPLE = 1000
_AT_ONCE = 200
"""Items whose answers are held in memory."""


class ViewIn(serializers.Serializer[Any]):
    project = serializers.IntegerField(required=False, **ID)
    data = serializers.DictField(required=False)  # type: ignore[assignment]  # a field called data


class OrderIn(serializers.Serializer[Any]):
    project = serializers.IntegerField(**ID)
    ids = serializers.ListField(child=serializers.IntegerField(**ID), max_length=1000)


def _told(view: StudioView) -> dict[str, Any]:
    return {
        "id": view.pk,
        "data": view.data,
        "order": view.order,
        "ordering": view.data.get("ordering") or [],
        "selected_items": None,
        "filter_group": None,
        "user": view.user_id,
        "project": view.project_id,
    }


def _checked(data: dict[str, Any]) -> dict[str, Any]:
    """A view whose filters cannot be read would break every list that uses it. Raises InvalidInput."""
    view_query(data)
    return data


class Views(Studio):
    """One's own views, of a project or of all that one sees."""

    def get(self, request: Request) -> Response:
        user = person(request)
        rows = StudioView.objects.filter(user=user, project__in=Project.objects.visible_to(user).values("pk"))
        if named := request.query_params.get("project"):
            rows = rows.filter(project=project_of(user, whole(named, "project", least=1)))
        return Response([_told(one) for one in rows.order_by("order", "pk")])

    def post(self, request: Request) -> Response:
        user, given = person(request), self.body(request, ViewIn)
        if "project" not in given:
            raise InvalidInput(_("Say of which project."), where="project")
        project = project_of(user, given["project"])
        made = StudioView.objects.create(project=project, user=user, data=_checked(given.get("data", {})))
        return Response(_told(made), status=status.HTTP_201_CREATED)


class OneView(Studio):
    """One view."""

    def get(self, request: Request, pk: int) -> Response:
        return Response(_told(scripted.view_of(person(request), pk)))

    def patch(self, request: Request, pk: int) -> Response:
        view = scripted.view_of(person(request), pk)
        view.data = {**view.data, **_checked(self.body(request, ViewIn).get("data", {}))}
        view.save(update_fields=["data"])
        return Response(_told(view))

    def put(self, request: Request, pk: int) -> Response:
        view = scripted.view_of(person(request), pk)
        view.data = _checked(self.body(request, ViewIn).get("data", {}))
        view.save(update_fields=["data"])
        return Response(_told(view))

    def delete(self, request: Request, pk: int) -> Response:
        scripted.view_of(person(request), pk).delete()
        return Response(status=status.HTTP_204_NO_CONTENT)


class ViewOrder(Studio):
    """In which order one's views stand."""

    def post(self, request: Request) -> Response:
        user, given = person(request), self.body(request, OrderIn)
        project = project_of(user, given["project"])
        mine = StudioView.objects.filter(project=project, user=user)
        for at, pk in enumerate(given["ids"]):
            mine.filter(pk=pk).update(order=at)
        return Response(status=status.HTTP_200_OK)


class ViewReset(Studio):
    """Away with all of one's views of a project."""

    def delete(self, request: Request) -> Response:
        """`project` stands in the body, as Label Studio's client sends it, or in the query."""
        user, sent = person(request), request.data if isinstance(request.data, dict) else {}
        named = sent.get("project", request.query_params.get("project"))
        project = project_of(user, whole(named, "project", least=1))
        StudioView.objects.filter(project=project, user=user).delete()
        return Response(status=status.HTTP_204_NO_CONTENT)


class Columns(Studio):
    """What tasks can be filtered and ordered by."""

    def get(self, request: Request) -> Response:
        user = person(request)
        project = project_of(user, whole(request.query_params.get("project"), "project", least=1))
        sample = items_of(user, project).values_list("data", flat=True)[:_SAMPLE]
        keys = list(dict.fromkeys(key for data in sample for key in data))
        columns: list[dict[str, Any]] = [
            {"id": name, "title": name.replace("_", " ").capitalize(), "type": kind, "target": "tasks"}
            for name, kind in COLUMNS.items()
            if name != "data"
        ]
        columns.append(
            {"id": DATA.rstrip("."), "title": "data", "type": "List", "target": "tasks", "children": keys}
        )
        columns += [
            {"id": key, "title": key, "type": "String", "target": "tasks", "parent": "data"} for key in keys
        ]
        shown = {"project_defined": False, "visibility_defaults": {"explore": True, "labeling": False}}
        return Response({"columns": [{**shown, **one} for one in columns]})


class State(Studio):
    """A project as the Data Manager opens it: what it is, what may be done in it."""

    def get(self, request: Request) -> Response:
        user = person(request)
        project = project_of(user, whole(request.query_params.get("project"), "project", least=1))
        source = project.schemas.order_by("-version").values_list("source", flat=True)[0]
        counted, leads = of_projects([project])[project.pk], may(user, project, Capability.LEAD_PROJECT)
        return Response(
            {
                **project_json(project, source, None),  # counters have names of their own here
                "queue_total": counted["task_number"],
                "queue_done": counted["finished_task_number"],
                "can_delete_tasks": leads,
                "can_manage_annotations": leads,
                "can_manage_tasks": leads,
                "source_syncing": False,
                "target_syncing": False,
                "task_count": counted["task_number"],
                "annotation_count": counted["total_annotations_number"],
            }
        )


class Actions(Studio):
    """What can be done with many tasks; and doing it."""

    def get(self, request: Request) -> Response:
        user = person(request)
        project_of(user, whole(request.query_params.get("project"), "project", least=1))
        return Response(
            [
                {"id": name, "title": title, "order": at, "experimental": False}
                for at, (name, title) in enumerate(ACTIONS.items())
            ]
        )

    def post(self, request: Request) -> Response:
        user, given = person(request), request.query_params
        body = request.data or {}
        if not isinstance(body, dict):
            raise InvalidInput(_("Send an object, with selectedItems."), where="selectedItems")
        view = (
            scripted.view_of(user, whole(given.get("view"), "view", least=1)) if given.get("view") else None
        )
        number = whole(given.get("project"), "project", view.project_id if view else None, least=1)
        name = str(given.get("id") or "")
        if name == NEXT:
            return Response(_next(user, project_of(user, number, Capability.LABEL), body, view))
        project = project_of(user, number, Capability.LEAD_PROJECT)
        if name not in ACTIONS:
            raise InvalidInput(
                _("There is no action “%(name)s”."),
                action=_("GET /api/dm/actions lists them."),
                where="id",
                params={"name": name},
            )
        items = _chosen(user, project, body, view)
        return Response(_DOING[name](project, user, list(items.values_list("pk", flat=True))))


def _next(user: User, project: Project, body: dict[str, Any], view: StudioView | None) -> dict[str, Any]:
    """The next task: of those selected, in their order, where the caller sees all of the work; else of the queue."""
    named = body.get("selectedItems") or body.get("selected_items")
    if not named or not may(user, project, Capability.SEE_WORK):
        return next_of(user, project)
    expert = expert_of(user)
    mine = own_answers(user).filter(project=project).values("item")
    rows = _chosen(user, project, body, view).exclude(pk__in=mine).select_related("lane")

    def taken() -> Assignment | None:
        for item in rows[:_LOOKED_AT]:
            item.project = project
            if place := scripted.take(item=item, expert=expert, by=user):
                return place
        return None

    place = patiently(project, taken)
    if place is None:
        raise nothing_left()
    return next_json(place, user)


def _chosen(user: User, project: Project, body: dict[str, Any], view: StudioView | None) -> "QuerySet[Item]":
    """The tasks that are selected: all but some, or those named. Nothing said selects nothing."""
    chosen = body.get("selectedItems", body.get("selected_items"))
    rows = items_of(user, project)
    if not chosen:
        return rows.none()
    if isinstance(chosen, str):  # the client's own examples send it as text
        chosen = read_json(chosen)
    said = {name: part for name, part in body.items() if part}  # an empty filter leaves the view's own
    rows = selected(rows, view_query({**(view.data if view else {}), **said}))
    return picked(rows, chosen)


def _done(many: int, said: str) -> dict[str, Any]:
    return {"processed_items": many, "detail": said}


def _delete_tasks(project: Project, user: User, items: list[int]) -> dict[str, Any]:
    scripted.delete_items(project=project, by=user, items=items)
    return {**_done(len(items), _("Deleted %(count)s tasks.") % {"count": len(items)}), "reload": True}


def _delete_answers(project: Project, user: User, items: list[int]) -> dict[str, Any]:
    places = answers().select_related("annotation", "item__project__organisation", "item__lane", "expert")
    many = 0
    for start in range(0, len(items), _AT_ONCE):
        for place in places.filter(item__in=items[start : start + _AT_ONCE]).order_by("pk"):
            scripted.delete_answer(place=place, by=user)
            many += 1
    return _done(many, _("Deleted %(count)s annotations.") % {"count": many})


def _delete_predictions(project: Project, user: User, items: list[int]) -> dict[str, Any]:
    many = scripted.delete_predictions(project=project, by=user, items=items)
    return _done(many, _("Deleted %(count)s predictions.") % {"count": many})


def _to_answers(project: Project, user: User, items: list[int]) -> dict[str, Any]:
    many = scripted.answer_as_predicted(project=project, by=user, items=items)
    return _done(len(items), _("Created %(count)s annotations.") % {"count": many})


def _remove_duplicates(project: Project, user: User, items: list[int]) -> dict[str, Any]:
    many = scripted.delete_repeated(project=project, by=user, items=items)
    return _done(len(items), _("Removed %(count)s duplicated tasks.") % {"count": many})


_DOING = {
    "delete_tasks": _delete_tasks,
    "delete_tasks_annotations": _delete_answers,
    "delete_tasks_predictions": _delete_predictions,
    "predictions_to_annotations": _to_answers,
    "remove_duplicates": _remove_duplicates,
}
urls = [
    path("dm/views", Views.as_view(), name="studio-views"),
    path("dm/views/order", ViewOrder.as_view(), name="studio-view-order"),
    path("dm/views/reset", ViewReset.as_view(), name="studio-view-reset"),
    path("dm/views/<int:pk>", OneView.as_view(), name="studio-view"),
    path("dm/project", State.as_view(), name="studio-state"),
    path("dm/columns", Columns.as_view(), name="studio-columns"),
    path("dm/actions", Actions.as_view(), name="studio-actions"),
]
