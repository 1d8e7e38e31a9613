"""What happens to people's evidence: the only writes of this app. Keyword-only; callers have authorised."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import audit
from core.models import Organisation, User
from core.refusals import AlreadyDone, InvalidInput
from experts import evidence_file, jurisdictions, numbers
from experts.models import Credential, CredentialKind, CredentialVerification, Expert, Qualification, Sector


def expert_of(user: User) -> Expert:
    """The person's professional self, made on first use."""
    return Expert.objects.get_or_create(user=user)[0]


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
    place = jurisdictions.checked(jurisdiction, "jurisdiction")
    if not numbers.written_right(number, place, kind.number_formats):
        raise InvalidInput(
            _("A number of this kind is written differently."),
            action=_("Check it against the document, and the jurisdiction too."),
            code="number_format",
            where="number",
        )
    claim = numbers.claim(issuer, number)
    _check_new(expert, kind, claim, valid_from, valid_until)
    file = evidence_file.accept(evidence, name=expert.uid)
    credential = Credential.objects.create(
        expert=expert,
        kind=kind,
        issuer=issuer.strip(),
        number=number.strip(),
        claim=claim,
        scope=scope.strip(),
        jurisdiction=place,
        valid_from=valid_from,
        valid_until=valid_until,
        evidence=file or "",
    )
    audit.record("credential.added", by=by, on=credential, changes={"kind": kind.key})
    return credential


def _check_new(
    expert: Expert, kind: CredentialKind, claim: str, valid_from: date, valid_until: date | None
) -> None:
    """Refuse what this person has handed in before, for days that overlap. Locks the person's row."""
    Expert.objects.select_for_update(no_key=True).get(pk=expert.pk)
    same = Credential.objects.filter(expert=expert, kind=kind, claim=claim)
    ends_later = same.filter(Q(valid_until=None) | Q(valid_until__gte=valid_from))
    if valid_until is not None:
        ends_later = ends_later.filter(valid_from__lte=valid_until)
    if ends_later.exists():
        raise InvalidInput(
            _("You have handed in this credential already, for days that overlap with these."),
            action=_("Check the two dates."),
            code="overlapping_dates",
            where="valid_from",
        )


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
        _end_resting(credential, organisation, by)
    audit.record(
        "credential.verified" if accepted else "credential.rejected",
        by=by,
        on=credential,
        organisation_id=organisation.pk,
        changes={"how": audit.digest(how)},
    )
    return answer


@transaction.atomic
def revoke(
    *, credential: Credential, organisation: Organisation, by: User, reason: str
) -> CredentialVerification:
    """Take back a verification: the issuer withdrew the credential, or it was a mistake. Ends what rests on it here.

    Raises InvalidInput without a reason and for one's own, AlreadyDone for one that is not verified here.
    """
    if credential.expert.user_id == by.pk:
        raise InvalidInput(
            _("Nobody verifies their own credential."), action=_("Ask another lead."), code="own"
        )
    if not reason.strip():
        raise InvalidInput(
            _("Say why it is revoked."), action=_("For example: withdrawn by its issuer."), where="how"
        )
    # Lock first, then look: of two who revoke at once the second must see what the first has done.
    Credential.objects.select_for_update(no_key=True).get(pk=credential.pk)
    if not Credential.objects.filter(pk=credential.pk).verified_by(organisation.pk).exists():
        raise AlreadyDone(_("This credential is not verified here, so there is nothing to revoke."))
    answer = CredentialVerification.objects.create(
        credential=credential,
        organisation=organisation,
        accepted=False,
        revoked=True,
        how=reason.strip(),
        verified_by=by,
    )
    _end_resting(credential, organisation, by)
    audit.record(
        "credential.revoked",
        by=by,
        on=credential,
        organisation_id=organisation.pk,
        changes={"reason": audit.digest(reason)},
    )
    return answer


DECISIONS = ("verify", "reject", "revoke")


def answer(
    *, credential: Credential, organisation: Organisation, by: User, decision: str, how: str
) -> CredentialVerification:
    """One of DECISIONS, with how it was checked or why it is revoked. Raises as `verify` and `revoke` do."""
    if decision == "revoke":
        return revoke(credential=credential, organisation=organisation, by=by, reason=how)
    return verify(
        credential=credential, organisation=organisation, by=by, accepted=decision == "verify", how=how
    )


def _end_resting(credential: Credential, organisation: Organisation, by: User) -> None:
    resting = Qualification.objects.filter(credential=credential, organisation=organisation, revoked_at=None)
    for qualification in resting:
        revoke_qualification(qualification=qualification, by=by)


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
