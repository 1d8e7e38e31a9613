"""Who has an item and why, and who should have it, for those who lead."""

from dataclasses import dataclass

from annotation.models import Assignment, Item
from annotation.models.fit import Fit, Ranking, ranked_for
from annotation.models.who_holds import of_item
from annotation.why import Part, parts_of

MOST_HOLDERS = 60


@dataclass(frozen=True)
class Holder:
    """Somebody who has or had the item, with the parts of their score."""

    assignment: Assignment
    parts: list[Part]


@dataclass(frozen=True)
class People:
    """`ranking` is None while the item has no place to give."""

    holders: list[Holder]
    ranking: Ranking | None
    fits: list[tuple[Fit, list[Part]]]


def people_of(item: Item) -> People:
    """Nine statements at most."""
    holders = [Holder(one, parts_of(one.parts)) for one in of_item(item)[:MOST_HOLDERS]]
    ranking = ranked_for(item) if item.open_slots and not item.control else None
    fits = ranking.fits if ranking else []
    return People(holders, ranking, [(fit, parts_of(fit.parts)) for fit in fits])
