"""An organisation's people: their credentials, the roster, and one expert whole."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.api.base import Handler, one, person
from annotation.api.credential_shapes import CredentialOut, credential_lines
from annotation.api.doors import Door, load_organisation, through_organisation, through_project
from annotation.api.paging import page_of, paged, query_of
from annotation.api.people_shapes import (
    CredentialQuery,
    ExpertOut,
    RosterLine,
    RosterQuery,
    roster_line,
)
from annotation.api.qualification_shapes import qualification_lines
from core.models import User
from core.roles import Capability
from experts import roster
from experts.models import Credential, Expert

PAGING = ("after", "limit")


class CredentialList(Handler):
    """The credentials of the organisation's people, with what the organisation says of each."""

    @extend_schema(
        parameters=[CredentialQuery],
        responses=page_of(CredentialOut),
        operation_id="list_organisation_credentials",
    )
    def get(self, request: Request, uid: str) -> Response:
        user, today = person(request), timezone.localdate()
        organisation = load_organisation(user, uid, Capability.SEE_WORK)
        asked = query_of(request, CredentialQuery)
        rows = roster.claims(user, organisation, today, state=asked["state"], expert=asked["expert"])

        def lines(found: list[Credential]) -> Any:
            return CredentialOut(credential_lines(found, user, organisation, today), many=True).data

        return paged(request, rows, lines, asked=asked)


class Roster(Handler):
    """The organisation's experts, filtered."""

    @extend_schema(parameters=[RosterQuery], responses=page_of(RosterLine), operation_id="list_roster")
    def get(self, request: Request, uid: str) -> Response:
        user = person(request)
        organisation = load_organisation(user, uid, Capability.SEE_WORK)
        asked = query_of(request, RosterQuery)
        today = timezone.localdate()
        wanted = {name: value for name, value in asked.items() if name not in PAGING}
        rows = roster.roster(user, organisation, today, roster.Wanted(**wanted))

        def lines(found: list[Expert]) -> Any:
            held = roster.sectors_of(found, organisation, today)
            return RosterLine([roster_line(one, held.get(one.pk, [])) for one in found], many=True).data

        whole = rows.select_related("user").prefetch_related("sectors")
        return paged(request, whole, lines, asked=asked)


class ExpertDetail(Handler):
    """One expert of the organisation: profile, credentials, qualifications."""

    def enter(self, user: User, uid: str) -> Door:
        """By the organisation; a project has its own way."""
        return through_organisation(user, uid, Capability.SEE_WORK)

    @extend_schema(responses=ExpertOut, operation_id="get_organisation_expert")
    def get(self, request: Request, uid: str, expert: str) -> Response:
        today = timezone.localdate()
        door = self.enter(person(request), uid)
        found = one(door.experts.select_related("user"), expert)
        claims = list(door.claims().filter(expert=found).order_by("-pk"))
        held = list(door.qualifications().filter(expert=found).order_by("-pk"))
        sectors = roster.sectors_of([found], door.organisation, today)
        line = {
            **roster_line(found, sectors.get(found.pk, [])),
            "email": found.user.email,
            "credentials": credential_lines(claims, door.user, door.organisation, today),
            "qualifications": qualification_lines(held, today),
        }
        return Response(ExpertOut(line).data)


@extend_schema_view(get=extend_schema(operation_id="get_project_expert"))
class ProjectExpert(ExpertDetail):
    """The same for an expert of a project, as its organisation sees them."""

    def enter(self, user: User, uid: str) -> Door:
        """By the project."""
        return through_project(user, uid, Capability.SEE_WORK)
