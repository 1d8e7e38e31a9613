"""Statements that the ORM builds once and that are filled in many times: building one costs more than running it."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from string import Formatter
from typing import Any

from django.db import connection
from django.db.models import Expression, Field, QuerySet
from django.db.models.expressions import RawSQL
from psycopg import RawCursor
from psycopg.pq import TransactionStatus
from psycopg.sql import Literal
from psycopg.types.numeric import Int8


@dataclass(frozen=True)
class Blank:
    """Stands among the parameters of a statement where a value is filled in later."""

    name: str


class BlankParam(Expression):
    """The expression that leaves a Blank."""

    def __init__(self, name: str, output_field: "Field[Any, Any]") -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return "%s", (Blank(self.name),)


@dataclass(frozen=True)
class Statement:
    """SQL with `%s` for each of `params`, some of which are blanks."""

    sql: str
    params: tuple[Any, ...]

    def fill(self, values: Mapping[str, Any]) -> list[Any]:
        """The parameters with every blank filled in."""
        return [values[one.name] if isinstance(one, Blank) else one for one in self.params]

    @cached_property
    def numbered(self) -> tuple[str, list[str]]:
        """For PostgreSQL: the SQL with what never changes written into it and `$1` … for the blanks, in this order.

        So the server knows the constants when it plans, and a blank that stands in many places is sent once.
        """
        names: list[str] = []
        pieces = self.sql.split("%s")
        text = pieces[0]
        for param, piece in zip(self.params, pieces[1:], strict=True):
            if isinstance(param, Blank):
                names += [] if param.name in names else [param.name]
                text += f"${names.index(param.name) + 1}"
            else:
                text += Literal(param).as_string(connection.connection)
            text += piece
        return text, names


def compiled(rows: "QuerySet[Any, Any]") -> Statement:
    """The statement of a queryset."""
    sql, params = rows.query.get_compiler(connection=connection).as_sql()
    return Statement(sql, tuple(params))


def assembled(template: str, parts: Mapping[str, Statement]) -> Statement:
    """One statement of a template: `{name}` stands for the part of that name, or else for a blank."""
    sql = ""
    params: list[Any] = []
    for text, name, _spec, _conversion in Formatter().parse(template):
        sql += text
        if name is None:
            continue
        part = parts.get(name, Statement("%s", (Blank(name),)))
        sql += part.sql
        params += part.params
    return Statement(sql, tuple(params))


def outside(name: str) -> RawSQL:
    """A column of the statement that a compiled one is put into."""
    return RawSQL(name, [])  # noqa: S611 (a name of this package, nothing that anybody sent)


def run(statement: Statement, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Its rows. On PostgreSQL a prepared statement: planning these costs several times what running them does."""
    return list(_executed(statement, values, lambda cursor: cursor.fetchall()))


def change(statement: Statement, values: Mapping[str, Any]) -> int:
    """Run a statement that gives no rows; how many it changed."""
    return int(_executed(statement, values, lambda cursor: cursor.rowcount))


def change_later(statement: Statement, values: Mapping[str, Any]) -> Callable[[], int]:
    """The same, and ask afterwards how many it changed: where statements are sent together, when they are done."""
    if connection.vendor != "postgresql":
        count = change(statement, values)
        return lambda: count
    connection.ensure_connection()
    begun = time.monotonic()
    with connection.wrap_database_errors:
        cursor = RawCursor(connection.connection)
        _log(_send(cursor, statement, values), begun)
    return lambda: cursor.rowcount


def _executed(statement: Statement, values: Mapping[str, Any], take: Callable[[Any], Any]) -> Any:
    if connection.vendor != "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(statement.sql, [_adapted(one) for one in statement.fill(values)])
            return take(cursor)
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    begun = time.monotonic()
    with RawCursor(connection.connection) as prepared, connection.wrap_database_errors:
        begins = connection.connection.info.transaction_status == TransactionStatus.IDLE
        if begins and not connection.connection.autocommit:
            with connection.connection.pipeline():  # BEGIN and the first statement in one round trip
                sql = _send(prepared, statement, values)
        else:
            sql = _send(prepared, statement, values)
        found = take(prepared)
    _log(sql, begun)
    return found


def run_all(asked: Sequence[tuple[Statement, Mapping[str, Any]]]) -> list[list[tuple[Any, ...]]]:
    """The rows of each, which know nothing of one another: on PostgreSQL in one round trip."""
    if connection.vendor != "postgresql" or len(asked) < 2:
        return [run(statement, values) for statement, values in asked]
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    begun = time.monotonic()
    with connection.wrap_database_errors:
        cursors = [RawCursor(connection.connection) for _one in asked]
        with connection.connection.pipeline():
            sent = [_send(cursor, *one) for cursor, one in zip(cursors, asked, strict=True)]
        found = [cursor.fetchall() for cursor in cursors]
    for sql in sent:
        _log(sql, begun)
    return found


def _send(cursor: "RawCursor[Any]", statement: Statement, values: Mapping[str, Any]) -> str:
    sql, names = statement.numbered
    cursor.execute(sql, [_wide(values[name]) for name in names], prepare=True)
    return sql


def _log(sql: str, begun: float) -> None:
    """Note a statement for whoever counts them: it went past the cursor that notes the others."""
    if connection.queries_logged:
        connection.queries_log.append({"sql": sql, "time": f"{time.monotonic() - begun:.3f}"})


def _adapted(value: Any) -> Any:
    """As SQLite's driver takes it."""
    if type(value) is datetime:
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if type(value) is date else value


def _wide(value: Any) -> Any:
    """Numbers in their widest type: a statement is prepared once for each combination of types."""
    if type(value) is int:
        return Int8(value)
    if isinstance(value, list) and value and type(value[0]) is int:
        return [Int8(one) for one in value]
    return value


def as_time(value: datetime | str) -> datetime:
    """A moment as a statement gave it: SQLite knows no zones and means UTC."""
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def as_day(value: date | str | None) -> date | None:
    """A day as a statement gave it."""
    return date.fromisoformat(value) if isinstance(value, str) else value
