"""Exports: at once, or as a snapshot that is kept. Both are streamed, a page of items at a time."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.encoders import JSONEncoder

from annotation import scripted
from annotation.api.base import person
from annotation.api.label_studio.base import ID, Studio, project_of, whole, yes
from annotation.api.label_studio.export_shape import Wanted, exported
from annotation.api.label_studio.gold import NAME as GOLD
from annotation.api.label_studio.gold import settled
from annotation.formats.label_studio_export import FORMATS, UnknownFormat, export_format
from annotation.models import Project, StudioExport
from annotation.models.access import demand
from annotation.studio import people
from annotation.studio.projects import parsed_of
from core.models import User
from core.refusals import InvalidInput, NotFound
from core.roles import Capability

_ONLY = ("only", "exclude")


class TasksIn(serializers.Serializer[Any]):
    view = serializers.IntegerField(required=False, allow_null=True, **ID)
    skipped = serializers.ChoiceField(required=False, allow_null=True, choices=_ONLY)
    finished = serializers.ChoiceField(required=False, allow_null=True, choices=_ONLY)
    annotated = serializers.ChoiceField(required=False, allow_null=True, choices=_ONLY)
    only_with_annotations = serializers.BooleanField(required=False)


class AnswersIn(serializers.Serializer[Any]):
    usual = serializers.BooleanField(required=False, allow_null=True)
    ground_truth = serializers.BooleanField(required=False, allow_null=True)
    skipped = serializers.BooleanField(required=False, allow_null=True)


class OnlyIn(serializers.Serializer[Any]):
    only_id = serializers.BooleanField(required=False)


class ShapeIn(serializers.Serializer[Any]):
    drafts = OnlyIn(required=False, allow_null=True)
    predictions = OnlyIn(required=False, allow_null=True)
    annotations__completed_by = OnlyIn(required=False, allow_null=True)
    interpolate_key_frames = serializers.BooleanField(required=False, allow_null=True)


class SnapshotIn(serializers.Serializer[Any]):
    title = serializers.CharField(required=False, allow_blank=True, max_length=2048)
    task_filter_options = TasksIn(required=False, allow_null=True)
    annotation_filter_options = AnswersIn(required=False, allow_null=True)
    serialization_options = ShapeIn(required=False, allow_null=True)


class ConvertIn(serializers.Serializer[Any]):
    export_type = serializers.CharField()


def _format(name: str) -> Any:
    try:
        return export_format(name)
    except UnknownFormat as error:
        raise InvalidInput(
            _("There is no export format “%(name)s”."),
            action=_("Ask for one of: %(known)s."),
            where="exportType",
            params={"name": name[:60], "known": ", ".join(one.name for one in FORMATS)},
        ) from error


def _streamed(
    project: Project, tasks: Iterable[Mapping[str, Any]], name: str, called: str = ""
) -> HttpResponseBase:
    """The tasks as a file in a format, `called` by it or otherwise."""
    form = _format(name)
    source = project.schemas.order_by("-version").values_list("source", flat=True)[0]
    now = timezone.now()
    answer = StreamingHttpResponse(form.write(tasks, parsed_of(source), now), content_type=form.content_type)
    file = f"project-{project.pk}-at-{now:%Y-%m-%d-%H-%M}-{(called or form.name).lower()}.{form.ending}"
    answer["Content-Disposition"] = f'attachment; filename="{file}"'
    answer["filename"] = file
    return answer


class Export(Studio):
    """The project as a file, at once."""

    def get(self, request: Request, pk: int) -> HttpResponseBase:
        user, given = person(request), request.query_params
        project = project_of(user, pk, Capability.SEE_WORK)
        name = given.get("exportType") or given.get("export_type") or "JSON"
        if name == GOLD:
            return _streamed(project, settled(project), "JSON", name)
        _format(name)
        ids = [
            whole(one, "ids")
            for key in ("ids[]", "ids")
            for many in given.getlist(key)
            for one in many.split(",")
        ]
        wanted = Wanted(ids=ids or None, answered_only=not (ids or yes(given.get("download_all_tasks", ""))))
        return _streamed(project, exported(project, wanted), name)


class Formats(Studio):
    """What a project can be exported as."""

    def get(self, request: Request, pk: int) -> Response:
        project = project_of(person(request), pk, Capability.SEE_WORK)
        source = project.schemas.order_by("-version").values_list("source", flat=True)[0]
        parsed = parsed_of(source)
        return Response(
            [
                {
                    "name": form.name,
                    "title": form.title,
                    "description": _(form.description),
                    "link": form.link,
                    "tags": list(form.tags),
                    "disabled": not form.applies(parsed),
                }
                for form in FORMATS
            ]
        )


def _told(one: StudioExport) -> dict[str, Any]:
    return {
        "id": one.pk,
        "title": one.title,
        "created_by": people.simple(one.created_by),
        "created_at": one.created_at,
        "finished_at": one.finished_at,
        "status": one.status,
        "md5": one.md5,
        "counters": one.counters,
        "converted_formats": one.converted,
    }


class Snapshots(Studio):
    """A project's snapshots; or a new one."""

    def get(self, request: Request, pk: int) -> Response:
        project = project_of(person(request), pk, Capability.SEE_WORK)
        rows = StudioExport.objects.filter(project=project).select_related("created_by")
        return Response([_told(one) for one in rows.order_by("-pk")])

    def post(self, request: Request, pk: int) -> Response:
        user = person(request)
        project = project_of(user, pk, Capability.SEE_WORK)
        given = self.body(request, SnapshotIn)
        wanted = Wanted.of(user, given)
        made = scripted.take_snapshot(
            project=project, by=user, title=given.get("title", ""), lines=_lines(exported(project, wanted))
        )
        return Response(_told(made), status=status.HTTP_201_CREATED)


