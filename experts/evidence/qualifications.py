"""Qualifications are granted and ended. Keyword-only; callers have authorised."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import audit
from core.models import Organisation, User
from core.refusals import AlreadyDone, InvalidInput
from experts.models import Credential, Expert, Qualification, Sector


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
    # A rejection takes the same lock: it ends what was granted before it, and what comes after it sees it.
    Credential.objects.select_for_update(no_key=True).get(pk=credential.pk)
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
