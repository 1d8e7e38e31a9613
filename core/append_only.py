"""Database triggers that make a table append-only, for both engines. Used by migrations."""

from collections.abc import Sequence
from typing import Any

from django.db.migrations import RunPython

_FUNCTION = """
CREATE OR REPLACE FUNCTION assay_append_only() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END; $$ LANGUAGE plpgsql
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

    def add(_apps: Any, editor: Any) -> None:
        for statement in statements(editor.connection.vendor, table, frozen, once):
            # The cursor, not `execute`: a percent sign in PL/pgSQL is no placeholder.
            with editor.connection.cursor() as cursor:
                cursor.execute(statement)

    def drop(_apps: Any, editor: Any) -> None:
        on = "" if editor.connection.vendor == "sqlite" else f" ON {table}"
        for name in ("no_delete", "no_update", *(f"{column}_once" for column in once)):
            editor.execute(f"DROP TRIGGER IF EXISTS {table}_{name}{on}")

    return RunPython(add, drop)