def _lines(tasks: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    for task in tasks:
        yield json.dumps(task, cls=JSONEncoder, ensure_ascii=False).encode() + b"\n"


def snapshot_of(user: User, pk: int, export: int) -> StudioExport:
    """Raises NotFound."""
    project = project_of(user, pk, Capability.SEE_WORK)
    found = StudioExport.objects.filter(project=project, pk=export).select_related("created_by").first()
    if found is None:
        raise NotFound
    return found


class OneSnapshot(Studio):
    """One snapshot. Whoever made it may delete it, and whoever leads the project."""

    def get(self, request: Request, pk: int, export: int) -> Response:
        return Response(_told(snapshot_of(person(request), pk, export)))

    def delete(self, request: Request, pk: int, export: int) -> Response:
        user = person(request)
        found = snapshot_of(user, pk, export)
        if found.created_by_id != user.pk:
            demand(user, found.project, Capability.LEAD_PROJECT)
        scripted.drop_snapshot(found, user)
        return Response(status=status.HTTP_204_NO_CONTENT)


class Download(Studio):
    """A snapshot as a file."""

    def get(self, request: Request, pk: int, export: int) -> HttpResponseBase:
        found = snapshot_of(person(request), pk, export)
        given = request.query_params
        return _streamed(
            found.project, _kept(found), given.get("exportType") or given.get("export_type") or "JSON"
        )


def _kept(found: StudioExport) -> Iterator[Mapping[str, Any]]:
    with found.file.open("rb") as file:
        for line in file:
            yield json.loads(line)


class Convert(Studio):
    """Snapshots are converted while they are downloaded: a conversion is ready at once."""

    def post(self, request: Request, pk: int, export: int) -> Response:
        found = snapshot_of(person(request), pk, export)
        name = self.body(request, ConvertIn)["export_type"]
        _format(name)
        number = scripted.note_conversion(found, name)
        return Response({"export_type": name, "converted_format": number})


urls = [
    path("projects/<int:pk>/export", Export.as_view(), name="studio-export"),
    path("projects/<int:pk>/export/formats", Formats.as_view(), name="studio-formats"),
    path("projects/<int:pk>/exports", Snapshots.as_view(), name="studio-snapshots"),
    path("projects/<int:pk>/exports/<int:export>", OneSnapshot.as_view(), name="studio-snapshot"),
    path("projects/<int:pk>/exports/<int:export>/download", Download.as_view(), name="studio-download"),
    path("projects/<int:pk>/exports/<int:export>/convert", Convert.as_view(), name="studio-convert"),
]
