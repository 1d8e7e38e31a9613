"""Qualifications are granted and ended. Keyword-only; callers have authorised."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import audit
from core.models import Organisation, User
from core.refusals import AlreadyDone, InvalidInput
from experts.models import Credential, Expert, Qualification, Sector
from experts.models.qualification import How


@transaction.atomic
def qualify(
    *,
    expert: Expert,
    organisation: Organisation,
    sector: Sector,
    by: User | None,
    reason: str,
    how: str = How.CREDENTIAL,
    credential: Credential | None = None,
    project_id: int | None = None,
    kind: str = "",
    exam_id: int | None = None,
    valid_until: date | None = None,
) -> Qualification:
    """Decide that an expert may judge items: a sector's, or those of one project, there of one `kind` if it is given.

    `how` is one of How: on a credential that this organisation has verified; by an exam; by a lead's grant, which needs
    a reason. `by` is None where nobody decided but the exam. One that is not in force any more is ended by its
    successor. Raises InvalidInput, and AlreadyDone while one like it is in force.
    """
    today = timezone.localdate()
    _check(expert, by, How(how), credential, reason)
    if kind and project_id is None:
        raise InvalidInput(_("A kind of item belongs to a project."), where="kind")
    if valid_until is not None and valid_until < today:
        raise InvalidInput(_("This day has passed."), action=_("Choose a later one."), where="valid_until")
    if credential is not None:
        _check_usable(credential, expert, organisation, sector, today)
    Expert.objects.select_for_update(no_key=True).get(
        pk=expert.pk
    )  # of two grants at once the second sees the first
    scope = {"expert": expert, "organisation": organisation, "sector": sector, "kind": kind}
    current = Qualification.objects.filter(project_id=project_id, revoked_at=None, **scope)
    if project_id is not None:  # a rule may ask for an exam and a grant: each is a decision of its own
        current = current.filter(how=how, exam_id=exam_id)
    if current.in_force(today).exists():
        raise AlreadyDone(
            _("This expert is qualified in this sector already.")
            if project_id is None
            else _("This expert is qualified for these items already.")
        )
    for ended in current:
        revoke_qualification(qualification=ended, by=by)
    qualification = Qualification.objects.create(
        project_id=project_id,
        how=how,
        exam_id=exam_id,
        credential=credential,
        reason=reason.strip(),
        valid_until=valid_until,
        granted_by=by,
        **scope,
    )
    audit.record(
        "qualification.granted",
        by=by,
        on=qualification,
        organisation_id=organisation.pk,
        project_id=project_id,
        changes={
            "expert": expert.uid,
            "sector": sector.key,
            "how": str(how),
            **({"credential": credential.uid} if credential else {}),
            **({"kind": kind} if kind else {}),
        },
    )
    return qualification


def _check(expert: Expert, by: User | None, how: How, credential: Credential | None, reason: str) -> None:
    if how == How.CREDENTIAL and credential is None:
        raise InvalidInput(
            _("This qualification rests on a credential."), action=_("Choose one."), where="credential"
        )
    if how != How.CREDENTIAL and not reason.strip():
        raise InvalidInput(
            _("Say why."), action=_("What makes this person fit for these items?"), where="reason"
        )
    if how == How.GRANT and by is not None and expert.user_id == by.pk:
        raise InvalidInput(
            _("Nobody grants themselves a qualification."), action=_("Ask another lead."), code="own"
        )


def _check_usable(
    credential: Credential, expert: Expert, organisation: Organisation, sector: Sector, today: date
) -> None:
    # A rejection takes the same lock: it ends what was granted before it, and what comes after it sees it.
    Credential.objects.select_for_update(no_key=True).get(pk=credential.pk)
    usable = Credential.objects.filter(pk=credential.pk, expert=expert, kind__sector=sector)
    if not usable.verified_by(organisation.pk).valid_on(today).exists():
        raise InvalidInput(
            _("A qualification needs a verified credential of this sector that is valid today."),
            action=_("Verify the credential first, or choose another."),
            code="credential_not_usable",
            where="credential",
        )


@transaction.atomic
def revoke_qualification(*, qualification: Qualification, by: User | None) -> None:
    """End a qualification now; `by` is None where an exam or the work itself ended it. Raises AlreadyDone."""
    current = Qualification.objects.filter(pk=qualification.pk, revoked_at=None)
    if not current.update(revoked_at=timezone.now()):
        raise AlreadyDone(_("This qualification has ended already."))
    audit.record(
        "qualification.revoked",
        by=by,
        on=qualification,
        organisation_id=qualification.organisation_id,
        project_id=qualification.project_id,
    )
