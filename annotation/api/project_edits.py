"""Found a project, change its settings, pause it."""

from typing import Any, ClassVar

from django.urls import path
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.api.base import Handler, one, person
from annotation.api.jobs import NoBody
from annotation.api.projects import ProjectList, ProjectOut
from annotation.api.schemas import Config
from annotation.models import Project
from annotation.models.access import load_project
from annotation.models.project import DisputeRule
from annotation.stages import project as stage
from core.models import Organisation, User
from core.organisations import where_allowed
from core.refusals import InvalidInput, NotAllowed
from core.roles import Capability
from experts.models import Sector


class SettingsOut(serializers.ModelSerializer[Project]):
    """In a PUT what is left out stays as it is. `paused_at` is only told."""

    name = serializers.CharField(max_length=120, required=False)
    description = serializers.CharField(allow_blank=True, required=False)
    lease_minutes = serializers.IntegerField(min_value=1, max_value=60 * 24 * 14, required=False)
    dispute_rule = serializers.ChoiceField(DisputeRule.choices, required=False)

    class Meta:
        model = Project
        fields: ClassVar[list[str]] = [*stage.SETTINGS, "paused_at"]
        read_only_fields: ClassVar[list[str]] = ["paused_at"]
        extra_kwargs: ClassVar[dict[str, Any]] = {name: {"required": False} for name in stage.SETTINGS}


class ProjectIn(SettingsOut):
    """The settings, and what makes version 1: sector, questions, guideline, and how many answer each item."""

    name = serializers.CharField(max_length=120)
    organisation = serializers.CharField(max_length=40)
    sector = serializers.CharField(max_length=40, help_text="A sector's key.")
    overlap = serializers.IntegerField(min_value=1, max_value=10, default=2)
    config = Config()
    guideline = serializers.CharField(max_length=200_000, trim_whitespace=False, help_text="Markdown.")

    class Meta(SettingsOut.Meta):
        fields: ClassVar[list[str]] = [
            "organisation",
            "sector",
            "overlap",
            "config",
            "guideline",
            *stage.SETTINGS,
        ]
        read_only_fields: ClassVar[list[str]] = []


class Projects(ProjectList):
    """The projects one takes part in; found one."""

    @extend_schema(request=ProjectIn, responses={201: ProjectOut}, operation_id="create_project")
    def post(self, request: Request) -> Response:
        user = person(request)
        houses = where_allowed(user, Capability.LEAD_PROJECT)
        if not houses.exists():
            raise NotAllowed(
                _("A project belongs to an organisation, and you lead none."),
                action=_("Found an organisation, or ask an owner to make you a lead."),
            )
        given = self.body(request, ProjectIn)
        organisation = _house(user, given.pop("organisation"))
        sector = Sector.objects.filter(key=given.pop("sector")).first()
        if sector is None:
            raise InvalidInput(_("There is no such sector."), where="sector")
        made = stage.create_project(organisation=organisation, sector=sector, by=user, **given)
        return Response(ProjectOut(made).data, status=status.HTTP_201_CREATED)


def _house(user: User, uid: str) -> Organisation:
    organisation = one(Organisation.objects.visible_to(user), uid)
    if not where_allowed(user, Capability.LEAD_PROJECT).filter(pk=organisation.pk).exists():
        raise NotAllowed
    return organisation


class ProjectSettings(Handler):
    """What can be changed of a project; sector and organisation stay, the overlap has a place of its own."""

    @extend_schema(responses=SettingsOut, operation_id="get_project_settings")
    def get(self, request: Request, uid: str) -> Response:
        return Response(SettingsOut(load_project(person(request), uid, Capability.LEAD_PROJECT)).data)

    @extend_schema(request=SettingsOut, responses=SettingsOut, operation_id="change_project_settings")
    def put(self, request: Request, uid: str) -> Response:
        user = person(request)
        project = load_project(user, uid, Capability.LEAD_PROJECT)
        stage.change_settings(project=project, by=user, **self.body(request, SettingsOut))
        return Response(SettingsOut(project).data)


class Pause(Handler):
    """Hand out no items any more; what is on a desk may be finished."""

    paused = True

    @extend_schema(request=NoBody, responses=SettingsOut, operation_id="pause_project")
    def post(self, request: Request, uid: str) -> Response:
        user = person(request)
        project = load_project(user, uid, Capability.LEAD_PROJECT)
        stage.set_paused(project=project, by=user, paused=self.paused)
        project.refresh_from_db()
        return Response(SettingsOut(project).data)


class Resume(Pause):
    """Hand out items again."""

    paused = False

    @extend_schema(request=NoBody, responses=SettingsOut, operation_id="resume_project")
    def post(self, request: Request, uid: str) -> Response:
        return super().post(request, uid)


urls = [
    path("projects", Projects.as_view(), name="projects"),
    path("projects/<slug:uid>/settings", ProjectSettings.as_view(), name="project-settings"),
    path("projects/<slug:uid>/pause", Pause.as_view(), name="pause"),
    path("projects/<slug:uid>/resume", Resume.as_view(), name="resume"),
]
