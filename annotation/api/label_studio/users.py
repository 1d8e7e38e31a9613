"""Users, organisations, invitations: who is there."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers, status
from rest_framework.exceptions import MethodNotAllowed
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.api.base import person
from annotation.api.label_studio.base import Studio, links, whole
from annotation.models.studio_counts import answers
from annotation.studio import people
from core.models import Membership, Organisation, User
from core.organisations import end_membership, invitation_token, invite, is_allowed
from core.preferences import rename
from core.refusals import InvalidInput, NotAllowed, NotFound
from core.roles import Capability, Role


class UserIn(serializers.Serializer[Any]):
    email = serializers.EmailField()
    username = serializers.CharField(required=False, allow_blank=True)
    first_name = serializers.CharField(required=False, allow_blank=True, max_length=70)
    last_name = serializers.CharField(required=False, allow_blank=True, max_length=70)


class NameIn(serializers.Serializer[Any]):
    first_name = serializers.CharField(required=False, allow_blank=True, max_length=70)
    last_name = serializers.CharField(required=False, allow_blank=True, max_length=70)


def mates(user: User) -> "QuerySet[User]":
    """The people of the organisations in which the person holds a role in the whole."""
    mine = Membership.objects.current().filter(user=user, project_id=None).values("organisation")
    theirs = Membership.objects.current().filter(organisation__in=mine)
    found: QuerySet[User] = User.objects.filter(pk__in=theirs.values("user"))
    return found.order_by("pk")


class Whoami(Studio):
    """Who calls."""

    def get(self, request: Request) -> Response:
        user = person(request)
        return Response(people.whole(user, people.home_of(user)))


class Users(Studio):
    """Everybody of the caller's organisations."""

    def get(self, request: Request) -> Response:
        user = person(request)
        home = people.home_of(user)
        found = mates(user) | User.objects.filter(pk=user.pk)
        return Response([people.whole(one, home) for one in found.distinct()])

    def post(self, request: Request) -> Response:
        """People make their own accounts: an address that is well formed gets the sentence that says so."""
        self.body(request, UserIn)
        raise InvalidInput(
            _("People make their own accounts in Assay."),
            action=_("Invite them: GET /api/invite gives a link."),
            where="email",
        )


class OneUser(Studio):
    """One of them."""

    def get(self, request: Request, pk: int) -> Response:
        user = person(request)
        found = (mates(user) | User.objects.filter(pk=user.pk)).filter(pk=pk).first()
        if found is None:
            raise NotFound
        return Response(people.whole(found, people.home_of(user)))

    def patch(self, request: Request, pk: int) -> Response:
        """One's own name; what else is sent stays as it is."""
        user = person(request)
        if pk != user.pk:
            self.get(request, pk)  # whom one does not see is not there
            raise NotAllowed(_("A name is its owner's to change."))
        given = self.body(request, NameIn)
        if given:
            first, last = people.name_parts(user)
            parts = (given.get("first_name", first), given.get("last_name", last))
            rename(user=user, name=" ".join(part.strip() for part in parts if part.strip()))
            user.refresh_from_db()
        return Response(people.whole(user, people.home_of(user)))


def organisation_of(user: User, pk: int) -> Organisation:
    """Raises NotFound."""
    found = Organisation.objects.visible_to(user).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def _told(organisation: Organisation) -> dict[str, Any]:
    return {
        "id": organisation.pk,
        "title": organisation.name,
        "contact_info": None,
        "created_at": organisation.created_at,
        "created_by": None,
    }


class Organisations(Studio):
    """Those in which the caller holds a role."""

    def get(self, request: Request) -> Response:
        found = Organisation.objects.visible_to(person(request)).order_by("pk")
        return Response([_told(one) for one in found])


class OneOrganisation(Studio):
    """One of them."""

    def get(self, request: Request, pk: int) -> Response:
        return Response(_told(organisation_of(person(request), pk)))


class Memberships(Studio):
    """The people of an organisation, a page at a time."""

    def get(self, request: Request, pk: int) -> Response:
        organisation = organisation_of(person(request), pk)
        rows = Membership.objects.current().filter(organisation=organisation, project_id=None)
        found = User.objects.filter(pk__in=rows.values("user")).order_by("pk")
        size = min(whole(request.query_params.get("page_size"), "page_size", 100, least=1), 1000)
        page = whole(request.query_params.get("page"), "page", 1, least=1)
        results = [
            {"id": one.pk, "organization": organisation.pk, "user": people.whole(one, organisation.pk)}
            for one in found[(page - 1) * size : page * size]
        ]
        return Response({**links(request, page, size, found.count()), "results": results})


