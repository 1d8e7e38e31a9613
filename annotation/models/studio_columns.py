"""What the Data Manager's columns are in the database: of items, of their data, and of what was said of them."""

import hashlib
import json
import re
from collections.abc import Callable
from typing import Any

from django.db.models import (
    Avg,
    BooleanField,
    Case,
    CharField,
    Count,
    DateTimeField,
    Exists,
    F,
    FloatField,
    Func,
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
from django.db.models.fields.json import (  # type: ignore[attr-defined]  # one is left out of the stubs
    KeyTextTransform,
    compile_json_path,
)
from django.db.models.functions import Cast, Coalesce

from annotation.formats.label_studio_query import DATA
from annotation.formats.messages import FormatError
from annotation.models.assignment import Draft
from annotation.models.item import Item
from annotation.models.prediction import Prediction
from annotation.models.studio import StudioAnswer
from annotation.models.studio_counts import ANSWERED, SKIPPED, answers

NUMBER = r"^-?[0-9]{1,200}(\.[0-9]{1,200})?$"
AS_NUMBER = "_number"
KIND = "_kind"
_NUMBERS = ("integer", "real", "number")
PLAIN = {
    "id": "pk",
    "inner_id": "number",
    "created_at": "created_at",
    "overlap": "overlap",
}
"""Columns that items have by another name."""


class _KindOf(Func):
    """What kind of JSON value the data have under a key, in the database's words; NULL where they have no such key."""

    output_field = CharField()

    def __init__(self, key: str) -> None:
        super().__init__(F("data"), Value(key))
        self.key = key

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        data, _params = compiler.compile(self.source_expressions[0])
        return f"JSON_TYPE({data}, %s)", (compile_json_path([self.key]),)

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        data, _params = compiler.compile(self.source_expressions[0])
        return f"json_typeof({data} -> %s)", (self.key,)


def name_of(column: str) -> str:
    """The annotation that holds a column. A key of the data may be any text: its name is a digest."""
    return PLAIN.get(column) or f"asked_{hashlib.sha256(column.encode()).hexdigest()[:16]}"


def with_column(items: "QuerySet[Item]", column: str) -> "QuerySet[Item]":
    """The items with the annotations that a condition or an order by the column needs."""
    name = name_of(column)
    if column.startswith(DATA):
        key = column.removeprefix(DATA)
        items = items.annotate(**{name + KIND: _KindOf(key)})
        null = When(**{name + KIND: "null"}, then=Value(None))
        text = Cast(KeyTextTransform(key, "data"), TextField())
        items = items.annotate(**{name: Case(null, default=text, output_field=TextField())})
        number = When(**{f"{name}__regex": NUMBER}, then=Cast(name, FloatField()))
        return items.annotate(**{name + AS_NUMBER: Case(number, default=None)})
    made = _MADE.get(column)
    return items.annotate(**{name: made()}) if made else items


def keys_of(column: str, *, number: bool) -> list[Any]:
    """By what items are ordered that are ordered by a column. Numbers of the data stand before texts."""
    name = name_of(column)
    if not column.startswith(DATA):
        return [F(name)]
    if number:
        return [F(name + AS_NUMBER)]
    numeric = When(**{f"{name}{KIND}__in": _NUMBERS}, then=F(name + AS_NUMBER))
    return [Case(numeric, default=None, output_field=FloatField()), F(name)]


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
    """Of the project's own model version, where it has one."""
    version = KeyTextTransform("model_version", "project__studio__options")
    chosen = Coalesce(version, Value(""), output_field=TextField())
    rows = Prediction.objects.filter(item=OuterRef("pk")).annotate(version=chosen)
    told = rows.filter(Q(version="") | Q(model=F("version"))).order_by().values("item")
    return Subquery(told.annotate(mean=Avg("score")).values("mean"), output_field=FloatField())


def _changed_by() -> Any:
    """Who answered last, or corrected the data; who brought an answer in has done neither."""
    said = answers().filter(item=OuterRef("pk")).exclude(studio__last_action="imported")
    last = said.annotate(
        at=Coalesce("studio__updated_at", "ended_at"), who=Coalesce("studio__updated_by", "expert__user")
    ).order_by("-at")
    return Coalesce(Subquery(last.values("who")[:1]), F("changed_by"))


def _truth(found: Exists) -> Any:
    return Case(When(found, then=Value(True)), default=Value(False), output_field=BooleanField())


_MADE: dict[str, Callable[[], Any]] = {
    "total_annotations": lambda: _counted(answers().filter(ANSWERED)),
    "cancelled_annotations": lambda: _counted(answers().filter(SKIPPED)),
    "total_predictions": lambda: _counted(Prediction.objects.all()),
    "completed_at": lambda: Cast("labelled_at", DateTimeField()),
    "updated_at": lambda: Coalesce("changed_at", "labelled_at", "created_at"),
    "updated_by": _changed_by,
    "file_upload": lambda: Cast("batch__name", TextField()),
    "storage_filename": lambda: Cast(Value(None), TextField()),
    "data": lambda: Cast("data", TextField()),
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
COUNTS = frozenset({"total_annotations", "cancelled_annotations", "total_predictions"})
"""Columns of which none is empty."""
LISTED: dict[str, Callable[[Any], Q]] = {
    "annotators": lambda value: Q(
        Exists(answers().filter(item=OuterRef("pk"), expert__user__in=_ids(value)))
    ),
    "updated_by": lambda value: (
        Q(**{f"{name_of('updated_by')}__isnull": False}) & Q(**{f"{name_of('updated_by')}__in": _ids(value)})
    ),
    "annotations_ids": lambda value: Q(Exists(answers().filter(item=OuterRef("pk"), pk__in=_named(value)))),
    "annotations_results": lambda value: Q(Exists(_said(_results(), "result", str(value)))),
    "predictions_results": lambda value: Q(Exists(_said(_predicted(), "brought", str(value)))),
    "predictions_model_versions": lambda value: Q(Exists(_predicted().filter(_any_model(value)))),
}
"""Columns of many values: a condition that one of them is among those asked for."""


def is_bare(column: str) -> Q:
    """The items of which a column of many values has none; an answer that says nothing is as good as none."""
    match column:
        case "updated_by":
            return Q(**{f"{name_of(column)}__isnull": True})
        case "annotations_results":
            return ~Q(Exists(_results())) | Q(Exists(_empty(_results(), "result")))
        case "predictions_results":
            return ~Q(Exists(_predicted())) | Q(Exists(_empty(_predicted(), "brought")))
        case "predictions_model_versions":
            return ~Q(Exists(_predicted()))
    return ~Q(Exists(answers().filter(item=OuterRef("pk"))))


def _results() -> Any:
    return StudioAnswer.objects.filter(assignment__in=answers().values("pk"), item=OuterRef("pk"))


def _predicted() -> Any:
    return Prediction.objects.filter(item=OuterRef("pk"))


def _empty(rows: Any, column: str) -> Any:
    return rows.annotate(words=Cast(column, TextField())).filter(words="[]")


def _least(rows: Any, column: Any) -> Any:
    of_item = rows.filter(item=OuterRef("pk")).order_by().values("item")
    return Subquery(of_item.annotate(least=Min(column)).values("least"))


FIRST: dict[str, Callable[[], Any]] = {
    "annotations_ids": lambda: _least(answers(), "pk"),
    "annotators": lambda: _least(answers(), "expert__user"),
    "predictions_model_versions": lambda: _least(Prediction.objects.all(), "model"),
    "annotations_results": lambda: _least(StudioAnswer.objects.all(), Cast("result", TextField())),
    "predictions_results": lambda: _least(Prediction.objects.all(), Cast("brought", TextField())),
}
"""Those by which tasks can be ordered all the same: by their smallest value."""


def _said(rows: Any, column: str, words: str) -> Any:
    return rows.annotate(words=Cast(column, TextField())).filter(written("words", words))


def written(name: str, words: str) -> Q:
    """That a JSON text holds the words, as they are or as JSON may write them."""
    escaped = json.dumps(words)[1:-1]
    plain = Q(**{f"{name}__icontains": words})
    return plain if escaped == words else plain | Q(**{f"{name}__icontains": escaped})


def _any_model(value: Any) -> Q:
    found = Q(pk=None)
    for one in value if isinstance(value, list) else [value]:
        found |= Q(model__contains=str(one))
    return found


def _ids(value: Any) -> list[int]:
    given = value if isinstance(value, list) else [value]
    return [as_number(one) for one in given]  # type: ignore[misc]


def _named(value: Any) -> list[int]:
    """The numbers of a text: `1 2,3`. What is none names nothing."""
    if not isinstance(value, str):
        return _ids(value)
    return [
        int(one) for one in re.split(r"[,; ]", value) if one.isascii() and one.isdigit() and len(one) < 19
    ]


def as_number(value: Any) -> float | int:
    """Raises FormatError for what is no number, or beyond what a database holds."""
    try:
        number = float(value)
    except (TypeError, ValueError) as error:
        raise FormatError("query_value", {"column": "number", "value": str(value)}, "filters") from error
    if not abs(number) < 2**62:
        raise FormatError("query_value", {"column": "number", "value": str(value)}, "filters")
    return int(number) if number == int(number) else number
