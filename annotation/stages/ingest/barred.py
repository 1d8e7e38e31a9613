"""Which items a rule keeps from who is said to have answered them before they came in."""

from collections.abc import Sequence

from annotation.models import Item, Project
from annotation.models.eligibility import PAUSED, Candidate, unmet_of_items
from experts.models import Expert

CHUNK = 1000
STILL = frozenset({PAUSED, "on_a_break"})
"""Rules that pass, and say nothing against what somebody answered before."""


def barred_from(project: Project, expert: Expert, items: Sequence[int]) -> set[int]:
    """Those of the items (ids) that the expert could not be given. A statement a chunk."""
    found: set[int] = set()
    for start in range(0, len(items), CHUNK):
        rows = Item.objects.filter(pk__in=items[start : start + CHUNK])
        unmet = unmet_of_items(rows, Candidate.of(project, expert))
        found |= {pk for pk, rules in unmet.items() if any(rule.code not in STILL for rule in rules)}
    return found
