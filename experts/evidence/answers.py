"""What an organisation says to a credential. Keyword-only; callers have authorised."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import audit
from core.models import Organisation, User
from core.refusals import AlreadyDone, InvalidInput
from experts.evidence.qualifications import revoke_qualification
from experts.models import Credential, CredentialVerification, Qualification

DECISIONS = ("verify", "reject", "revoke")


@transaction.atomic
def verify(
    *, credential: Credential, organisation: Organisation, by: User, accepted: bool, how: str
) -> CredentialVerification:
    """An organisation's answer to a credential. Rejecting revokes the qualifications that rest on it there."""
    _not_own(credential, by)
    if not how.strip():
        raise InvalidInput(
            _("Say how it was checked."),
            action=_("For example: the issuer's register, on a date."),
            where="how",
        )
    _lock(credential)  # or a qualification granted at the same moment would outlive the rejection
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
    _not_own(credential, by)
    if not reason.strip():
        raise InvalidInput(
            _("Say why it is revoked."), action=_("For example: withdrawn by its issuer."), where="how"
        )
    _lock(credential)  # then look: of two who revoke at once the second must see what the first has done
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


def answer(
    *, credential: Credential, organisation: Organisation, by: User, decision: str, how: str
) -> CredentialVerification:
    """One of DECISIONS, with how it was checked or why it is revoked. Raises as `verify` and `revoke` do."""
    if decision == "revoke":
        return revoke(credential=credential, organisation=organisation, by=by, reason=how)
    return verify(
        credential=credential, organisation=organisation, by=by, accepted=decision == "verify", how=how
    )


def _not_own(credential: Credential, by: User) -> None:
    if credential.expert.user_id == by.pk:
        raise InvalidInput(
            _("Nobody verifies their own credential."), action=_("Ask another lead."), code="own"
        )


def _lock(credential: Credential) -> None:
    Credential.objects.select_for_update(no_key=True).get(pk=credential.pk)


def _end_resting(credential: Credential, organisation: Organisation, by: User) -> None:
    resting = Qualification.objects.filter(credential=credential, organisation=organisation, revoked_at=None)
    for qualification in resting:
        revoke_qualification(qualification=qualification, by=by)
