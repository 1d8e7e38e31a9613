"""What the API asks and answers about an organisation's people."""

from typing import Any

from rest_framework import serializers

from annotation.api.credential_shapes import CredentialOut, NameOut
from annotation.api.paging import PageQuery
from annotation.api.qualification_shapes import QualificationOut
from experts.evidence import DECISIONS
from experts.models import Expert, Qualification, State


class CredentialQuery(PageQuery):
    state = serializers.ChoiceField(State.choices, default="")
    expert = serializers.CharField(default="", max_length=40)


class RosterQuery(PageQuery):
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


class ExpertOut(RosterLine):
    """One expert of an organisation, whole."""

    email = serializers.CharField()
    credentials = CredentialOut(many=True)
    qualifications = QualificationOut(many=True)


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
