"""What the API asks and answers about an organisation's people."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request

from annotation.api.credential_shapes import CredentialOut, NameOut
from annotation.api.qualification_shapes import QualificationOut
from experts.evidence import DECISIONS
from experts.models import Expert, Qualification, State


class Query(serializers.Serializer[Any]):
    after = serializers.CharField(default="", max_length=40, help_text="The `next` of the page before.")


class CredentialQuery(Query):
    state = serializers.ChoiceField(State.choices, default="")
    expert = serializers.CharField(default="", max_length=40)


class RosterQuery(Query):
    sector = serializers.CharField(default="", max_length=40)
    speciality = serializers.CharField(default="", max_length=200)
    language = serializers.CharField(default="", max_length=20)
    jurisdiction = serializers.CharField(default="", max_length=20)
    qualified = serializers.BooleanField(default=None, allow_null=True)


class AnswerIn(serializers.Serializer[Any]):
    decision = serializers.ChoiceField(DECISIONS)
    how = serializers.CharField(max_length=300, help_text="How it was checked, or why it is revoked.")


class QualifyIn(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=300)
    valid_until = serializers.DateField(allow_null=True, default=None)


class LanguageOut(serializers.Serializer[Any]):
    code = serializers.CharField()
    level = serializers.CharField()


class RosterLine(NameOut):
    sectors = serializers.ListField(child=serializers.CharField())
    specialities = serializers.ListField(child=serializers.CharField())
    languages = LanguageOut(many=True)
    jurisdictions = serializers.ListField(child=serializers.CharField())
    hours_per_week = serializers.IntegerField(allow_null=True)
    paused_until = serializers.DateField(allow_null=True)
    qualified_in = serializers.ListField(child=serializers.CharField())


class RosterPage(serializers.Serializer[Any]):
    results = RosterLine(many=True)
    next = serializers.CharField(allow_null=True)


class ExpertOut(RosterLine):
    """One expert of an organisation, whole."""

    email = serializers.CharField()
    credentials = CredentialOut(many=True)
    qualifications = QualificationOut(many=True)


def query_of(request: Request, form: type[serializers.Serializer[Any]]) -> dict[str, Any]:
    """The checked query string; raises DRF's ValidationError."""
    given = form(data=request.query_params)
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)


def roster_line(expert: Expert, held: list[Qualification]) -> dict[str, Any]:
    """An expert with what they are qualified for, as RosterLine says."""
    names = ("specialities", "languages", "jurisdictions", "hours_per_week", "paused_until")
    return {
        **{name: getattr(expert, name) for name in names},
        "id": expert.uid,
        "name": str(expert),
        "sectors": [sector.key for sector in expert.sectors.all()],
        "qualified_in": [one.sector.key for one in held],
    }
