"""Projects: list, create, get, change, remove, and judge a config."""

from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.urls import path
from django.utils.translation import gettext as _
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from annotation import scripted
from annotation.api.base import person
from annotation.api.label_studio.base import Studio, links, no_such_page, only, page_of, project_of, whole
from annotation.api.label_studio.project_form import ProjectIn
from annotation.models import LabelSchema, Project
from annotation.models.studio_counts import told_to
from annotation.studio import people
from annotation.studio.projects import parsed_of, project_json
from core.models import Membership, Organisation, User
from core.refusals import InvalidInput, NotAllowed
from core.roles import Capability

_ORDERS = {"id": "pk", "title": "name", "created_at": "created_at"}


class ConfigIn(serializers.Serializer[Any]):
    label_config = serializers.CharField(trim_whitespace=False)


def _told(found: list[Project], user: User) -> list[dict[str, Any]]:
    newest = LabelSchema.objects.filter(project__in=found).order_by("project", "version")
    sources = dict(newest.values_list("project", "source"))
    counted = told_to(user, found)
    return [project_json(one, sources.get(one.pk, ""), counted[one.pk]) for one in found]


class ProjectList(Studio):
    """The projects that the caller sees; or a new one."""

    def get(self, request: Request) -> Response:
        asked = request.query_params
        user = person(request)
        seen = Project.objects.visible_to(user).select_related("studio__created_by")
        rows = _chosen(seen, asked)
        page = page_of(asked)
        size = min(whole(asked.get("page_size"), "page_size", 30, least=1), 1000)
        count = rows.count()
        found = list(rows[(page - 1) * size : page * size])
        if not found and page > 1:
            raise no_such_page()
        told = only(_told(found, user), asked.get("include", ""))
        return Response({**links(request, page, size, count), "results": told})

    def post(self, request: Request) -> Response:
        user = person(request)
        given = self.body(request, ProjectIn)
        home = people.home_of(user)
        leading = Membership.objects.granting(user, Capability.LEAD_PROJECT).filter(
            organisation=home, project_id=None
        )
        if home is None or not leading.exists():
            raise NotAllowed
        project = scripted.create_project(
            organisation=Organisation.objects.get(pk=home), by=user, given=given
        )
        source = project.schemas.values_list("source", flat=True)[0]
        return Response(project_json(project, source, None), status=status.HTTP_201_CREATED)


def _chosen(rows: "QuerySet[Project]", asked: Any) -> "QuerySet[Project]":
    if ids := asked.get("ids"):
        rows = rows.filter(pk__in=[whole(one, "ids") for one in str(ids).split(",") if one])
    if title := asked.get("title"):
        rows = rows.filter(name__icontains=title)
    if which := asked.get("filter"):
        rows = _pinned(rows, which)
    if words := asked.get("search"):
        rows = rows.filter(Q(name__icontains=words) | Q(description__icontains=words))
    ordering = asked.get("ordering")
    if not ordering:  # those that were pinned come first
        pinned = KeyTextTransform("pinned_at", "studio__options")
        return rows.order_by(pinned.desc(nulls_last=True), "-created_at", "-pk").distinct()
    column = _ORDERS.get(ordering.lstrip("-"))
    if column is None:
        raise InvalidInput(_("Projects are not ordered by that."), where="ordering")
    return rows.order_by(f"{'-' if ordering.startswith('-') else ''}{column}", "-pk").distinct()


def _pinned(rows: "QuerySet[Project]", which: str) -> "QuerySet[Project]":
    """Those that somebody pinned, those that nobody did, or all."""
    pinned = Q(studio__options__has_key="pinned_at") & ~Q(studio__options__pinned_at=None)
    match which:
        case "pinned_only":
            return rows.filter(pinned)
        case "exclude_pinned":
            return rows.exclude(pk__in=rows.filter(pinned).values("pk"))
        case "all":
            return rows
    raise InvalidInput(_("Ask for all, pinned_only or exclude_pinned."), where="filter")


class OneProject(Studio):
    """One project."""

    def get(self, request: Request, pk: int) -> Response:
        user = person(request)
        return Response(_told([project_of(user, pk)], user)[0])

    def patch(self, request: Request, pk: int) -> Response:
        user = person(request)
        project = project_of(user, pk, Capability.LEAD_PROJECT)
        given = self.body(request, ProjectIn)
        scripted.check_version(project, given.get("model_version"))
        scripted.change_project(project=project, by=user, given=given)
        return Response(_told([project_of(user, pk)], user)[0])

    def put(self, request: Request, pk: int) -> Response:
        return self.patch(request, pk)

    def delete(self, request: Request, pk: int) -> Response:
        user = person(request)
        scripted.delete_project(project=project_of(user, pk, Capability.LEAD_PROJECT), by=user)
        return Response(status=status.HTTP_204_NO_CONTENT)


class Validate(Studio):
    """Whether Label Studio would take a config, with nothing stored."""

    def post(self, request: Request) -> Response:
        self.check(request)
        return Response(status=status.HTTP_204_NO_CONTENT)

    def check(self, request: Request) -> str:
        """The config that was sent. Raises InvalidConfig, about the field."""
        source: str = self.body(request, ConfigIn)["label_config"]
        with scripted.about_config():
            scripted.read_config(source)
        return source


class ValidateIn(Validate):
    """The same before a project's answers: whether what they say could still be asked."""

    says_everywhere = True

    def post(self, request: Request, pk: int) -> Response:  # type: ignore[override]
        project = project_of(person(request), pk)
        source = self.check(request)
        with scripted.about_config():
            scripted.check_config(project, source)
        same = parsed_of(source) == parsed_of(project.schemas.order_by("-version")[0].source)
        return Response({"config_essential_data_has_changed": not same})


urls = [
    path("projects", ProjectList.as_view(), name="studio-projects"),
    path("projects/validate", Validate.as_view(), name="studio-validate"),
    path("projects/<int:pk>", OneProject.as_view(), name="studio-project"),
    path("projects/<int:pk>/validate", ValidateIn.as_view(), name="studio-validate-in"),
]
