"""Database triggers that make a table append-only, for both engines. Used by migrations."""

from collections.abc import Sequence
from typing import Any

from django.db.migrations import RunPython

_SQLITE = """
CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;
CREATE TRIGGER {table}_no_update BEFORE UPDATE {columns} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;
"""
_POSTGRES = """
CREATE OR REPLACE FUNCTION assay_append_only() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END; $$ LANGUAGE plpgsql;
CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION assay_append_only();
CREATE TRIGGER {table}_no_update BEFORE UPDATE {columns} ON {table} FOR EACH ROW EXECUTE FUNCTION assay_append_only();
"""


def statements(vendor: str, table: str, frozen: Sequence[str] = ()) -> list[str]:
    """The SQL for one table. `frozen` names the columns that may not change; none named means every column."""
    columns = f"OF {', '.join(frozen)}" if frozen else ""
    template = _SQLITE if vendor == "sqlite" else _POSTGRES
    text = template.format(table=table, columns=columns)
    starts = ("CREATE TRIGGER", "CREATE OR REPLACE")
    parts: list[str] = []
    for line in text.strip().splitlines():
        if line.startswith(starts):
            parts.append(line)
        else:
            parts[-1] += "\n" + line
    return parts


def append_only(table: str, frozen: Sequence[str] = ()) -> RunPython:
    """A migration step that adds the triggers; reversing it drops them."""

    def add(_apps: Any, editor: Any) -> None:
        for statement in statements(editor.connection.vendor, table, frozen):
            # The cursor, not `execute`: a percent sign in PL/pgSQL is no placeholder.
            with editor.connection.cursor() as cursor:
                cursor.execute(statement)

    def drop(_apps: Any, editor: Any) -> None:
        on = "" if editor.connection.vendor == "sqlite" else f" ON {table}"
        for verb in ("delete", "update"):
            editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}{on}")

    return RunPython(add, drop)
