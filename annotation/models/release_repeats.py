"""What of a release repeats across its splits, and which personal data in it nobody has looked at. Read-only."""

from dataclasses import dataclass

from annotation.models.release import Release

MOST_NEAR = 100_000
"""Items among which near repeats are counted."""
MOST_EXAMPLES = 20


@dataclass(frozen=True)
class Repeat:
    """Items with the same text (`percent` 100), or two that are nearly the same, in different splits.

    `items` are ids, `splits` the split of each.
    """

    items: tuple[str, ...]
    splits: tuple[str, ...]
    percent: int


@dataclass(frozen=True)
class Repeats:
    """`exact` counts texts that stand in more than one split, `near` pairs of items that are nearly the same in
    different splits: None above MOST_NEAR items. `unchecked` items have no key to be found by: check their batch again.

    `batches` are the ids of up to MOST_EXAMPLES batches that hold unchecked items.
    """

    exact: int
    near: int | None
    unchecked: int
    examples: tuple[Repeat, ...] = ()
    batches: tuple[str, ...] = ()


@dataclass(frozen=True)
class Personal:
    """`findings` nobody has looked at, on `items` items; `unchecked` items were never looked through.

    `examples`: up to MOST_EXAMPLES pairs of an item's id and the code of what was found ("email", "iban", …).
    `batches` are the ids of up to MOST_EXAMPLES batches that hold unchecked items.
    """

    findings: int
    items: int
    unchecked: int
    examples: tuple[tuple[str, str], ...] = ()
    batches: tuple[str, ...] = ()


def across_splits(release: Release) -> Repeats:
    """What repeats across the splits of the release's frozen members. For jobs: near repeats need numpy."""
    raise NotImplementedError


def open_personal(release: Release) -> Personal:
    """What the check at the door found in the release's items and nobody has looked at."""
    raise NotImplementedError
