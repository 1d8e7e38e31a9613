"""What a frozen release is checked for before it is published (`formats.release.gate`), measured on its own rows."""

from collections.abc import Callable
from datetime import datetime

from django.db.models import Q, QuerySet

from annotation.formats.release.format import SPLITS
from annotation.formats.release.gate import Check, check
from annotation.models.adjudication import Dispute, Turn
from annotation.models.item import Item
from annotation.models.project import Project
from annotation.models.release import Release
from annotation.models.release_agreement import alpha
from annotation.models.release_evidence import Evidence, evidence_of
from annotation.models.release_repeats import across_splits, open_personal
from annotation.models.release_sources import licences
from annotation.models.release_written import written_personal

PLACES = 4


def checks_of(release: Release, tell: Callable[[int], None] | None = None) -> list[Check]:
    """Every check with its figure, in order. For jobs: each row is read once, a bounded number at a time.

    What was done after the release was asked for does not count: the same rows give the same checks. `tell` hears how
    many rows have been read.
    """
    evidence = evidence_of(release, tell)
    return [
        alpha(release),
        overlap(release, evidence),
        disputes(release),
        second_looks(release, evidence),
        credentials(release, evidence),
        licences(release),
        personal(release),
        repeats(release),
        splits(release),
        unsettled(release),
    ]


def overlap(release: Release, evidence: Evidence) -> Check:
    """Independent answers an item: those that count, given blind and without a suggestion."""
    least = release.policy.get("least_overlap")
    below = evidence.below if least is not None else 0
    because = "plain" if least is None else "below" if below else "reached"
    counts = {"fewest": evidence.fewest or 0, "least": least, "below": below, "items": evidence.items}
    return check(
        "overlap", because, passed=not below, asked=least is not None, figure=evidence.fewest, **counts
    )


def disputes(release: Release) -> Check:
    """Disputes of the project, and appeals, that were open when the release was asked for."""
    asked = bool(release.policy.get("disputes_settled", True))
    about = open_disputes(release.project, release.created_at)
    number = about.count()
    if not number:
        return check("disputes", "settled", passed=True, asked=asked, figure=0)
    items = about.order_by().values("item").distinct()
    counts = {
        "disputes": number,
        "items": items.count(),
        "left_out": items.exclude(item__in=release.members.values("item")).count(),
    }
    return check("disputes", "open", passed=not asked, asked=asked, figure=number, **counts)


def open_disputes(project: Project, then: datetime) -> "QuerySet[Dispute]":
    """Those that were to be decided then, about items that a release could hold. A second look disputes nothing."""
    return (
        Dispute.objects.filter(
            Q(closed_at=None) | Q(closed_at__gt=then), project=project, opened_at__lte=then
        )
        .filter(item__control=False, item__bad_at=None, item__deleted_at=None)
        .exclude(turn=Turn.SECOND_LOOK)
    )


def second_looks(release: Release, evidence: Evidence) -> Check:
    """How many decisions in the release were made again, blind, and how many of these came to the same."""
    share, agreement = (release.policy.get(name) for name in ("second_look_share", "second_look_agreement"))
    asked = share is not None or agreement is not None
    found = {"decisions": evidence.decisions, "looked": evidence.looked, "same": evidence.same}
    counts = {**found, "share": share, "agreement": agreement}
    looked = evidence.looked / evidence.decisions if evidence.decisions else None
    same = evidence.same / evidence.looked if evidence.looked else None
    because, passed = "plain", True
    if looked is None:
        because = "none"
    elif share is not None and looked < share:
        because, passed = "few", False
    elif agreement is not None and (same is None or same < agreement):
        because, passed = "differ", False
    elif asked:
        because = "enough"
    figure = None if same is None else round(same, PLACES)
    return check("second_looks", because, passed=passed, asked=asked, figure=figure, **counts)


def credentials(release: Release, evidence: Evidence) -> Check:
    """Whether every answer and decision was given under a qualification in force at that moment."""
    if not release.project.qualified_only:
        return check("credentials", "open", passed=True, asked=False)
    asked = bool(release.policy.get("credentials", True))
    without = evidence.without_answers + evidence.without_decisions
    counts = {
        "answers": evidence.answers,
        "decisions": evidence.decisions,
        "without_answers": evidence.without_answers,
        "without_decisions": evidence.without_decisions,
        "examples": evidence.examples,
    }
    because = "missing" if without else "valid"
    return check(
        "credentials", because, passed=not (asked and without), asked=asked, figure=without, **counts
    )


def personal(release: Release) -> Check:
    """Findings of personal data that nobody has looked at, and what people wrote that looks like such data."""
    asked = bool(release.policy.get("personal", True))
    found, written = open_personal(release), written_personal(release)
    because = "open" if found.findings else "unchecked" if found.unchecked else ""
    if written.findings:
        because = f"{because}_written".lstrip("_")
    counts = {
        "findings": found.findings,
        "items": found.items,
        "unchecked": found.unchecked,
        "examples": [list(example) for example in found.examples],
        "batches": list(found.batches),
        "written": written.findings,
        "written_items": written.items,
        "written_examples": [list(example) for example in written.examples],
    }
    figure = found.findings + written.findings
    passed = not (asked and because)
    return check("personal", because or "none", passed=passed, asked=asked, figure=figure, **counts)


def repeats(release: Release) -> Check:
    """Texts that stand in more than one split; near repeats are counted, and fail nothing."""
    asked = bool(release.policy.get("duplicates", True))
    found = across_splits(release)
    passed = not asked or not (found.exact or found.unchecked)
    because = "exact" if found.exact else "unchecked" if found.unchecked else "none"
    if found.near is None and because != "unchecked":
        because += "_far"
    counts = {
        "exact": found.exact,
        "near": found.near,
        "unchecked": found.unchecked,
        "examples": [
            {"items": list(one.items), "splits": list(one.splits), "percent": one.percent}
            for one in found.examples
        ],
        "batches": list(found.batches),
    }
    return check("repeats", because, passed=passed, asked=asked, figure=found.exact, **counts)


def splits(release: Release) -> Check:
    """For information: the splits to which the policy gives a share and that got no rows."""
    rows = release.splits.get("rows", {})
    shares: dict[str, float] = release.splits.get("shares", {})
    empty = [split for split in SPLITS if shares.get(split, 0) > 0 and not rows.get(split)]
    because = "empty" if empty else "filled"
    return check("splits", because, passed=True, asked=False, figure=len(empty), empty=", ".join(empty))


def unsettled(release: Release) -> Check:
    """For information: the project's items that had no gold label when the release was asked for."""
    left = (
        Item.objects.filter(project=release.project, control=False, bad_at=None)
        .filter(Q(settled_at=None) | Q(settled_at__gt=release.created_at), created_at__lte=release.created_at)
        .count()
    )
    because = "some" if left else "none"
    return check("unsettled", because, passed=True, asked=False, figure=left, count=left)
