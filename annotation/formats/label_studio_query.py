"""The Data Manager's query: filters joined by and/or, and an order. Read and checked, not run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from annotation.formats.messages import FormatError

OPERATORS = frozenset(
    [
        "equal",
        "not_equal",
        "less",
        "greater",
        "less_or_equal",
        "greater_or_equal",
        "in",
        "not_in",
        "in_list",
        "not_in_list",
        "empty",
        "contains",
        "not_contains",
        "exists",
        "regex",
    ]
)
COLUMNS: Mapping[str, str] = {
    "id": "Number",
    "inner_id": "Number",
    "completed_at": "Datetime",
    "created_at": "Datetime",
    "updated_at": "Datetime",
    "total_annotations": "Number",
    "cancelled_annotations": "Number",
    "total_predictions": "Number",
    "overlap": "Number",
    "file_upload": "String",
    "storage_filename": "String",
    "avg_lead_time": "Number",
    "predictions_score": "Number",
    "annotators": "List",
    "updated_by": "List",
    "annotations_ids": "List",
    "data": "String",
    "annotations_results": "String",
    "predictions_results": "String",
    "predictions_model_versions": "List",
    "ground_truth": "Boolean",
    "draft_exists": "Boolean",
    "is_labeled": "Boolean",
}
"""Columns besides the keys of the data, each with the kind of its values."""
DATA = "data."
MOST = 100


@dataclass(frozen=True)
class Filter:
    """One condition: a column of COLUMNS or `data.<key>`, an operator, a value of the column's kind.

    `shown`: as what the caller sees the column. `also`: a condition that must hold too, on the same line.
    """

    column: str
    operator: str
    value: Any
    shown: str = ""
    also: Filter | None = None

    @property
    def kind(self) -> str:
        """The kind of the column's values; those of the data are texts, or what is asked for."""
        if not self.column.startswith(DATA):
            return COLUMNS[self.column]
        if self.shown == "Boolean" or isinstance(self.value, bool):
            return "DataBoolean"
        number = isinstance(self.value, int | float) and not isinstance(self.value, bool)
        return "DataNumber" if number else "DataText"


@dataclass(frozen=True)
class Order:
    """One column of an order; `number`: texts of the data are compared as numbers."""

    column: str
    descending: bool
    number: bool = False


@dataclass(frozen=True)
class Query:
    """What is asked for."""

    filters: Sequence[Filter] = ()
    join: Literal["and", "or"] = "and"
    order: Sequence[Order] = ()


def read_query(filters: object, ordering: object, shown: object = None) -> Query:
    """Filters (`{"conjunction", "items"}`, or None) and an order (a list of `-tasks:column`). Raises FormatError.

    `shown` says as what a column of the data is shown: `{"tasks:data.a": "Number"}`.
    """
    join: Literal["and", "or"] = "and"
    items: list[Any] = []
    if filters:
        if not isinstance(filters, dict):
            raise _wrong("query_filters", "filters")
        given = filters.get("conjunction") or "and"
        if given not in ("and", "or"):
            raise _wrong("query_conjunction", "filters.conjunction", given=str(given))
        join = "or" if given == "or" else "and"
        items = filters.get("items") or []
    if not isinstance(items, list) or len(items) > MOST:
        raise _wrong("query_filters", "filters.items")
    orders = [ordering] if isinstance(ordering, str) else (ordering or [])
    if not isinstance(orders, list):
        raise _wrong("query_order", "ordering")
    return Query(
        [_filter(at, one) for at, one in enumerate(items)], join, [_order(one, shown) for one in orders]
    )


def _filter(at: int, given: object) -> Filter:
    where = f"filters.items[{at}]"
    if not isinstance(given, dict):
        raise _wrong("query_filters", where)
    column = _column(given.get("filter"), f"{where}.filter", "filter:tasks:")
    operator = given.get("operator")
    if not isinstance(operator, str) or operator not in OPERATORS:
        raise _wrong("query_operator", f"{where}.operator", operator=str(operator))
    also = given.get("child_filter")
    return Filter(
        column,
        operator,
        given.get("value"),
        str(given.get("type") or ""),
        _filter(at, {**also, "child_filter": None}) if isinstance(also, dict) else None,
    )


def _order(given: object, shown: object) -> Order:
    text = given if isinstance(given, str) else ""
    column = _column(text.lstrip("-"), "ordering", "tasks:")
    kinds = shown if isinstance(shown, dict) else {}
    number = column.startswith(DATA) and kinds.get(f"tasks:{column}") == "Number"
    return Order(column, text.startswith("-"), number)


def _column(given: object, where: str, prefix: str) -> str:
    text = given.removeprefix(prefix).removeprefix("-") if isinstance(given, str) else ""
    if text in COLUMNS or (text.startswith(DATA) and len(text) > len(DATA)):
        return text
    raise _wrong("query_column", where, column=str(given))


def _wrong(code: str, where: str, **params: str) -> FormatError:
    return FormatError(code, params, where)
