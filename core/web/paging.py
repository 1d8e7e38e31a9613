"""Keyset paging: a page begins after an id, so that its cost does not grow with its number."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from django.db.models import Model, QuerySet
from django.http import HttpRequest

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Page(Generic[M]):
    """Some rows, and the query strings of the first and the next page (empty: there is none)."""

    rows: list[M]
    first: str
    next: str


def keyset(request: HttpRequest, rows: QuerySet[M], *, newest_first: bool = True, size: int = 50) -> Page[M]:
    """The page that `?after=<id>` asks for; what is not a number is as if it were not there."""
    after = request.GET.get("after", "")
    kept = [(key, one) for key, all_of in request.GET.lists() if key != "after" for one in all_of if one]
    order, bound = ("-pk", "pk__lt") if newest_first else ("pk", "pk__gt")
    here = rows.order_by(order)
    if after.isdecimal() and len(after) < 19:
        here = here.filter(**{bound: int(after)})
    found = list(here[: size + 1])
    more = len(found) > size
    found = found[:size]
    return Page(
        rows=found,
        first=_query(kept, None) if after else "",
        next=_query(kept, found[-1].pk) if more else "",
    )


def _query(kept: list[tuple[str, Any]], after: int | None) -> str:
    return "?" + urlencode([*kept, *([("after", after)] if after is not None else [])])
