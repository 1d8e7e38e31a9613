"""Run the Data Manager's query (`formats.label_studio_query`) over items: every condition is the database's."""

import hashlib
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import (
    Avg,
    BigIntegerField,
    BooleanField,
    Case,
    Count,
    DateTimeField,
    Exists,
    F,
    FloatField,
    IntegerField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from annotation.formats.label_studio_query import DATA, Filter, Order, Query
from annotation.formats.messages import FormatError
from annotation.models.assignment import Draft
from annotation.models.item import Item
from annotation.models.prediction import Prediction
from annotation.models.studio import StudioAnswer
from annotation.models.studio_counts import ANSWERED, SKIPPED, answers

_NUMBER = r"^-?[0-9]{1,200}(\.[0-9]{1,200})?$"
_AS_NUMBER = "_number"
_HARMLESS = frozenset({"id", "created_at"})
"""What an item says by itself; the rest comes of answers, or tells control items from work."""
_LONGEST_REGEX = 200
_ORDERED = frozenset({"less", "greater", "less_or_equal", "greater_or_equal", "in", "not_in"})
_PLAIN = {
    "id": "pk",
    "inner_id": "number",
    "created_at": "created_at",
    "overlap": "overlap",
}
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
    columns = {one.column for one in query.filters} | {one.column for one in query.order}
    return any(one not in _HARMLESS and not one.startswith(DATA) for one in columns)


def asked(items: "QuerySet[Item]", query: Query) -> "QuerySet[Item]":
    """The items that the query selects, in its order (by id where it names none).

    Raises FormatError for a value that is none of its column, and for an order by a column of many values.
    """
    for column in {one.column for one in query.filters} | {one.column for one in query.order}:
        items = _with(items, column)
    condition = Q()
    for one in query.filters:
        found = _condition(one)
        condition = condition & found if query.join == "and" else condition | found
    for column in {one.column for one in query.order} & _LISTED.keys():
        if column not in _FIRST:
            raise FormatError("query_column", {"column": column}, "ordering")
        items = items.annotate(**{_name(column): _FIRST[column]()})
    orders = [
        F(_sorted_by(one)).desc(nulls_last=True)
        if one.descending
        else F(_sorted_by(one)).asc(nulls_first=True)
        for one in query.order
    ]
    last = "-pk" if query.order and query.order[0].descending else "pk"
    return items.filter(condition).order_by(*orders, last)


def _sorted_by(one: Order) -> str:
    return _name(one.column) + (_AS_NUMBER if one.number else "")


def _name(column: str) -> str:
    """The annotation that holds a column. A key of the data may be any text: its name is a digest."""
    return _PLAIN.get(column) or f"asked_{hashlib.sha256(column.encode()).hexdigest()[:16]}"


def _with(items: "QuerySet[Item]", column: str) -> "QuerySet[Item]":
    if column in _PLAIN:
        return items
    if column.startswith(DATA):
        text = Cast(KeyTextTransform(column.removeprefix(DATA), "data"), TextField())
        name = _name(column)
        number = When(**{f"{name}__regex": _NUMBER}, then=Cast(name, FloatField()))
        return items.annotate(**{name: text}).annotate(**{name + _AS_NUMBER: Case(number, default=None)})
    made = _MADE.get(column)
    return items.annotate(**{_name(column): made()}) if made else items


def _counted(rows: Any) -> Any:
    """How many rows there are of the item at hand."""
    many = (
        rows.filter(item=OuterRef("pk")).order_by().values("item").annotate(many=Count("pk")).values("many")
    )
    return Coalesce(Subquery(many, output_field=IntegerField()), 0)


def _averaged() -> Any:
    times = StudioAnswer.objects.filter(item=OuterRef("pk"), cancelled=False).order_by().values("item")
    return Subquery(times.annotate(mean=Avg("lead_time")).values("mean"), output_field=FloatField())


def _scored() -> Any:
    rows = Prediction.objects.filter(item=OuterRef("pk")).order_by().values("item")
    return Subquery(rows.annotate(mean=Avg("score")).values("mean"), output_field=FloatField())


def _truth(found: Exists) -> Any:
    return Case(When(found, then=Value(True)), default=Value(False), output_field=BooleanField())


_MADE: dict[str, Callable[[], Any]] = {
    "total_annotations": lambda: _counted(answers().filter(ANSWERED)),
    "cancelled_annotations": lambda: _counted(answers().filter(SKIPPED)),
    "total_predictions": lambda: _counted(Prediction.objects.all()),
    "completed_at": lambda: Cast("labelled_at", DateTimeField()),
    "updated_at": lambda: Coalesce("changed_at", "labelled_at", "created_at"),
    "file_upload": lambda: Cast(
        "batch_id", BigIntegerField()
    ),  # a key of another table has no texts to look in
    "avg_lead_time": _averaged,
    "predictions_score": _scored,
    "ground_truth": lambda: _truth(
        Exists(StudioAnswer.objects.filter(item=OuterRef("pk"), ground_truth=True))
    ),
    "draft_exists": lambda: _truth(Exists(Draft.objects.filter(assignment__item=OuterRef("pk")))),
    "is_labeled": lambda: Case(
        When(filled__gte=F("overlap"), then=Value(True)), default=Value(False), output_field=BooleanField()
    ),
}
_LISTED: dict[str, Callable[[Any], Q]] = {
    "annotators": lambda value: Q(
        Exists(answers().filter(item=OuterRef("pk"), expert__user__in=_ids(value)))
    ),
    "updated_by": lambda value: Q(changed_by__in=_ids(value)),
    "annotations_ids": lambda value: Q(Exists(answers().filter(item=OuterRef("pk"), pk__in=_ids(value)))),
    "annotations_results": lambda value: Q(
        Exists(_said(StudioAnswer.objects.filter(item=OuterRef("pk")), "result", str(value)))
    ),
    "predictions_results": lambda value: Q(
        Exists(_said(Prediction.objects.filter(item=OuterRef("pk")), "brought", str(value)))
    ),
    "predictions_model_versions": lambda value: Q(
        Exists(Prediction.objects.filter(item=OuterRef("pk"), model__in=_texts(value)))
    ),
}
"""Columns of many values: a condition that one of them is among those asked for."""


def _least(rows: Any, column: str) -> Any:
    of_item = rows.filter(item=OuterRef("pk")).order_by().values("item")
    return Subquery(of_item.annotate(least=Min(column)).values("least"))


_FIRST: dict[str, Callable[[], Any]] = {
    "annotations_ids": lambda: _least(answers(), "pk"),
    "annotators": lambda: _least(answers(), "expert__user"),
    "updated_by": lambda: F("changed_by"),
    "predictions_model_versions": lambda: _least(Prediction.objects.all(), "model"),
}
"""Those by which tasks can be ordered all the same: by their smallest value."""


def _said(rows: Any, column: str, words: str) -> Any:
    return rows.annotate(words=Cast(column, TextField())).filter(words__icontains=words)


def _ids(value: Any) -> list[int]:
    given = value if isinstance(value, list) else [value]
    return [_number(one) for one in given]  # type: ignore[misc]


def _texts(value: Any) -> list[str]:
    return [str(one) for one in (value if isinstance(value, list) else [value])]


def _condition(one: Filter) -> Q:
    name = _name(one.column)
    if one.kind.startswith("Data") and one.operator in _ORDERED and _is_number(one.value):
        name += _AS_NUMBER
    if one.operator == "empty":
        bare = Q(**{f"{name}__isnull": True}) if one.column not in _LISTED else ~_any_of(one.column)
        blank = bare | Q(**{name: ""}) if one.kind.startswith("Data") else bare
        return blank if _truthy(one.value) else ~blank
    if one.column in _LISTED:
        met = _LISTED[one.column](one.value)
        return ~met if one.operator.startswith("not_") else met
    if one.operator == "exists":
        return Q(**{f"{name}__isnull": False})
    if one.operator in ("in", "not_in"):
        low, high = _bounds(one)
        within = Q(**{f"{name}__gte": low, f"{name}__lte": high})
        return within if one.operator == "in" else ~within
    if one.operator in ("in_list", "not_in_list"):
        among = Q(**{f"{name}__in": [_typed(one, part) for part in _listed(one)]})
        return among if one.operator == "in_list" else _without(name, among)
    operator = one.operator.removeprefix("not_")
    met = Q(**{f"{name}__{_COMPARED[operator]}": _typed(one, one.value, operator)})
    return _without(name, met) if one.operator.startswith("not_") else met


def _without(name: str, met: Q) -> Q:
    """Also where there is no value."""
    return ~met | Q(**{f"{name}__isnull": True})


def _any_of(column: str) -> Q:
    if column == "updated_by":
        return Q(changed_by__isnull=False)
    if column.startswith("predictions"):
        return Q(Exists(Prediction.objects.filter(item=OuterRef("pk"))))
    return Q(Exists(answers().filter(item=OuterRef("pk"))))


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
            re.compile(str(value))
        elif one.kind.startswith("Data") and one.operator in _ORDERED and _is_number(one.value):
            return _number(value)
        elif operator != "contains" and one.kind in _READ:
            return _READ[one.kind](value)
    except (ValueError, re.error) as error:
        raise _wrong(one) from error
    return str(value)


def _moment(value: Any) -> datetime:
    moment = parse_datetime(str(value))
    if moment is None:
        raise ValueError(value)
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)


def _is_number(value: Any) -> bool:
    ends = [value.get("min"), value.get("max")] if isinstance(value, dict) else [value]
    return all(re.match(_NUMBER, str(one)) for one in ends)


def _number(value: Any) -> float | int:
    try:
        number = float(value)
    except (TypeError, ValueError) as error:
        raise FormatError("query_value", {"column": "number", "value": str(value)}, "filters") from error
    if not abs(number) < 2**62:
        raise FormatError("query_value", {"column": "number", "value": str(value)}, "filters")
    return int(number) if number == int(number) else number


def _wrong(one: Filter) -> FormatError:
    return FormatError("query_value", {"column": one.column, "value": str(one.value)}, "filters")


_READ: dict[str, Callable[[Any], Any]] = {"Number": _number, "Boolean": _truthy, "Datetime": _moment}
