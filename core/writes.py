"""Writes that every answer makes: one row each, compiled once a process as `core.questions` are.

They write what `Model.save` would, send no signals (Assay has none) and check nothing that the database does not.
Within `together`, what gives nothing back is sent to PostgreSQL without waiting for its answer.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from threading import local
from typing import Any

from django.db import connections
from django.db.models import AutoField, BigAutoField, Field, Model, QuerySet
from django.db.models.sql import UpdateQuery

from core.statements import Blank, BlankParam, Statement, change, change_later, run, run_all

Columns = list["Field[Any, Any]"]
Asked = Sequence[tuple[Statement, Mapping[str, Any]]]


@contextmanager
def together() -> Iterator[None]:
    """What is sent within is waited for only where something is asked, and at the end. In a transaction.

    How many rows an update changed is not known within: nothing may be decided by it (`Change.finds` waits and knows).
    What the database refuses is raised by then; the transaction is over then, whatever is caught.
    """
    database = connections["default"]
    if database.vendor != "postgresql":
        yield
        return
    database.ensure_connection()
    with database.wrap_database_errors, database.connection.pipeline():
        yield


def insert(row: Model) -> None:
    """Write a new row and give it its key. Within a transaction it is seen by nobody else until the commit."""
    model, database = type(row), connections["default"]
    columns, statement = _insertion(model, database.vendor, "")
    ((row.pk,),) = run(statement, _values(row, columns))
    row._state.adding, row._state.db = False, "default"


def send(row: Model, after: Mapping[str, type[Model]] | None = None) -> None:
    """Write a new row and ask nothing back: it has no key afterwards unless it had one before (`new_keys`).

    `after` names columns that hold the key of the row of a model that was sent last.
    """
    columns, statement = _sending(
        type(row), connections["default"].vendor, row.pk is not None, tuple((after or {}).items())
    )
    change(statement, _values(row, columns))
    row._state.adding, row._state.db = False, "default"


def new_keys(*models: type[Model]) -> list[int]:
    """A key for one new row of each, which nobody else has; in the transaction in which they are sent."""
    return ask_and_count([], *models)[1]


def ask_and_count(asked: Asked, *models: type[Model]) -> tuple[list[list[tuple[Any, ...]]], list[int]]:
    """The rows of what is asked, one after the other, and new keys: on PostgreSQL in one round trip."""
    database = connections["default"]
    if database.vendor == "postgresql":
        *found, (keys,) = run_all([*asked, (_counting(models), {})])
        return found, [int(one) for one in keys]
    return run_all(asked), [key for model in models for key in _fresh_keys(model._meta, database, 1)]


def insert_or_touch(row: Model, key: str) -> bool:
    """The same, where no row has this `key` (a unique column). Whether it was written.

    Else that row is written over with its own key: nobody else can change it until the transaction ends.
    """
    columns, statement = _insertion(type(row), connections["default"].vendor, key)
    ((row.pk, uid),) = run(statement, _values(row, columns))
    row._state.adding, row._state.db = False, "default"
    return bool(uid == row.uid)  # type: ignore[attr-defined]


def insert_many(rows: Sequence[Model]) -> None:
    """Write new rows of one model whose keys the database counts, in their order; within a transaction.

    By COPY on PostgreSQL: as fast as rows come in there, with every constraint.
    """
    if not rows:
        return
    database = connections["default"]
    meta = rows[0]._meta
    for row, key in zip(rows, _fresh_keys(meta, database, len(rows)), strict=True):
        row.pk = key
    columns = meta.local_concrete_fields
    lines = zip(*(_column(one, rows, database) for one in columns), strict=True)
    table, names = _names(meta, columns, database)
    with database.cursor() as cursor, database.wrap_database_errors:
        if database.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for line in lines:
                    copy.write_row(line)
        else:
            blanks = ", ".join("%s" for _one in columns)
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({blanks})", list(lines))  # noqa: S608
    for row in rows:
        row._state.adding, row._state.db = False, "default"


def _fresh_keys(meta: Any, database: Any, count: int) -> Iterable[int]:
    """Numbers that no row has or had. SQLite's are nobody else's since its one writer is in this transaction."""
    with database.cursor() as cursor:
        if database.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [database.ops.quote_name(meta.db_table), meta.pk.column, count],
            )
            return [key for (key,) in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [meta.db_table])
        last = int((cursor.fetchone() or (0,))[0])
    return range(last + 1, last + 1 + count)


def _names(meta: Any, columns: Iterable["Field[Any, Any]"], database: Any) -> tuple[str, str]:
    quote = database.ops.quote_name
    return quote(meta.db_table), ", ".join(quote(str(one.column)) for one in columns)


def _values(row: Model, columns: Columns) -> dict[str, Any]:
    database = connections["default"]
    return {str(one.column): one.get_db_prep_save(one.pre_save(row, True), database) for one in columns}


def _column(field: "Field[Any, Any]", rows: Sequence[Model], database: Any) -> list[Any]:
    """The rows' values of one field as the database takes them; the same object in row after row is adapted once."""
    adapted: list[Any] = []
    last: Any = _column  # no row's value
    for row in rows:
        value = field.pre_save(row, True)
        if value is last:
            adapted.append(adapted[-1])
        else:
            adapted.append(field.get_db_prep_save(value, database))
        last = value
    return adapted


