"""What organisations have said of credentials."""

from collections.abc import Collection

from django.db.models import QuerySet

from core.models import Membership, Organisation, User
from core.roles import Capability
from experts.models import Credential, CredentialVerification


def newest_answers(
    claims: Collection[Credential],
    organisations: Collection[Organisation] | QuerySet[Organisation] | None = None,
) -> dict[int, list[CredentialVerification]]:
    """By credential the newest answer of each organisation (None: of all), the newest first. One statement."""
    given = CredentialVerification.objects.filter(credential__in=claims)
    if organisations is not None:
        given = given.filter(organisation__in=organisations)
    newest: dict[tuple[int, int], CredentialVerification] = {}
    for answer in given.select_related("organisation", "verified_by").order_by("-pk"):
        newest.setdefault((answer.credential_id, answer.organisation_id), answer)
    found: dict[int, list[CredentialVerification]] = {}
    for (credential, _organisation), answer in newest.items():
        found.setdefault(credential, []).append(answer)
    return found


def told_to(user: User, claim: Credential) -> list[CredentialVerification]:
    """The answers to one credential: all for its owner, for others those of organisations whose work they see."""
    if claim.expert.user_id == user.pk:
        return newest_answers([claim]).get(claim.pk, [])
    seen = Membership.objects.granting(user, Capability.SEE_WORK).values("organisation")
    return newest_answers([claim], Organisation.objects.filter(pk__in=seen)).get(claim.pk, [])
