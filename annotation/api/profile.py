"""What the caller says of themselves as an expert, and what they are qualified for."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.api.base import Handler, person
from annotation.api.paging import PageQuery, page_of, paged
from annotation.api.qualification_shapes import QualificationOut, qualification_lines
from core.refusals import InvalidInput
from experts.evidence import expert_of
from experts.languages import LANGUAGES, LEVELS
from experts.models import Expert, Qualification, Sector
from experts.profile import HOURS_IN_A_WEEK, Availability, edit_profile

MOST = 100


class SpokenLanguage(serializers.Serializer[Any]):
    code = serializers.ChoiceField([code for code, _name in LANGUAGES])
    level = serializers.ChoiceField([level for level, _name in LEVELS])


class ProfileShape(serializers.Serializer[Any]):
    """The whole profile: what is left out is emptied."""

    sectors = serializers.ListField(child=serializers.CharField(max_length=40), max_length=MOST, default=list)
    specialities = serializers.ListField(
        child=serializers.CharField(max_length=200), max_length=MOST, default=list
    )
    languages = SpokenLanguage(many=True, default=list)
    jurisdictions = serializers.ListField(
        child=serializers.CharField(max_length=20), max_length=MOST, default=list
    )
    hours_per_week = serializers.IntegerField(
        min_value=0, max_value=HOURS_IN_A_WEEK, allow_null=True, default=None
    )
    paused_until = serializers.DateField(
        allow_null=True, default=None, help_text="The last day of the pause."
    )
    residence = serializers.CharField(allow_blank=True, max_length=2, default="")
    wants_letters = serializers.BooleanField(default=True)


def _said(expert: Expert) -> Any:
    names = (*("specialities", "languages", "jurisdictions"), *vars(Availability()))
    sectors = list(expert.sectors.order_by("pk").values_list("key", flat=True))
    return ProfileShape({"sectors": sectors, **{name: getattr(expert, name) for name in names}}).data


class Profile(Handler):
    """One's own profile: read it, or replace it."""

    @extend_schema(responses=ProfileShape, operation_id="get_profile")
    def get(self, request: Request) -> Response:
        return Response(_said(expert_of(person(request))))

    @extend_schema(request=ProfileShape, responses=ProfileShape, operation_id="replace_profile")
    def put(self, request: Request) -> Response:
        user = person(request)
        given = self.body(request, ProfileShape)
        keys = set(given.pop("sectors"))
        sectors = list(Sector.objects.filter(key__in=keys).order_by("pk"))
        if len(sectors) < len(keys):
            raise InvalidInput(where="sectors")
        availability = Availability(**{name: given.pop(name) for name in vars(Availability())})
        given["languages"] = [dict(one) for one in given["languages"]]
        expert = expert_of(user)
        edit_profile(expert=expert, by=user, sectors=sectors, availability=availability, **given)
        expert.refresh_from_db()
        return Response(_said(expert))


class OwnQualifications(Handler):
    """One's own qualifications, those that have ended among them."""

    @extend_schema(
        parameters=[PageQuery], responses=page_of(QualificationOut), operation_id="list_own_qualifications"
    )
    def get(self, request: Request) -> Response:
        held = Qualification.objects.filter(expert__user=person(request))
        rows = held.select_related("expert", "organisation", "sector", "credential")
        return paged(request, rows, _lines)


def _lines(rows: list[Qualification]) -> Any:
    return QualificationOut(qualification_lines(rows, timezone.localdate()), many=True).data
