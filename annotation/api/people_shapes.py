"""What the API asks and answers about an organisation's people."""

from typing import Any, ClassVar

from rest_framework import serializers

from experts.evidence import DECISIONS
from experts.models import Category, Credential, Expert, Qualification, State


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


class PersonOut(serializers.Serializer[Any]):
    id = serializers.CharField()
    name = serializers.CharField()


class CredentialOut(serializers.Serializer[Any]):
    id = serializers.CharField()
    expert = PersonOut()
    kind = serializers.CharField()
    category = serializers.ChoiceField(Category.choices)
    sector = serializers.CharField()
    issuer = serializers.CharField()
    number = serializers.CharField()
    scope = serializers.CharField(allow_blank=True)
    jurisdiction = serializers.CharField(allow_blank=True)
    valid_from = serializers.DateField()
    valid_until = serializers.DateField(allow_null=True)
    has_evidence = serializers.BooleanField()
    state = serializers.ChoiceField(State.choices)
    rivals = serializers.BooleanField(help_text="Somebody else claims this number of this issuer.")


class CredentialPage(serializers.Serializer[Any]):
    results = CredentialOut(many=True)
    next = serializers.CharField(allow_null=True)


class LanguageOut(serializers.Serializer[Any]):
    code = serializers.CharField()
    level = serializers.CharField()


class RosterLine(PersonOut):
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


class QualificationOut(serializers.ModelSerializer[Qualification]):
    id = serializers.CharField(source="uid")
    sector = serializers.CharField(source="sector.key")
    expert = serializers.CharField(source="expert.uid")

    class Meta:
        model = Qualification
        fields: ClassVar[list[str]] = ["id", "expert", "sector", "reason", "valid_until", "granted_at"]


def credential_line(row: Credential) -> Any:
    """A credential that `experts.roster.claims` found, as CredentialOut says."""
    line = {
        **{name: getattr(row, name) for name in ("issuer", "number", "scope", "jurisdiction")},
        **{name: getattr(row, name) for name in ("valid_from", "valid_until", "state", "rivals")},
        "id": row.uid,
        "expert": {"id": row.expert.uid, "name": str(row.expert)},
        "kind": row.kind.key,
        "category": row.kind.category,
        "sector": row.kind.sector.key,
        "has_evidence": bool(row.evidence),
    }
    return CredentialOut(line).data


def roster_line(expert: Expert, held: list[Qualification]) -> Any:
    """An expert with what they are qualified for, as RosterLine says."""
    names = ("specialities", "languages", "jurisdictions", "hours_per_week", "paused_until")
    line = {
        **{name: getattr(expert, name) for name in names},
        "id": expert.uid,
        "name": str(expert),
        "sectors": [sector.key for sector in expert.sectors.all()],
        "qualified_in": [one.sector.key for one in held],
    }
    return RosterLine(line).data
