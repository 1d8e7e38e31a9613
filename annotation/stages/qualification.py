"""What a project asks of people beyond its sector: rules, and a lead's own word for a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotation.models import Exam, Project, QualificationRule
from annotation.models.lane import SPECIALIST
from annotation.models.requirement import Combine
from annotation.models.standing import recheck_soon
from core import audit
from core.models import User
from core.refusals import AlreadyDone, InvalidInput
from experts import evidence
from experts.models import CredentialKind, Expert, How, Qualification

MOST_RULES = 50
KIND, REASON = 60, 300
TIERS = ("", SPECIALIST)


@dataclass(frozen=True)
class Asked:
    """What a rule asks: `combine` of a credential of these kinds (keys), an exam (its uid), a lead's grant."""

    combine: str = Combine.ALL
    credential_kinds: Sequence[str] = ()
    exam: str = ""
    by_grant: bool = False


@transaction.atomic
def add_rule(
    *, project: Project, by: User, asked: Asked, reason: str, kind: str = "", tier: str = ""
) -> QualificationRule:
    """Ask this of whoever judges items of the `kind` and `tier` (empty: of any). Raises InvalidInput, AlreadyDone.

    Who holds an item that the rule bars gives it back at once; drafts are kept.
    """
    kind, reason = kind.strip(), reason.strip()
    _check_words(kind, tier, asked.combine, reason)
    kinds, exam = _kinds(asked.credential_kinds), _exam(project, asked.exam, kind)
    if not (kinds or exam or asked.by_grant):
        raise InvalidInput(
            _("The rule asks for nothing."),
            action=_("Choose a credential, an exam or a grant."),
            where="credential_kinds",
            code="rule_empty",
        )
    Project.objects.select_for_update(no_key=True).get(pk=project.pk)
    if QualificationRule.objects.current().filter(project=project).count() >= MOST_RULES:
        raise InvalidInput(
            _("A project has at most %(most)s rules."),
            action=_("End one that is not needed any more."),
            params={"most": MOST_RULES},
        )
    rule = QualificationRule.objects.create(
        project=project,
        kind=kind,
        tier=tier,
        combine=asked.combine,
        by_credential=bool(kinds),
        exam=exam,
        by_grant=asked.by_grant,
        reason=reason,
        created_by=by,
    )
    rule.credential_kinds.set(kinds)
    changes = {
        "for": kind,
        "tier": tier,
        "combine": asked.combine,
        "credentials": sorted(one.key for one in kinds),
        "exam": exam.uid if exam else "",
        "grant": asked.by_grant,
    }
    _tell("rule.added", rule, by, {name: value for name, value in changes.items() if value})
    recheck_soon(project)
    return rule


@transaction.atomic
def end_rule(*, rule: QualificationRule, by: User) -> None:
    """Ask it no more. Raises AlreadyDone."""
    if not QualificationRule.objects.current().filter(pk=rule.pk).update(ended_at=timezone.now()):
        raise AlreadyDone(_("This rule has ended already."))
    _tell("rule.ended", rule, by, {})


@transaction.atomic
def grant(
    *, project: Project, expert: Expert, by: User, reason: str, valid_until: date | None, kind: str = ""
) -> Qualification:
    """A lead's word that the expert may judge the project's items of the `kind` (empty: of any), until a day to come.

    Raises InvalidInput, and AlreadyDone while such a grant is in force.
    """
    kind = kind.strip()
    _check_length(kind, KIND, "kind")
    _check_length(reason.strip(), REASON, "reason")
    if valid_until is None or valid_until <= timezone.localdate():
        raise InvalidInput(
            _("A grant ends on a day to come."), action=_("Choose its last day."), where="valid_until"
        )
    return evidence.qualify(
        expert=expert,
        organisation=project.organisation,
        sector=project.sector,
        by=by,
        reason=reason,
        how=How.GRANT,
        project_id=project.pk,
        kind=kind,
        valid_until=valid_until,
    )


@transaction.atomic
def revoke(*, project: Project, qualification: Qualification, by: User) -> None:
    """End what was granted or passed in the project; leases that rested on it go back. Raises AlreadyDone."""
    evidence.revoke_qualification(qualification=qualification, by=by)
    recheck_soon(project)


def _check_words(kind: str, tier: str, combine: str, reason: str) -> None:
    _check_length(kind, KIND, "kind")
    _check_length(reason, REASON, "reason")
    if tier not in TIERS:
        raise InvalidInput(_("There is no such tier."), where="tier")
    if combine not in Combine.values:
        raise InvalidInput(_("A rule asks for all of these or for one of these."), where="combine")
    if not reason:
        raise InvalidInput(
            _("Say why."), action=_("Whom it keeps from items reads this sentence."), where="reason"
        )


def _check_length(text: str, limit: int, where: str) -> None:
    if len(text) > limit:
        raise InvalidInput(
            _("This is too long: at most %(limit)s characters."), where=where, params={"limit": limit}
        )


def _kinds(keys: Sequence[str]) -> list[CredentialKind]:
    wanted = set(keys)
    found = list(CredentialKind.objects.filter(key__in=wanted).order_by("pk"))
    if unknown := sorted(wanted - {one.key for one in found}):
        raise InvalidInput(
            _("There is no kind of credential “%(key)s”."),
            action=_("Choose from the list."),
            where="credential_kinds",
            params={"key": unknown[0][:60]},
        )
    return found


def _exam(project: Project, uid: str, kind: str) -> Exam | None:
    if not uid:
        return None
    found = Exam.objects.filter(project=project, uid=uid, closed_at=None).first()
    if found is None:
        raise InvalidInput(
            _("There is no such exam in this project, or it is closed."),
            action=_("Choose from the list."),
            where="exam",
        )
    if found.kind and found.kind != kind:  # nobody could meet it: what it grants is for its kind only
        raise InvalidInput(
            _("This exam is for items of the kind “%(kind)s” only."),
            action=_("Make the rule for this kind, or choose another exam."),
            where="exam",
            code="exam_of_another_kind",
            params={"kind": found.kind},
        )
    return found


def _tell(action: str, rule: QualificationRule, by: User, changes: dict[str, Any]) -> None:
    audit.record(
        action,
        by=by,
        on=rule,
        project_id=rule.project_id,
        organisation_id=rule.project.organisation_id,
        changes=changes,
    )
