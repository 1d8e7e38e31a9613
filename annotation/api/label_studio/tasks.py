"""Tasks: list with the Data Manager's query, create, get, change, delete; the next one; import."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.urls import path
from django.utils.translation import gettext as _
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from annotation import scripted
from annotation.api.base import person
from annotation.api.label_studio.asked import demand_lead, item_of, items_of
from annotation.api.label_studio.base import (
    ID,
    Studio,
    is_arriving,
    no_such_page,
    only,
    page_of,
    project_of,
    whole,
)
from annotation.api.label_studio.picked import named, picked
from annotation.api.label_studio.waiting import patiently, wait_until_stored
from annotation.api.parser import check_value
from annotation.formats.label_studio_import import tasks_of
from annotation.formats.label_studio_query import Query, read_query
from annotation.formats.messages import FormatError
from annotation.models import Item, Prediction, Project
from annotation.models.access import may
from annotation.models.arriving import complete_until
from annotation.models.studio_counts import ANSWERED, answers, own_answers, whole_project
from annotation.models.studio_query import asked, tells_of_others
from annotation.refuse import refusal
from annotation.stages import ingest, lease
from annotation.studio.tasks import next_json, tasks_json
from core.models import User
from core.refusals import InvalidInput, NotAllowed, NotFound
from core.roles import Capability
from experts.evidence import expert_of

MOST_A_PAGE = 10_000


class TaskIn(serializers.Serializer[Any]):
    project = serializers.IntegerField(**ID)
    data = serializers.JSONField()  # type: ignore[assignment]  # a field called data
    meta = serializers.JSONField(required=False, allow_null=True)


class TaskChange(serializers.Serializer[Any]):
    data = serializers.DictField(required=False)  # type: ignore[assignment]  # a field called data
    meta = serializers.DictField(required=False, allow_null=True)


def view_query(data: Mapping[str, Any]) -> Query:
    """What a view asks for: its filters, its order, and which columns it orders as numbers. Raises InvalidInput."""
    return query_of(data.get("filters"), data.get("ordering"), data.get("columnsDisplayType"))


def query_of(filters: Any, ordering: Any, shown: Any = None) -> Query:
    """Raises InvalidInput naming what cannot be read."""
    try:
        return read_query(filters, ordering, shown)
    except FormatError as error:
        raise refusal(error, InvalidInput) from error


def selected(items: "QuerySet[Item]", query: Query, *, blind: bool = False) -> "QuerySet[Item]":
    """Raises InvalidInput for a value of the wrong kind, and, where `blind`, NotAllowed for what tells of others."""
    if blind and tells_of_others(query):
        raise NotAllowed
    try:
        return asked(items, query)
    except FormatError as error:
        raise refusal(error, InvalidInput) from error


def _queried(request: Request) -> tuple[Query, Any]:
    """Filters and order of the query string, and which tasks it picks: `query` is JSON. Raises InvalidInput."""
    text = request.query_params.get("query")
    if not text:
        return query_of(None, request.query_params.getlist("ordering") or None), None
    given = read_json(text)
    if given is None:
        raise InvalidInput(_("The query is no JSON object."), where="query")
    chosen = given.get("selectedItems")
    return query_of(given.get("filters"), given.get("ordering")), chosen if named(chosen) else None


def read_json(text: str) -> dict[str, Any] | None:
    """An object that came as text; None for anything else. Raises what `check_value` raises."""
    try:
        given = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(given, dict):
        return None
    check_value(given)
    return given


class TaskList(Studio):
    """A page of tasks; or a new one."""

    says_everywhere = True

    def get(self, request: Request) -> Response:
        user, given, chosen = person(request), request.query_params, None
        if given.get("view"):
            view = scripted.view_of(user, whole(given.get("view"), "view", least=1))
            project = project_of(user, view.project_id, whole=False)
            query = view_query(view.data)
        elif given.get("project"):
            number = whole(given.get("project"), "project", least=-(2**63))
            project = project_of(user, number, whole=False)
            query, chosen = _queried(request)
        else:
            raise InvalidInput(_("Say of which project, or of which view."), where="project")
        sees_all = may(user, project, Capability.SEE_WORK)
        rows = selected(items_of(user, project), query, blind=not sees_all)
        rows = rows if chosen is None else picked(rows, chosen)
        page = page_of(given)
        all_of_it = not query.filters and chosen is None
        begin, end = _places(page, whole(given.get("page_size"), "page_size", 100, least=-1))
        in_order = sees_all and all_of_it and not query.order
        found = _when_stored(project, lambda: list(rows[begin:end]), end - begin if in_order else None)
        if not found and begin:
            raise no_such_page()
        total, totals = _totals(user, project, rows, sees_all=sees_all, all_of_it=all_of_it)
        full = given.get("fields") == "all"
        tasks = tasks_json(found, user, sees_all=sees_all, whole=full, whole_authors=False)
        return Response(
            {
                "total": total,
                **totals,
                "tasks": only(tasks, given.get("include", "")),
            }
        )

    def post(self, request: Request) -> Response:
        user = person(request)
        given = self.body(request, TaskIn)
        project = project_of(user, given["project"], Capability.BRING_BATCHES)
        brought = bring(project, user, [{"data": given["data"], "meta": given.get("meta")}], "task.json")
        item = brought.items[0]
        return Response(one_json(user, item.pk), status=status.HTTP_201_CREATED)


def _places(page: int, size: int) -> tuple[int, int]:
    """Which of the tasks stand on a page; a size of -1 asks for all of them."""
    if size == -1:
        return 0, MOST_A_PAGE
    size = min(max(size, 1), MOST_A_PAGE)
    return (page - 1) * size, page * size


def _when_stored(project: Project, find: Callable[[], list[Item]], full: int | None) -> list[Item]:
    """A page of a project into which tasks may be coming. Raises NotReady.

    A page of tasks in the order in which they came stays as it is when it is `full` and none can still come in before
    its last: so nobody waits for it. For every other, all that is on its way is stored first.
    """
    if not is_arriving(project):
        return find()
    until = complete_until(project.pk)  # before the page is read: what this speaks of can be seen then
    if until is None:
        return find()
    if full is not None:
        found = find()
        if len(found) == full and found[-1].pk <= until:
            return found
    wait_until_stored(project)
    return find()


def _totals(
    user: User, project: Project, chosen: "QuerySet[Item]", *, sees_all: bool, all_of_it: bool
) -> tuple[int, dict[str, int]]:
    """How many tasks are chosen, and how many answers and predictions the person is told of, of those tasks."""
    if sees_all and all_of_it:
        items, answered, predicted = whole_project(project.pk)
        return items, {"total_annotations": answered, "total_predictions": predicted}
    here: dict[str, Any] = {"project": project}
    if not all_of_it:
        here["item__in"] = chosen.order_by().values("pk")
    said = answers() if sees_all else own_answers(user)
    tells = sees_all or project.suggestions
    suggested = Prediction.objects.filter(item__deleted_at=None, **here)
    return chosen.count(), {
        "total_annotations": said.filter(ANSWERED, **here).count(),
        "total_predictions": suggested.count() if tells else 0,
    }


def one_json(user: User, pk: int) -> dict[str, Any]:
    item = Item.objects.select_related("project").get(pk=pk)
    return tasks_json([item], user, sees_all=may(user, item.project, Capability.SEE_WORK))[0]


def bring(
    project: Project,
    user: User,
    sent: Any,
    name: str,
    *,
    single: bool = False,
) -> ingest.Brought:
    """Store tasks of a decoded JSON value, all or none. Raises InvalidInput naming the task and the key."""
    if single and not isinstance(sent, dict):
        raise InvalidInput(_("A task is one JSON object."))
    try:
        tasks = tasks_of(sent)
    except FormatError as error:
        raise refusal(error, InvalidInput) from error
    content = json.dumps(sent, ensure_ascii=False).encode()
    return scripted.bring(project=project, by=user, tasks=tasks, content=content, name=name)


class OneTask(Studio):
    """One task."""

    def get(self, request: Request, pk: int) -> Response:
        item = item_of(request, pk)
        return Response(one_json(person(request), item.pk))

    def patch(self, request: Request, pk: int) -> Response:
        user, item = person(request), item_of(request, pk)
        demand_lead(user, item.project)
        scripted.change_item(item=item, by=user, given=self.body(request, TaskChange))
        return Response(one_json(user, item.pk))

    def put(self, request: Request, pk: int) -> Response:
        return self.patch(request, pk)

    def delete(self, request: Request, pk: int) -> Response:
        user, item = person(request), item_of(request, pk)
        demand_lead(user, item.project)
        scripted.delete_items(project=item.project, by=user, items=[item.pk])
        return Response(status=status.HTTP_204_NO_CONTENT)


class Next(Studio):
    """The task that the caller holds, else the next one, leased to them."""

    def get(self, request: Request, pk: int) -> Response:
        user = person(request)
        return Response(next_of(user, project_of(user, pk, Capability.LABEL, whole=False)))


def next_of(user: User, project: Project) -> dict[str, Any]:
    """Raises NotFound where nothing is left."""
    expert = expert_of(user)
    assignment = patiently(project, lambda: lease.take_next(project=project, expert=expert, by=user))
    if assignment is None:
        raise nothing_left()
    return next_json(assignment, user)


def nothing_left() -> NotFound:
    """Nothing to label."""
    return NotFound(
        _("There are no tasks left for you in this project."),
        action=_("Come back when there are more."),
    )


urls = [
    path("tasks", TaskList.as_view(), name="studio-tasks"),
    path("tasks/<int:pk>", OneTask.as_view(), name="studio-task"),
    path("projects/<int:pk>/next", Next.as_view(), name="studio-next"),
]
