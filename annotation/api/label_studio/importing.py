"""Import: a list, one object, or files. All of it comes in, or nothing."""

import json
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath

from django.http import QueryDict
from django.urls import path
from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.parsers import FormParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from annotation import scripted
from annotation.api.base import person
from annotation.api.label_studio.base import UNNAMED, Studio, project_of, yes
from annotation.api.parser import StrictJSONParser
from annotation.formats.label_studio_config import data_keys
from annotation.formats.label_studio_import import tasks_of, tasks_of_file
from annotation.formats.label_studio_preannotated import preannotated
from annotation.formats.label_studio_task import BroughtTask
from annotation.formats.messages import FormatError
from annotation.models import Project
from annotation.refuse import refusal
from annotation.studio.projects import parsed_of
from core.refusals import InvalidInput
from core.roles import Capability

MOST_BYTES = 250 * 1024 * 1024
_CONTENT = "assay.content"
_TABLES = frozenset({".csv", ".tsv", ".txt"})
"""What could be a list of files as well as tasks."""


class ImportParser(StrictJSONParser):
    """A body as large as Label Studio takes. It stays with the request as it came: a large one is kept so."""

    limit = MOST_BYTES

    def keep(self, content: bytes, request: Request) -> None:
        """As `content_of` finds it."""
        request._request.META[_CONTENT] = content


def content_of(request: Request) -> bytes:
    """The JSON body as it came, or nothing where it was another kind."""
    request.data  # noqa: B018 (reading it is what keeps it)
    return bytes(request._request.META.get(_CONTENT, b""))


class Import(Studio):
    """Tasks into a project; with `commit_to_project=false` they are looked at, and nothing is stored."""

    parser_classes = (ImportParser, MultiPartParser, FormParser)
    says_everywhere = True

    def post(self, request: Request, pk: int) -> Response:
        begun = time.monotonic()
        user = person(request)
        project = project_of(user, pk, Capability.BRING_BATCHES, whole=False)
        numbered = yes(request.query_params.get("return_task_ids", ""))
        tasks, content, names = _sent(request, project)
        brought = None
        if str(request.query_params.get("commit_to_project", "true")).lower() not in {"false", "0"}:
            brought = scripted.bring(
                project=project,
                by=user,
                tasks=tasks,
                content=content,
                name=names[0] if names else "tasks.json",
                later=not (names or numbered),
            )
        endings = Counter(PurePath(name).suffix.lower() for name in names)
        body = {
            "task_count": len(tasks),
            "annotation_count": brought.answers if brought else None,
            "prediction_count": brought.predictions if brought else None,
            "predictions_count": brought.predictions if brought else None,
            "duration": time.monotonic() - begun,
            "file_upload_ids": [brought.batch.pk] if brought else [],
            "could_be_tasks_list": bool(_TABLES & endings.keys()),
            "found_formats": dict(endings),
            "data_columns": sorted({key for task in tasks[:1000] for key in task.data}),
        }
        if brought and numbered:
            body["task_ids"] = [item.pk for item in brought.items]
        return Response(body, status=status.HTTP_201_CREATED)


def _sent(request: Request, project: Project) -> tuple[Sequence[BroughtTask], bytes, list[str]]:
    """The tasks of a body or of files, the content that is kept, and the files' names. Raises InvalidInput.

    Lines of a text file stand under the first key that the config shows.
    """
    source = project.schemas.order_by("-version").values_list("source", flat=True)[0]
    files = [one for name in request.FILES for one in request.FILES.getlist(name)]
    contents = [(one.name or "", one.read()) for one in files]
    asked = request.query_params.getlist("preannotated_from_fields")
    fields = [name for one in asked for name in one.split(",") if name]
    try:
        if contents:
            key = next(iter(data_keys(source)), "text")
            tasks = [task for name, part in contents for task in tasks_of_file(name, part, text_key=key)]
        else:
            if isinstance(request.data, QueryDict) and "url" not in request.data:
                raise InvalidInput(_("Send tasks as JSON, or files."))
            tasks = tasks_of(request.data, storable=bool(content_of(request)))
        if fields:
            tasks = preannotated(tasks, fields, parsed_of(source))
    except FormatError as error:
        raise refusal(error, InvalidInput) from error
    tasks = [_with_versions(task) for task in tasks]
    if contents:
        return tasks, b"\n".join(part for _name, part in contents), [name for name, _part in contents]
    return tasks, content_of(request) or json.dumps(request.data, ensure_ascii=False).encode(), []


def _with_versions(task: BroughtTask) -> BroughtTask:
    """Predictions that name no model version get the name that Label Studio gives them."""
    if all(one.get("model_version") for one in task.predictions):
        return task
    named = [{**one, "model_version": one.get("model_version") or UNNAMED} for one in task.predictions]
    return replace(task, predictions=named)


urls = [
    path("projects/<int:pk>/import", Import.as_view(), name="studio-import"),
    path("projects/<int:pk>/tasks/bulk", Import.as_view(), name="studio-import-bulk"),
]
