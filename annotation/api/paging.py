"""The one way in which v1 answers with a list: a page of `limit` rows, and a cursor for the next one.

A cursor holds the sort keys of the page's last row. Rows that come or go meanwhile neither repeat nor hide others, and
a page in the middle costs what the first one does. Callers send it back as it is.
"""

import base64
import binascii
import json
import math
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.refusals import InvalidInput

M = TypeVar("M", bound=Model)
Line = type[serializers.BaseSerializer[Any]]

USUAL = 100
MOST = 500
OLDEST_FIRST = ("pk",)
NEWEST_FIRST = ("-pk",)


class PageQuery(serializers.Serializer[Any]):
    after = serializers.CharField(default="", max_length=400, help_text="The `next` of the page before.")
    limit = serializers.IntegerField(
        default=USUAL, min_value=1, max_value=MOST, help_text="How many at most on a page."
    )


class Page(serializers.Serializer[Any]):
    """`next` is null on the last page. The header `Link` names the next page's address."""

    next = serializers.CharField(allow_null=True, help_text="The `after` of the next page.")


@cache
def page_of(line: Line) -> type[Page]:
    """The shape of a page of such lines."""
    name = line.__name__.removesuffix("Out").removesuffix("Line").removesuffix("Shape") + "Page"
    return type(name, (Page,), {"results": line(many=True), "__doc__": Page.__doc__})


def query_of(request: Request, form: type[serializers.Serializer[Any]]) -> dict[str, Any]:
    """The checked query string; raises DRF's ValidationError, also for a name that the form does not have."""
    given = form(data=request.query_params)
    if unknown := sorted(set(request.query_params) - set(given.fields)):
        raise serializers.ValidationError({unknown[0]: _("There is no filter of this name.")})
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)


def page_after(
    rows: QuerySet[M], after: str, size: int = USUAL, *, order: Sequence[str] = OLDEST_FIRST
) -> tuple[list[M], str | None]:
    """The page after a cursor (empty: the first) and the next one's cursor.

    `order` names columns that are never null, of which the last tells rows apart. Raises InvalidInput.
    """
    here = rows.order_by(*order)
    if after:
        here = here.filter(_behind(order, _read(after, len(order))))
    found = list(here[: size + 1])
    if len(found) <= size:
        return found, None
    return found[:size], _cursor([getattr(found[size - 1], name.lstrip("-")) for name in order])


def paged(
    request: Request,
    rows: QuerySet[M],
    lines: Callable[[list[M]], Any],
    *,
    asked: dict[str, Any] | None = None,
    order: Sequence[str] = OLDEST_FIRST,
) -> Response:
    """One page: `lines` makes what is told of its rows. `asked`: the query string where it was checked already."""
    asked = asked or query_of(request, PageQuery)
    found, following = page_after(rows, asked["after"], asked["limit"], order=order)
    return linked(request, {"results": lines(found), "next": following})


def shown_as(line: type[serializers.Serializer[Any]]) -> Callable[[list[Any]], Any]:
    """`lines` for rows that are told as they are."""
    return lambda rows: line(rows, many=True).data


def linked(request: Request, body: dict[str, Any]) -> Response:
    """An answer with a `next`, and its address in the header `Link` (RFC 8288)."""
    if body["next"] is None:
        return Response(body)
    query = request.query_params.copy()  # a filter may stand there twice
    query["after"] = body["next"]
    address = request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
    return Response(body, headers={"Link": f'<{address}>; rel="next"'})


def _behind(order: Sequence[str], place: Sequence[float]) -> Q:
    found, same = Q(), Q()
    for name, value in zip(order, place, strict=True):
        column = name.lstrip("-")
        found |= same & Q(**{f"{column}__{'lt' if name != column else 'gt'}": value})
        same &= Q(**{column: value})
    return found


def _cursor(place: Sequence[float]) -> str:
    return base64.urlsafe_b64encode(json.dumps(place).encode()).decode().rstrip("=")


def _read(cursor: str, length: int) -> list[float]:
    try:
        place = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), b"-_", validate=True))
    except (binascii.Error, ValueError, RecursionError):
        place = None
    if isinstance(place, list) and len(place) == length and all(_is_number(value) for value in place):
        return place
    raise InvalidInput(
        _("This is no place in this list."),
        action=_(
            "Send the `next` of the page before, with the same filters; or nothing, for the first page."
        ),
        where="after",
    )


def _is_number(value: Any) -> bool:
    if type(value) is float:
        return math.isfinite(value)
    return type(value) is int and 0 <= value < 2**63
