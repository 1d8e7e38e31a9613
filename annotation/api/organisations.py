"""Organisations: those one belongs to, founding one, its name and defaults, which keys its people may call with."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.api.base import Handler, one, person
from annotation.api.doors import load_organisation
from annotation.api.paging import PageQuery, page_of, paged
from core import keys
from core import organisations as stage
from core.models import Membership, Organisation, User
from core.roles import Capability, Role


class OrganisationIn(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=200)
    default_licence = serializers.CharField(max_length=100, allow_blank=True, default="")
    default_rights = serializers.CharField(allow_blank=True, default="")


class OrganisationOut(serializers.Serializer[Any]):
    """`roles`: what the caller is there, in the whole or in one of its projects."""

    id = serializers.CharField()
    name = serializers.CharField()
    roles = serializers.ListField(child=serializers.ChoiceField(Role.choices))


class OrganisationChange(serializers.Serializer[Any]):
    """In a PUT what is left out stays as it is. The last three say which keys its people may call with."""

    name = serializers.CharField(max_length=200, required=False)
    default_licence = serializers.CharField(max_length=100, allow_blank=True, required=False)
    default_rights = serializers.CharField(allow_blank=True, required=False)
    token_days = serializers.IntegerField(min_value=1, max_value=keys.MOST_DAYS, required=False)
    tokens_allowed = serializers.BooleanField(required=False)
    legacy_keys_allowed = serializers.BooleanField(required=False)


DEFAULTS = ("name", "default_licence", "default_rights")
POLICY = ("token_days", "tokens_allowed", "legacy_keys_allowed")


class OrganisationList(Handler):
    """The organisations in which one has a role; found one, and own it."""

    @extend_schema(
        parameters=[PageQuery], responses=page_of(OrganisationOut), operation_id="list_organisations"
    )
    def get(self, request: Request) -> Response:
        user = person(request)
        return paged(request, Organisation.objects.visible_to(user), lambda found: _lines(found, user))

    @extend_schema(
        request=OrganisationIn, responses={201: OrganisationOut}, operation_id="create_organisation"
    )
    def post(self, request: Request) -> Response:
        user = person(request)
        made = stage.create_organisation(by=user, **self.body(request, OrganisationIn))
        [line] = _lines([made], user)
        return Response(line, status=status.HTTP_201_CREATED)


class OrganisationDetail(Handler):
    """One organisation as its members see it."""

    @extend_schema(responses=OrganisationOut, operation_id="get_organisation")
    def get(self, request: Request, uid: str) -> Response:
        user = person(request)
        [line] = _lines([one(Organisation.objects.visible_to(user), uid)], user)
        return Response(line)


class OrganisationSettings(Handler):
    """The name, the defaults and the rules for keys, for owners."""

    @extend_schema(responses=OrganisationChange, operation_id="get_organisation_settings")
    def get(self, request: Request, uid: str) -> Response:
        found = load_organisation(person(request), uid, Capability.OWN_ORGANISATION)
        return Response(OrganisationChange(found).data)

    @extend_schema(
        request=OrganisationChange, responses=OrganisationChange, operation_id="change_organisation_settings"
    )
    def put(self, request: Request, uid: str) -> Response:
        user = person(request)
        found = load_organisation(user, uid, Capability.OWN_ORGANISATION)
        given = self.body(request, OrganisationChange)
        values = {name: given.get(name, getattr(found, name)) for name in (*DEFAULTS, *POLICY)}
        if set(DEFAULTS) & set(given):
            stage.change_organisation(
                organisation=found, by=user, **{name: values[name] for name in DEFAULTS}
            )
        if set(POLICY) & set(given):
            keys.change_key_policy(organisation=found, by=user, **{name: values[name] for name in POLICY})
        found.refresh_from_db()
        return Response(OrganisationChange(found).data)


def _lines(found: list[Organisation], user: User) -> list[dict[str, Any]]:
    held = Membership.objects.current().filter(user=user, organisation__in=found).order_by("pk")
    roles: dict[int, dict[str, None]] = {}
    for organisation, role in held.values_list("organisation", "role"):
        roles.setdefault(organisation, {})[role] = None
    return [{"id": row.uid, "name": row.name, "roles": [*roles.get(row.pk, {})]} for row in found]


urls = [
    path("organisations", OrganisationList.as_view(), name="organisations"),
    path("organisations/<slug:uid>", OrganisationDetail.as_view(), name="organisation"),
    path("organisations/<slug:uid>/settings", OrganisationSettings.as_view(), name="organisation-settings"),
]