class OneMembership(Studio):
    """One person in an organisation; owners may take them out of it. What they did stays."""

    def get(self, request: Request, pk: int, user: int) -> Response:
        caller, held = person(request), self._held(request, pk, user)
        said = answers().filter(project__organisation=pk, expert__user=user)
        if caller.pk != user and not is_allowed(caller, held.organisation, Capability.SEE_WORK):
            said = said.none()  # how much somebody has done is theirs to know, and a lead's
        return Response(
            {
                "user": user,
                "organization": pk,
                "contributed_projects_count": said.order_by().values("project").distinct().count(),
                "annotations_count": said.count(),
                "created_at": held.created_at,
            }
        )

    def delete(self, request: Request, pk: int, user: int) -> Response:
        caller, held = person(request), self._held(request, pk, user)
        if not is_allowed(caller, held.organisation, Capability.OWN_ORGANISATION):
            raise NotAllowed
        end_membership(membership=held, by=caller)
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _held(self, request: Request, pk: int, user: int) -> Membership:
        """Their role in the whole organisation. Raises NotFound."""
        rows = Membership.objects.current().filter(
            organisation=organisation_of(person(request), pk), project_id=None, user=whole(user, "user")
        )
        found = rows.select_related("organisation").first()
        if found is None:
            raise NotFound
        return found


class Hotkeys(Studio):
    """Keys that somebody chose for Label Studio's editor: none."""

    def get(self, request: Request) -> Response:
        person(request)
        return Response({"custom_hotkeys": {}})


class SessionPolicy(Studio):
    """How long a login on the pages lasts, in minutes; the operator's setting, the same for everybody."""

    def get(self, request: Request) -> Response:
        person(request)
        minutes = settings.SESSION_COOKIE_AGE // 60
        return Response({"max_session_age": minutes, "max_time_between_activity": minutes})


class Invite(Studio):
    """A link by which annotators join the caller's organisation."""

    answers_with: int = status.HTTP_200_OK

    def get(self, request: Request) -> Response:
        user = person(request)
        home = people.home_of(user)
        leading = Membership.objects.granting(user, Capability.LEAD_PROJECT).filter(project_id=None)
        allowed = leading.filter(organisation=home).select_related("organisation").first()
        if allowed is None:
            raise NotAllowed
        made = invite(organisation=allowed.organisation, role=Role.ANNOTATOR, by=user)
        place = reverse("core:invitation", kwargs={"token": invitation_token(made)})
        return Response(
            {"token": invitation_token(made), "invite_url": place},
            status=self.answers_with,
        )


class InviteAnew(Invite):
    """Another link; those that were made before last until they run out, or are taken back on the people's page."""

    answers_with = status.HTTP_201_CREATED

    def get(self, request: Request) -> Response:
        raise MethodNotAllowed("GET")

    def post(self, request: Request) -> Response:
        return super().get(request)


class Version(Studio):
    """What runs here. `edition` tells Label Studio's client that exports are made at once."""

    permission_classes = ()

    def get(self, request: Request) -> Response:
        release = settings.ASSAY_VERSION
        return Response(
            {
                "release": release,
                "edition": "Community",
                "assay": {"version": release},
                "label-studio-os-package": {"version": release, "short_version": release},
            }
        )


urls = [
    path("current-user/whoami", Whoami.as_view(), name="studio-whoami"),
    path("users", Users.as_view(), name="studio-users"),
    path("users/<int:pk>", OneUser.as_view(), name="studio-user"),
    path("organizations", Organisations.as_view(), name="studio-organisations"),
    path("organizations/<int:pk>", OneOrganisation.as_view(), name="studio-organisation"),
    path("organizations/<int:pk>/memberships", Memberships.as_view(), name="studio-memberships"),
    path("organizations/<int:pk>/memberships/<int:user>", OneMembership.as_view(), name="studio-membership"),
    path("current-user/hotkeys", Hotkeys.as_view(), name="studio-hotkeys"),
    path("session-policy", SessionPolicy.as_view(), name="studio-session-policy"),
    path("invite", Invite.as_view(), name="studio-invite"),
    path("invite/reset-token", InviteAnew.as_view(), name="studio-invite-anew"),
    path("version", Version.as_view(), name="studio-version"),
]
