"""Two people who claim the same number of one issuer: both claims stay, and whoever verifies them is told."""

from collections.abc import Collection
from dataclasses import dataclass

from core.models import User
from experts.models import Credential, Expert

NAMED = 10


@dataclass(frozen=True)
class Rivals:
    """Who else claims a number, as far as a person may know them; `others`: somebody besides."""

    known: list[Expert]
    others: bool


def rivals_among(claims: Collection[Credential], user: User) -> dict[int, Rivals]:
    """By credential, for those alone that somebody else claims too. Two statements, however many they are."""
    holders: dict[str, set[int]] = {}
    same = Credential.objects.filter(claim__in={claim.claim for claim in claims})
    for text, expert in same.values_list("claim", "expert"):
        holders.setdefault(text, set()).add(expert)
    wanted = {pk for held in holders.values() if len(held) > 1 for pk in held}
    seen = Expert.objects.visible_to(user).filter(pk__in=wanted).select_related("user").order_by("pk")
    people = {expert.pk: expert for expert in seen}
    return {
        claim.pk: _rivals(others, people)
        for claim in claims
        if (others := holders.get(claim.claim, set()) - {claim.expert_id})
    }


def _rivals(others: set[int], people: dict[int, Expert]) -> Rivals:
    known = [expert for pk, expert in people.items() if pk in others][:NAMED]
    return Rivals(known, len(others) > len(known))
