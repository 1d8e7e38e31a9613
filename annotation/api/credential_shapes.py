"""What the API asks and answers about credentials: the kinds, one's own, and what organisations say of them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from rest_framework import serializers

from core.models import Organisation, User
from experts.models import Category, Credential, CredentialKind, CredentialVerification, Expert, State
from experts.rivals import Rivals, rivals_among
from experts.told import newest_answers

DECIDED = ("verified", "rejected", "revoked")


class NumberFormat(serializers.Serializer[Any]):
    """Holds for credentials of the jurisdiction (empty: of any); spaces and hyphens do not count."""

    jurisdiction = serializers.CharField(allow_blank=True)
    pattern = serializers.CharField(help_text="A regular expression for the whole number.")
    check = serializers.CharField(allow_blank=True, help_text="A check digit's rule, if there is one.")


class KindOut(serializers.Serializer[Any]):
    key = serializers.CharField()
    name = serializers.CharField(help_text="In the caller's language.")
    sector = serializers.CharField()
    category = serializers.ChoiceField(Category.choices)
    issuers = serializers.ListField(
        child=serializers.CharField(), help_text="Suggestions; others may be named."
    )
    jurisdictions = serializers.ListField(child=serializers.CharField())
    expires = serializers.BooleanField()
    number_formats = NumberFormat(many=True)


class KindKey(serializers.SlugRelatedField[CredentialKind]):
    """A kind by its key; what is no key is not asked of the database."""

    def to_internal_value(self, data: Any) -> CredentialKind:
        key = serializers.SlugField(max_length=60).run_validation(data)
        return super().to_internal_value(key)


class CredentialIn(serializers.Serializer[Any]):
    """A claim as it stands on the document; `kind` is a key of the credential kinds."""

    kind = KindKey(slug_field="key", queryset=CredentialKind.objects.all())
    issuer = serializers.CharField(max_length=200)
    number = serializers.CharField(max_length=100)
    scope = serializers.CharField(max_length=200, allow_blank=True, default="", help_text="The speciality.")
    jurisdiction = serializers.CharField(max_length=20, allow_blank=True, default="")
    valid_from = serializers.DateField()
    valid_until = serializers.DateField(allow_null=True, default=None)


class CredentialUpload(CredentialIn):
    evidence = serializers.FileField(
        allow_null=True, default=None, help_text="PDF, PNG or JPEG, named so, up to 10 MB."
    )


class NameOut(serializers.Serializer[Any]):
    id = serializers.CharField()
    name = serializers.CharField()


class VerificationOut(serializers.Serializer[Any]):
    """The newest answer of one organisation."""

    organisation = NameOut()
    decision = serializers.ChoiceField(DECIDED)
    how = serializers.CharField(help_text="How it was checked, or why it was revoked.")
    by = serializers.CharField()
    at = serializers.DateTimeField()


class ClaimOut(serializers.Serializer[Any]):
    """What is said on the document, and what organisations made of it, as far as the caller may know."""

    id = serializers.CharField()
    expert = NameOut()
    kind = serializers.CharField()
    category = serializers.ChoiceField(Category.choices)
    sector = serializers.CharField()
    issuer = serializers.CharField()
    number = serializers.CharField()
    scope = serializers.CharField(allow_blank=True)
    jurisdiction = serializers.CharField(allow_blank=True)
    valid_from = serializers.DateField()
    valid_until = serializers.DateField(allow_null=True)
    expired = serializers.BooleanField()
    has_evidence = serializers.BooleanField()
    answers = VerificationOut(many=True)


class CredentialOut(ClaimOut):
    """A claim as one organisation sees it; `answers` holds its own newest one."""

    state = serializers.ChoiceField(State.choices)
    rivals = serializers.BooleanField(help_text="Somebody else claims this number of this issuer.")
    rival_experts = NameOut(many=True, help_text="Who, as far as the caller may know them.")


def kind_line(row: CredentialKind) -> dict[str, Any]:
    """A kind of credential, as KindOut says."""
    formats = [
        {name: one.get(name, "") for name in ("jurisdiction", "pattern", "check")}
        for one in row.number_formats
    ]
    names = ("key", "category", "issuers", "jurisdictions", "expires")
    line = {name: getattr(row, name) for name in names}
    return {**line, "name": str(row), "sector": row.sector.key, "number_formats": formats}


def claim_line(row: Credential, answers: Iterable[CredentialVerification], today: date) -> dict[str, Any]:
    """A credential with these answers, as ClaimOut says."""
    names = ("issuer", "number", "scope", "jurisdiction", "valid_from", "valid_until")
    return {
        **{name: getattr(row, name) for name in names},
        "id": row.uid,
        "expert": {"id": row.expert.uid, "name": str(row.expert)},
        "kind": row.kind.key,
        "category": row.kind.category,
        "sector": row.kind.sector.key,
        "expired": row.valid_until is not None and row.valid_until < today,
        "has_evidence": bool(row.evidence),
        "answers": [_answer_line(answer) for answer in answers],
    }


def _answer_line(row: CredentialVerification) -> dict[str, Any]:
    verified, rejected, revoked = DECIDED
    return {
        "organisation": {"id": row.organisation.uid, "name": row.organisation.name},
        "decision": verified if row.accepted else revoked if row.revoked else rejected,
        "how": row.how,
        "by": str(row.verified_by),
        "at": row.verified_at,
    }


def credential_lines(
    rows: list[Credential], user: User, organisation: Organisation, today: date
) -> list[dict[str, Any]]:
    """Credentials that `experts.roster.claims` found, as CredentialOut says. Three statements."""
    answers, rivals = newest_answers(rows, [organisation]), rivals_among(rows, user)
    return [
        {
            **claim_line(row, answers.get(row.pk, []), today),
            "state": row.state,  # type: ignore[attr-defined]  # annotated
            "rivals": row.pk in rivals,
            "rival_experts": [{"id": one.uid, "name": str(one)} for one in _known(rivals.get(row.pk))],
        }
        for row in rows
    ]


def _known(rivals: Rivals | None) -> list[Expert]:
    return rivals.known if rivals else []
