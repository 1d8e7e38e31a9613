"""The people who claim one number, as a page names them: with a link where the page has one for them."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.db.models import QuerySet

from core.models import User
from experts.models import Credential, Expert
from experts.rivals import rivals_among


@dataclass(frozen=True)
class Rivalry:
    """Each person with the address of their page (empty: none here); `others`: somebody besides."""

    people: list[tuple[Expert, str]]
    others: bool


def rivalries(
    claims: Collection[Credential], user: User, here: QuerySet[Expert], address: Callable[[Expert], str]
) -> dict[int, Rivalry]:
    """By credential; `here` are the experts who have such a page. At most three statements."""
    found = rivals_among(claims, user)
    named = {expert.pk for rivals in found.values() for expert in rivals.known}
    linked = set(here.filter(pk__in=named).values_list("pk", flat=True)) if named else set()
    return {
        pk: Rivalry([(one, address(one) if one.pk in linked else "") for one in rivals.known], rivals.others)
        for pk, rivals in found.items()
    }
