"""The gate: a release is judged when its rows are frozen, and held until what failed is waived or it is given up."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotation.formats.release.gate import CHECKS, Check, unwaived
from annotation.models import Release, ReleaseWaiver
from annotation.models.release_gate import checks_of
from annotation.stages.release.asking import tell
from core import audit, faults, jobs
from core.models import User
from core.refusals import AlreadyDone, InvalidInput

LEAST_REASON = 10
"""Characters of a reason: it is printed in the card."""


def judge(running: jobs.Running | None, release: Release) -> bool:
    """Whether a frozen release may go on. Its checks are computed once; what failed and is not waived holds it.

    Run again it reads what was found: the figures are those of the rows that were frozen. `release` is brought up to
    date.
    """
    checks = release.gate or _checks(running, release)
    faults.point("release.judge")
    with transaction.atomic():
        if running is not None:
            running.step()
        current = _locked(release)
        if current.gate:
            checks = current.gate
        release.gate, release.dropped_at = checks, current.dropped_at
        missing = unwaived(checks, _waived(current))
        release.held_at = (current.held_at or timezone.now()) if missing else None
        Release.objects.filter(pk=release.pk).update(gate=checks, held_at=release.held_at)
        if missing and current.held_at is None and current.dropped_at is None:
            tell("release.held", release, None, {"checks": missing})
    return not missing and release.dropped_at is None


def _checks(running: jobs.Running | None, release: Release) -> list[Check]:
    if running is None:
        return checks_of(release)
    running.show(done=0, total=release.items)
    return checks_of(release, lambda rows: running.show(done=rows, total=release.items))


@transaction.atomic
def waive(*, release: Release, check: str, reason: str, by: User) -> ReleaseWaiver:
    """A named person's word that it may be published although this check failed, and why. Callers have authorised.

    With the last one that was missing the job goes on. Raises InvalidInput naming the place, AlreadyDone.
    """
    current = _locked(release)
    reason = reason.strip()
    _check_held(current)
    if check not in CHECKS:
        raise InvalidInput(
            _("There is no check “%(check)s”."),
            action=_("Choose among %(known)s."),
            code="no_such_check",
            where="check",
            params={"check": check[:40], "known": ", ".join(CHECKS)},
        )
    waived = _waived(current)
    if check in waived:
        raise AlreadyDone(_("This check has been waived already."))
    if check not in unwaived(current.gate, waived):
        raise InvalidInput(
            _("The check “%(check)s” did not fail, so there is nothing to waive."),
            action=_("Waive only what holds the release: %(known)s."),
            code="nothing_to_waive",
            where="check",
            params={"check": check, "known": ", ".join(unwaived(current.gate, waived))},
        )
    if not by.name.strip():
        raise InvalidInput(
            _("A waiver is signed with a name, and your profile has none."),
            action=_("Give your name in your profile, then waive the check."),
            code="waiver_without_name",
        )
    if len(reason) < LEAST_REASON:
        raise InvalidInput(
            _("Say in at least %(least)s characters why it may be published all the same."),
            action=_("Whoever reads the release's card reads your name and these words."),
            code="reason_too_short",
            where="reason",
            params={"least": LEAST_REASON},
        )
    waiver = ReleaseWaiver.objects.create(release=current, check_name=check, reason=reason, by=by)
    tell("release.waived", current, by, {"check": check, "reason": audit.digest(reason)})
    if not unwaived(current.gate, {*waived, check}):
        _go_on(current, by)
    release.refresh_from_db(fields=["held_at", "job"])
    return waiver


@transaction.atomic
def drop(*, release: Release, by: User) -> None:
    """Give up a release that is held: its number stays taken, nothing of it is published. Callers have authorised.

    Raises InvalidInput for one that is not held, AlreadyDone.
    """
    current = _locked(release)
    _check_held(current)
    current.dropped_at = timezone.now()
    current.save(update_fields=["dropped_at"])
    tell("release.dropped", current, by, {"number": current.number})
    release.refresh_from_db(fields=["dropped_at"])


def _locked(release: Release) -> Release:
    rows = Release.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("project", "job").get(pk=release.pk)


def _waived(release: Release) -> set[str]:
    return set(release.waivers.values_list("check_name", flat=True))


def _check_held(release: Release) -> None:
    if release.dropped_at is not None:
        raise AlreadyDone(_("This release was given up."))
    if release.published_at is not None:
        raise AlreadyDone(_("This release is published already."))
    if release.held_at is None:
        raise InvalidInput(
            _("This release is not held by its gate."),
            action=_("Wait until its rows are frozen and its checks are done."),
            code="not_held",
        )


def _go_on(release: Release, by: User) -> None:
    """Write down another job with the arguments of the one that ended at the gate."""
    args = release.job.args if release.job else {"release": release.pk}  # what it holds was frozen with it
    release.held_at = None
    release.job = jobs.enqueue(
        "release",
        args=args,
        project_id=release.project_id,
        organisation_id=release.project.organisation_id,
        by=by,
    )
    release.save(update_fields=["held_at", "job"])
