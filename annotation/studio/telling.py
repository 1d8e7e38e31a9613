"""Tell webhooks what happened, in Label Studio's shapes; where nobody listens it costs one query."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from django.db.models import TextField
from django.db.models.functions import Cast, Length

from annotation.models import Assignment, Item, Project
from annotation.models.announcing import announce, hears
from annotation.models.studio_counts import of_projects
from annotation.studio.answers import annotation_json, plain, with_parts
from annotation.studio.projects import project_json
from annotation.studio.tasks import facts_json

AT_ONCE = 500
"""Items in one delivery, at most."""
MOST_CHARACTERS = 1_000_000
"""Of the data of a delivery's items."""


def answered(action: str, place: Assignment) -> None:
    """An answer or a skip was given or changed."""

    def body() -> dict[str, Any]:
        found = with_parts(Assignment.objects.filter(pk=place.pk)).get()
        (task,) = facts_json([Item.objects.get(pk=place.item_id)])
        return plain({"annotation": annotation_json(found), "task": task, "project": _project(place.project)})

    announce(action, place.project, body)


def answers_gone(project: Project, ids: Sequence[int]) -> None:
    """Answers were taken back."""
    announce("ANNOTATIONS_DELETED", project, lambda: {"annotations": _ids(ids), "project": _project(project)})


def items_came(project: Project, ids: Sequence[int]) -> None:
    """Items came in: told of in parts, so that no delivery grows with the file."""
    if not hears("TASKS_CREATED", project):
        return
    sizes = Item.objects.filter(project=project).annotate(size=Length(Cast("data", TextField())))
    for start in range(0, len(ids), AT_ONCE):
        chunk = ids[start : start + AT_ONCE]
        measured = sizes.filter(pk__in=chunk).order_by("pk").values_list("pk", "size")
        for part in _parts(measured):
            announce("TASKS_CREATED", project, partial(_came, project, part))


def _came(project: Project, ids: Sequence[int]) -> dict[str, Any]:
    rows = Item.objects.filter(pk__in=ids).order_by("pk")
    return plain({"tasks": facts_json(list(rows)), "project": _project(project)})


def _parts(measured: Iterable[tuple[int, int]]) -> Iterator[list[int]]:
    """Items in parts whose data are about a delivery long; one that is longer stands alone."""
    part: list[int] = []
    length = 0
    for pk, size in measured:
        if part and length + size > MOST_CHARACTERS:
            yield part
            part, length = [], 0
        part.append(pk)
        length += size
    if part:
        yield part


def items_gone(project: Project, ids: Sequence[int]) -> None:
    """Items were taken away."""
    announce("TASKS_DELETED", project, lambda: {"tasks": _ids(ids), "project": _project(project)})


def project_changed(action: str, project: Project) -> None:
    """A project was made, changed or taken away."""
    announce(
        action,
        project,
        lambda: {"project": {"id": project.pk} if action == "PROJECT_DELETED" else _project(project)},
    )


def _ids(ids: Sequence[int]) -> list[dict[str, int]]:
    return [{"id": pk} for pk in ids]


def _project(project: Project) -> dict[str, Any]:
    source = project.schemas.order_by("-version").values_list("source", flat=True)[0]
    return plain(project_json(project, source, of_projects([project])[project.pk]))
