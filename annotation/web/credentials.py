"""A person's evidence as pages show it: each credential with an organisation's answer, and its file."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest
from django.utils import timezone

from core.models import Organisation
from core.refusals import NotFound
from core.web.page import person
from experts.models import Credential, CredentialVerification, Expert


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


@login_required
def evidence(request: HttpRequest, credential: str) -> FileResponse:
    """The file behind a credential, for its owner and for who may verify it. A download, never shown in place."""
    found = Credential.objects.visible_to(person(request)).filter(uid=credential).distinct().first()
    if found is None or not found.evidence:
        raise NotFound
    name = str(found.evidence.name).rsplit("/", 1)[-1]
    return FileResponse(found.evidence.open("rb"), as_attachment=True, filename=name)
