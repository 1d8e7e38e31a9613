"""A person's credentials as pages show them: each with an organisation's answer."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from core.models import Organisation
from experts.models import Credential, CredentialVerification, Expert
from experts.told import newest_answers

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
    return _shown(found, newest_answers(found, [organisation]))


def credentials_of(expert: Expert, organisation: Organisation | None = None) -> list[Shown]:
    """Newest first; without an organisation with the newest answer of each organisation. Two statements."""
    found = list(expert.credentials.select_related("kind__sector").order_by("-pk"))
    return _shown(found, newest_answers(found, [organisation] if organisation else None))


def _shown(found: list[Credential], answers: dict[int, list[CredentialVerification]]) -> list[Shown]:
    today = timezone.localdate()
    return [Shown(one, answers.get(one.pk, []), today) for one in found]
