"""Database triggers that make a table append-only, for both engines. Used by migrations."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.migrations import RunPython

_FUNCTION = """
CREATE OR REPLACE FUNCTION assay_append_only() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END; $$ LANGUAGE plpgsql
"""
_FINAL_FUNCTION = """
CREATE OR REPLACE FUNCTION {table}_final() RETURNS trigger AS $$
BEGIN
  IF {condition} THEN RAISE EXCEPTION '{table} is append-only'; END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END; $$ LANGUAGE plpgsql
"""
_TRIGGER = "CREATE TRIGGER {table}_{name} BEFORE {event} ON {table} FOR EACH ROW {when} {refuse}"
_REFUSE = {
    "sqlite": "BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END",
    "postgresql": "EXECUTE FUNCTION assay_append_only()",
}


def statements(vendor: str, table: str, frozen: Sequence[str] = (), once: Sequence[str] = ()) -> list[str]:
    """The SQL for one table. `frozen` names the columns that may not change; none named means every column.

    `once` names columns that may be filled, once, from null.
    """
    columns = f"OF {', '.join(frozen)}" if frozen else ""
    wanted = [("no_delete", "DELETE", ""), ("no_update", f"UPDATE {columns}", "")]
    wanted += [
        (f"{column}_once", f"UPDATE OF {column}", f"WHEN (OLD.{column} IS NOT NULL)") for column in once
    ]
    refuse = _REFUSE[vendor].format(table=table)
    triggers = [
        _TRIGGER.format(table=table, name=name, event=event, when=when, refuse=refuse)
        for name, event, when in wanted
    ]
    return triggers if vendor == "sqlite" else [_FUNCTION, *triggers]


def append_only(table: str, frozen: Sequence[str] = (), once: Sequence[str] = ()) -> RunPython:
    """A migration step that adds the triggers; reversing it drops them."""
    names = ("no_delete", "no_update", *(f"{column}_once" for column in once))
    return _step(table, names, lambda vendor: statements(vendor, table, frozen, once))


def final_when(table: str, condition: str, frozen: Sequence[str] = ()) -> RunPython:
    """A migration step that forbids to delete, or change columns of, rows for which an SQL condition on OLD holds.

    The condition may ask other tables. `frozen` as in `statements`.
    """
    return _step(
        table, ("final_delete", "final_update"), lambda vendor: _final(vendor, table, condition, frozen)
    )


def _final(vendor: str, table: str, condition: str, frozen: Sequence[str]) -> list[str]:
    columns = f"OF {', '.join(frozen)}" if frozen else ""
    events = (("final_delete", "DELETE"), ("final_update", f"UPDATE {columns}"))
    if vendor == "sqlite":
        refuse, when = _REFUSE[vendor].format(table=table), f"WHEN ({condition})"
        return [
            _TRIGGER.format(table=table, name=name, event=event, when=when, refuse=refuse)
            for name, event in events
        ]
    # PostgreSQL allows no query in WHEN, so that the condition stands in a function of the table's own.
    refuse = f"EXECUTE FUNCTION {table}_final()"
    return [
        _FINAL_FUNCTION.format(table=table, condition=condition),
        *(
            _TRIGGER.format(table=table, name=name, event=event, when="", refuse=refuse)
            for name, event in events
        ),
    ]


def _step(table: str, names: Sequence[str], wanted: Callable[[str], list[str]]) -> RunPython:
    def add(_apps: Any, editor: Any) -> None:
        for statement in wanted(editor.connection.vendor):
            # The cursor, not `execute`: a percent sign in PL/pgSQL is no placeholder.
            with editor.connection.cursor() as cursor:
                cursor.execute(statement)

    def drop(_apps: Any, editor: Any) -> None:
        on = "" if editor.connection.vendor == "sqlite" else f" ON {table}"
        for name in names:
            editor.execute(f"DROP TRIGGER IF EXISTS {table}_{name}{on}")

    return RunPython(add, drop)
