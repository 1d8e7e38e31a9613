"""Questions that are asked many times: a queryset that is built and compiled once a thread and filled in each time.

Building a queryset and compiling it costs several times what the database needs to answer one by its key. Whatever is
no blank is fixed when it is first asked: no `timezone.now()`, and nothing of settings that change.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from threading import local
from typing import Any, Generic, TypeVar

from django.db import connections
from django.db.models import BigIntegerField, CharField, DateTimeField, Field, Model, QuerySet
from django.db.models.query import ModelIterable

from core.statements import BlankParam, Statement, run, run_all

M = TypeVar("M", bound=Model)
Row = TypeVar("Row")

NUMBER: Field[Any, Any] = BigIntegerField()
TEXT: Field[Any, Any] = CharField()
MOMENT: Field[Any, Any] = DateTimeField()


class Rows(Generic[Row]):
    """A question whose answers are tuples: `make` is given a blank for each name, and gives `values_list` rows."""

    def __init__(self, make: Callable[..., QuerySet[Any, Any]], **blanks: Field[Any, Any]) -> None:
        self._make, self._blanks, self._kept = make, blanks, local()

    def ask(self, **values: Any) -> list[tuple[Any, ...]]:
        """The rows, as the database gives them: no field's `from_db_value` has seen them."""
        return run(self.statement(), values) if _fit(values) else []

    def statement(self) -> Statement:
        """What the database is asked."""
        return self._compiled()[2]

    def made_of(self, found: list[tuple[Any, ...]]) -> list[Any]:
        """The answers of rows that the database gave for it."""
        return list(found)

    def holds(self, **values: Any) -> bool:
        """Whether there is any row."""
        return bool(self.ask(**values))

    def _compiled(self) -> tuple[QuerySet[Any, Any], Any, Statement]:
        """The queryset, its compiler and its statement; made anew where this thread's connection is another one."""
        connection = connections["default"]
        if getattr(self._kept, "connection", None) is not connection:
            blanks = {name: BlankParam(name, kind) for name, kind in self._blanks.items()}
            rows = self._make(**blanks)
            compiler = rows.query.get_compiler(connection=connection)
            sql, params = compiler.as_sql()
            _keep_converters(compiler)
            self._kept.made = (rows, compiler, Statement(sql, tuple(params)))
            self._kept.connection = connection
        made: tuple[QuerySet[Any, Any], Any, Statement] = self._kept.made
        return made


class Question(Rows[M]):
    """A question whose answers are objects of a model, with what `select_related` names."""

    def objects(self, **values: Any) -> list[M]:
        """All of them."""
        if not _fit(values):
            return []
        return self.made_of(run(self.statement(), values))

    def made_of(self, found: list[tuple[Any, ...]]) -> list[M]:
        """The objects of rows that the database gave for it."""
        rows, compiler, _statement = self._compiled()
        # Django turns rows into objects; only where it gets them from is ours.
        compiler.execute_sql = lambda *_args, **_options: [found]
        rows.query.get_compiler = lambda *_args, **_options: compiler  # type: ignore[method-assign]
        return list(ModelIterable(rows))

    def first(self, **values: Any) -> M | None:
        """The first of them, or None."""
        found = self.objects(**values)
        return found[0] if found else None


def ask_all(*asked: tuple[Rows[Any], Mapping[str, Any]]) -> list[list[Any]]:
    """What each question is answered, with its blanks' values: on PostgreSQL in one round trip.

    None of them may depend on what another one finds. Within a transaction each sees what was committed before it.
    """
    if not all(_fit(values) for _question, values in asked):
        return [question.made_of(question.ask(**values)) for question, values in asked]
    found = run_all([(question.statement(), values) for question, values in asked])
    return [question.made_of(rows) for (question, _values), rows in zip(asked, found, strict=True)]


def _keep_converters(compiler: Any) -> None:
    """The same columns are asked for each time: how their values are read is looked up once."""
    kept: dict[int, Any] = {}

    def get_converters(expressions: Any) -> Any:
        if not kept:
            kept[0] = type(compiler).get_converters(compiler, expressions)
        return kept[0]

    compiler.get_converters = get_converters


def _fit(values: Mapping[str, Any]) -> bool:
    """Whether the database could hold them: no row has a number that it cannot."""
    return all(-(2**63) <= one < 2**63 for one in values.values() if type(one) is int)