@cache
def _counting(models: tuple[type[Model], ...]) -> Statement:
    quote = connections["default"].ops.quote_name
    asked = [
        f"nextval(pg_get_serial_sequence('{quote(one._meta.db_table)}', '{one._meta.pk.column}'))"
        for one in models
    ]
    return Statement(f"SELECT {', '.join(asked)}", ())


@cache
def _sending(
    model: type[Model], vendor: str, has_key: bool, after: tuple[tuple[str, type[Model]], ...]
) -> tuple[Columns, Statement]:
    database = connections["default"]
    meta, last = model._meta, dict(after)
    made = meta.pk if isinstance(meta.pk, AutoField | BigAutoField) and not has_key else None
    given = [one for one in meta.local_concrete_fields if one is not made and one.column not in last]
    held = [one for one in meta.local_concrete_fields if one.column in last]
    table, names = _names(meta, [*given, *held], database)
    blanks = ", ".join(["%s"] * len(given) + [_last_key(last[str(one.column)], vendor) for one in held])
    return given, Statement(
        f"INSERT INTO {table} ({names}) VALUES ({blanks})",  # noqa: S608
        tuple(Blank(str(one.column)) for one in given),
    )


def _last_key(model: type[Model], vendor: str) -> str:
    if vendor != "postgresql":
        return "last_insert_rowid()"
    table = connections["default"].ops.quote_name(model._meta.db_table)
    return f"currval(pg_get_serial_sequence('{table}', '{model._meta.pk.column}'))"


@cache
def _insertion(model: type[Model], vendor: str, key: str) -> tuple[Columns, Statement]:
    database = connections["default"]
    quote = database.ops.quote_name
    meta = model._meta
    made = meta.pk if isinstance(meta.pk, AutoField | BigAutoField) else None
    columns = [one for one in meta.local_concrete_fields if one is not made]
    names = ", ".join(quote(str(one.column)) for one in columns)
    blanks = ", ".join("%s" for _one in columns)
    held = quote(key)
    over = f" ON CONFLICT ({held}) DO UPDATE SET {held} = EXCLUDED.{held}" if key else ""
    given = [quote(str(meta.pk.column)), *([quote("uid")] if key else [])]
    sql = f"INSERT INTO {quote(meta.db_table)} ({names}) VALUES ({blanks}){over} RETURNING {', '.join(given)}"  # noqa: S608
    return columns, Statement(sql, tuple(Blank(str(one.column)) for one in columns))


class Change:
    """An update that is compiled once a thread: `make` is given blanks, and gives rows and their new values."""

    def __init__(
        self,
        make: Callable[..., tuple[QuerySet[Any, Any], dict[str, Any]]],
        **blanks: "Field[Any, Any]",
    ) -> None:
        self._make, self._blanks, self._kept = make, blanks, local()

    def do(self, **values: Any) -> int:
        """How many rows it changed; -1 within `together`."""
        return change(self._compiled(), values)

    def finds(self, **values: Any) -> bool:
        """Change, and say whether there was anything to change; within `together` too."""
        statement = self._compiled()
        if getattr(self._kept, "base", None) is not statement:
            self._kept.base = statement
            self._kept.telling = Statement(f"{statement.sql} RETURNING 1", statement.params)
        return bool(run(self._kept.telling, values))

    def later(self, **values: Any) -> Callable[[], int]:
        """Change, and say how many rows it changed when `together` has ended: nothing is waited for within."""
        return change_later(self._compiled(), values)

    def _compiled(self) -> Statement:
        database = connections["default"]
        if getattr(self._kept, "connection", None) is not database:
            rows, new = self._make(**{name: BlankParam(name, kind) for name, kind in self._blanks.items()})
            query: Any = rows.query.chain(UpdateQuery)
            query.add_update_values(new)
            sql, params = query.get_compiler(connection=database).as_sql()
            self._kept.statement, self._kept.connection = Statement(sql, tuple(params)), database
        statement: Statement = self._kept.statement
        return statement
