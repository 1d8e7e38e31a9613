"""What happens to people's evidence: the only writes of this app. Keyword-only; callers have authorised."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import audit
from core.models import Organisation, User
from core.refusals import AlreadyDone, InvalidInput
from experts.models import Credential, CredentialKind, CredentialVerification, Expert, Qualification, Sector

EVIDENCE_LIMIT = 10 * 1024 * 1024
_MAGIC = {b"%PDF-": "pdf", b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg"}


def expert_of(user: User) -> Expert:
    """The person's professional self, made on first use."""
    return Expert.objects.get_or_create(user=user)[0]


@transaction.atomic
def edit_profile(
    *,
    expert: Expert,
    by: User,
    sectors: list[Sector],
    specialities: list[str],
    languages: list[dict[str, str]],
    jurisdictions: list[str],
) -> None:
    """Replace what a person says of themselves."""
    Expert.objects.filter(pk=expert.pk).update(
        specialities=specialities, languages=languages, jurisdictions=jurisdictions
    )
    expert.sectors.set(sectors)
    audit.record("expert.changed", by=by, on=expert, changes={"sectors": [sector.key for sector in sectors]})


def _check_evidence(file: UploadedFile[Any] | None) -> None:
    if file is None:
        return
    if (file.size or 0) > EVIDENCE_LIMIT:
        raise InvalidInput(
            _("The file is larger than 10 MB."), action=_("Send a smaller one."), where="evidence"
        )
    head = file.read(16)
    file.seek(0)
    if not any(head.startswith(magic) for magic in _MAGIC):
        raise InvalidInput(
            _("The file is neither PDF, PNG nor JPEG."), action=_("Send one of these."), where="evidence"
        )


@transaction.atomic
def add_credential(
    *,
    expert: Expert,
    by: User,
    kind: CredentialKind,
    issuer: str,
    number: str,
    valid_from: date,
    valid_until: date | None,
    scope: str = "",
    jurisdiction: str = "",
    evidence: UploadedFile[Any] | None = None,
) -> Credential:
    """Write down a claim; it counts nowhere until an organisation verifies it. Raises InvalidInput."""
    if valid_until is not None and valid_until < valid_from:
        raise InvalidInput(
            _("It ends before it begins."), action=_("Check the two dates."), where="valid_until"
        )
    for field, value in (("issuer", issuer), ("number", number)):
        if not value.strip():
            raise InvalidInput(_("This is missing."), action=_("Fill it in."), where=field)
    _check_evidence(evidence)
    if evidence is not None:
        evidence.name = f"{expert.uid}.{evidence.name.rsplit('.', 1)[-1][:5] if evidence.name else 'bin'}"
    credential = Credential.objects.create(
        expert=expert,
        kind=kind,
        issuer=issuer.strip(),
        number=number.strip(),
        scope=scope.strip(),
        jurisdiction=jurisdiction.strip(),
        valid_from=valid_from,
        valid_until=valid_until,
        evidence=evidence or "",
    )
    audit.record("credential.added", by=by, on=credential, changes={"kind": kind.key})
    return credential


@transaction.atomic
def verify(
    *, credential: Credential, organisation: Organisation, by: User, accepted: bool, how: str
) -> CredentialVerification:
    """An organisation's answer to a credential. Rejecting revokes the qualifications that rest on it there."""
    if credential.expert.user_id == by.pk:
        raise InvalidInput(
            _("Nobody verifies their own credential."), action=_("Ask another lead."), code="own"
        )
    if not how.strip():
        raise InvalidInput(
            _("Say how it was checked."),
            action=_("For example: the issuer's register, on a date."),
            where="how",
        )
    answer = CredentialVerification.objects.create(
        credential=credential, organisation=organisation, accepted=accepted, how=how.strip(), verified_by=by
    )
    if not accepted:
        resting = Qualification.objects.filter(
            credential=credential, organisation=organisation, revoked_at=None
        )
        resting.update(revoked_at=timezone.now())
    audit.record(
        "credential.verified" if accepted else "credential.rejected",
        by=by,
        on=credential,
        organisation_id=organisation.pk,
        changes={"how": audit.digest(how)},
    )
    return answer


@transaction.atomic
def qualify(
    *,
    expert: Expert,
    organisation: Organisation,
    sector: Sector,
    credential: Credential,
    by: User,
    reason: str,
    valid_until: date | None = None,
) -> Qualification:
    """Decide that an expert may judge a sector's items, on a credential that this organisation has verified."""
    usable = Credential.objects.filter(pk=credential.pk, expert=expert, kind__sector=sector)
    if not usable.verified_by(organisation.pk).valid_on(timezone.localdate()).exists():
        raise InvalidInput(
            _("A qualification needs a verified credential of this sector that is valid today."),
            action=_("Verify the credential first, or choose another."),
            code="credential_not_usable",
            where="credential",
        )
    try:
        with transaction.atomic():
            qualification = Qualification.objects.create(
                expert=expert,
                organisation=organisation,
                sector=sector,
                credential=credential,
                reason=reason.strip(),
                valid_until=valid_until,
                granted_by=by,
            )
    except IntegrityError as error:
        raise AlreadyDone(_("This expert is qualified in this sector already.")) from error
    audit.record(
        "qualification.granted",
        by=by,
        on=qualification,
        organisation_id=organisation.pk,
        changes={"expert": expert.uid, "sector": sector.key, "credential": credential.uid},
    )
    return qualification


@transaction.atomic
def revoke_qualification(*, qualification: Qualification, by: User) -> None:
    """End a qualification now."""
    current = Qualification.objects.filter(pk=qualification.pk, revoked_at=None)
    if not current.update(revoked_at=timezone.now()):
        raise AlreadyDone(_("This qualification has ended already."))
    audit.record(
        "qualification.revoked", by=by, on=qualification, organisation_id=qualification.organisation_id
    )
