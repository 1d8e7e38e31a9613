"""What a frozen release is checked for before it is published (`formats.release.gate`), measured on its own rows."""

from annotation.formats.release.gate import Check, check
from annotation.models.adjudication import Dispute, Turn
from annotation.models.item import Item
from annotation.models.release import Release
from annotation.models.release_agreement import alpha
from annotation.models.release_repeats import across_splits, open_personal
from annotation.models.release_sources import licences
from annotation.models.release_tally import Tally, tally_of

PLACES = 4


def checks_of(release: Release) -> list[Check]:
    """Every check with its figure, in order. For jobs: each row is read once, a bounded number at a time.

    What was done after the release was asked for does not count: the same rows give the same checks.
    """
    tally = tally_of(release)
    return [
        alpha(release),
        overlap(release, tally),
        disputes(release),
        second_looks(release, tally),
        credentials(release, tally),
        licences(release),
        personal(release),
        repeats(release),
        unsettled(release),
    ]


def overlap(release: Release, tally: Tally) -> Check:
    """Independent answers: given blind, without a suggestion, and counted."""
    least = release.policy.get("least_overlap")
    asked = least is not None
    because = "plain" if not asked else "below" if tally.below else "reached"
    return check(
        "overlap",
        because,
        passed=not (asked and tally.below),
        asked=asked,
        figure=tally.fewest,
        **{"least": least, "below": tally.below, "items": tally.items},
        **({} if tally.fewest is None else {"figure": tally.fewest}),
    )
