"""Run the Data Manager's query (`formats.label_studio_query`) over items: every condition is the database's."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from annotation.formats.label_studio_query import DATA, Filter, Query
from annotation.formats.messages import FormatError
from annotation.models.item import Item
from annotation.models.studio_columns import (
    AS_NUMBER,
    COUNTS,
    FIRST,
    KIND,
    LISTED,
    NUMBER,
    as_number,
    is_bare,
    keys_of,
    name_of,
    with_column,
    written,
)
from core import regexes

_HARMLESS = frozenset({"id", "created_at", "data"})
"""What an item says by itself; the rest comes of answers, or tells control items from work."""
_LONGEST_REGEX = 200
_ORDERED = frozenset({"less", "greater", "less_or_equal", "greater_or_equal", "in", "not_in"})
_COMPARED = {
    "equal": "exact",
    "less": "lt",
    "greater": "gt",
    "less_or_equal": "lte",
    "greater_or_equal": "gte",
    "contains": "icontains",
    "regex": "regex",
}


def tells_of_others(query: Query) -> bool:
    """Whether the query asks about more than the items themselves: it would tell who labels what others said."""
    return any(one not in _HARMLESS and not one.startswith(DATA) for one in _columns(query))


def _columns(query: Query) -> set[str]:
    given = [*query.filters, *(one.also for one in query.filters if one.also)]
    return {one.column for one in given} | {one.column for one in query.order}


def asked(items: "QuerySet[Item]", query: Query) -> "QuerySet[Item]":
    """The items that the query selects, in its order, then by id; what has no value stands last, whichever way.

    Raises FormatError for a value that is none of its column, and for an order by a column of many values.
    """
    for column in _columns(query):
        items = with_column(items, column)
    condition = Q()
    for one in query.filters:
        found = _condition(one) & _condition(one.also) if one.also else _condition(one)
        condition = condition & found if query.join == "and" else condition | found
    for column in {one.column for one in query.order} & FIRST.keys():
        items = items.annotate(**{name_of(column): FIRST[column]()})
    orders = [
        key.desc(nulls_last=True) if one.descending else key.asc(nulls_last=True)
        for one in query.order
        for key in keys_of(one.column, number=one.number)
    ]
    return items.filter(condition).order_by(*orders, "pk")


def _condition(one: Filter) -> Q:
    name = name_of(one.column)
    if one.operator == "empty":
        empty = _is_empty(one, name)
        return empty if _truthy(one.value) else ~empty
    if one.column in LISTED:
        met = LISTED[one.column](one.value)
        return ~met if one.operator.startswith("not_") else met
    if one.operator == "exists":
        return Q(**{f"{name}__isnull": False})
    if _is_numeric(one):
        name += AS_NUMBER
    negated = one.operator.startswith("not_")
    if one.operator in ("in", "not_in"):
        low, high = _bounds(one)
        met = Q(**{f"{name}__gte": low, f"{name}__lte": high})
    elif one.operator in ("in_list", "not_in_list"):
        met = Q(**{f"{name}__in": [_typed(one, part) for part in _listed(one)]})
    else:
        met = _compared(one, name, one.operator.removeprefix("not_"))
    if not negated:
        return met
    # Where there is nothing to compare, nothing differs; a null of the data is a value, though none that is met.
    there = f"{name_of(one.column)}{KIND}" if one.kind in ("DataText", "DataBoolean") else name
    return (~met | Q(**{f"{name}__isnull": True})) & Q(**{f"{there}__isnull": False})


def _compared(one: Filter, name: str, operator: str) -> Q:
    if one.column == "data" and operator == "contains":
        return written(name, str(one.value))
    if one.column == "file_upload" and str(one.value).isdecimal() and operator == "equal":
        return Q(batch=as_number(one.value))
    return Q(**{f"{name}__{_COMPARED[operator]}": _typed(one, one.value, operator)})


def _is_empty(one: Filter, name: str) -> Q:
    if one.column in LISTED:
        return is_bare(one.column)
    if one.column in COUNTS:
        return Q(**{name: 0})
    bare = Q(**{f"{name}__isnull": True})
    return bare | Q(**{name: ""}) if one.kind.startswith("Data") else bare


def _truthy(value: Any) -> bool:
    return str(value).lower() in {"true", "1", "yes"}


def _bounds(one: Filter) -> tuple[Any, Any]:
    value = one.value
    if isinstance(value, dict) and {"min", "max"} <= value.keys():
        return _typed(one, value["min"]), _typed(one, value["max"])
    raise _wrong(one)


def _listed(one: Filter) -> list[Any]:
    if isinstance(one.value, str):
        return [part.strip() for part in one.value.split(",")]
    if isinstance(one.value, list):
        return one.value
    raise _wrong(one)


def _typed(one: Filter, value: Any, operator: str = "equal") -> Any:
    """A value of the column's kind."""
    try:
        if operator == "regex":
            if len(str(value)) > _LONGEST_REGEX:
                raise _wrong(one)
            regexes.check(str(value))
        elif _is_numeric(one):
            return as_number(value)
        elif operator != "contains" and one.kind in _READ:
            return _READ[one.kind](value)
    except ValueError as error:
        raise _wrong(one) from error
    return str(value)


def _moment(value: Any) -> datetime:
    moment = parse_datetime(str(value))
    if moment is None:
        raise ValueError(value)
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)


def _is_numeric(one: Filter) -> bool:
    """Whether a value of the data is compared as a number."""
    if not one.kind.startswith("Data") or not _is_number(one.value):
        return False
    same = one.operator in ("equal", "not_equal") and "Number" in (one.kind.removeprefix("Data"), one.shown)
    return one.operator in _ORDERED or same


def _is_number(value: Any) -> bool:
    ends = [value.get("min"), value.get("max")] if isinstance(value, dict) else [value]
    return all(re.match(NUMBER, str(one)) for one in ends)


def _flag(value: Any) -> str:
    """As a flag of the data reads."""
    return "true" if _truthy(value) else "false"


def _wrong(one: Filter) -> FormatError:
    return FormatError("query_value", {"column": one.column, "value": str(one.value)}, "filters")


_READ: dict[str, Callable[[Any], Any]] = {
    "Number": as_number,
    "Boolean": _truthy,
    "DataBoolean": _flag,
    "Datetime": _moment,
}
