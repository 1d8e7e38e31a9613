"""A person's credentials as pages show them: each with an organisation's answer."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from core.models import Organisation
from experts.models import Credential, CredentialVerification, Expert

IMAGES = (".png", ".jpg")


@dataclass(frozen=True)
class Shown:
    """A credential and the newest answer to it: by one organisation, or by each that gave one."""

    credential: Credential
    answers: list[CredentialVerification]
    today: date

    @property
    def newest(self) -> CredentialVerification | None:
        return self.answers[0] if self.answers else None

    @property
    def is_image(self) -> bool:
        return str(self.credential.evidence.name).endswith(IMAGES)

    @property
    def is_pdf(self) -> bool:
        return str(self.credential.evidence.name).endswith(".pdf")

    @property
    def expired(self) -> bool:
        until = self.credential.valid_until
        return until is not None and until < self.today

    @property
    def verified(self) -> bool:
        return any(answer.accepted for answer in self.answers)

    @property
    def revoked(self) -> bool:
        return not self.verified and any(answer.revoked for answer in self.answers)

    @property
    def rejected(self) -> bool:
        return bool(self.answers) and not self.verified and not self.revoked


def shown_here(found: list[Credential], organisation: Organisation) -> list[Shown]:
    """These credentials, each with the organisation's newest answer. One statement."""
    given = CredentialVerification.objects.filter(credential__in=found, organisation=organisation)
    newest = {
        answer.credential_id: answer
        for answer in given.select_related("organisation", "verified_by").order_by("pk")
    }
    today = timezone.localdate()
    return [Shown(one, [newest[one.pk]] if one.pk in newest else [], today) for one in found]


def credentials_of(expert: Expert, organisation: Organisation | None = None) -> list[Shown]:
    """Newest first; without an organisation with the newest answer of each organisation. Two statements."""
    found = list(expert.credentials.select_related("kind__sector").order_by("-pk"))
    given = CredentialVerification.objects.filter(credential__in=found).select_related(
        "organisation", "verified_by"
    )
    if organisation is not None:
        given = given.filter(organisation=organisation)
    newest: dict[tuple[int, int], CredentialVerification] = {}
    for answer in given.order_by("-pk"):
        newest.setdefault((answer.credential_id, answer.organisation_id), answer)
    today = timezone.localdate()
    return [
        Shown(one, [answer for (credential, _), answer in newest.items() if credential == one.pk], today)
        for one in found
    ]
