"""JSON as it came: its keys keep their order."""

import json
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import models
from psycopg.types.json import Json

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper


class VerbatimJSONField(models.JSONField):
    """JSON whose objects keep the order of their keys: PostgreSQL's `jsonb` sorts them, its `json` does not.

    `json` has no equality: no DISTINCT and no lookups by value; keys of it can be read.
    """

    def db_type(self, connection: "BaseDatabaseWrapper") -> str | None:
        return "json" if connection.vendor == "postgresql" else super().db_type(connection)

    def get_db_prep_value(self, value: Any, connection: "BaseDatabaseWrapper", prepared: bool = False) -> Any:
        """The driver's `json` where that is the column: going through `jsonb` would sort the keys."""
        if connection.vendor != "postgresql":
            return super().get_db_prep_value(value, connection, prepared)
        given = value if prepared else self.get_prep_value(value)
        return Json(given, dumps=partial(json.dumps, ensure_ascii=False))

    def select_format(self, compiler: Any, sql: str, params: Any) -> tuple[str, Any]:
        """As text, which is what the field reads: the driver would decode `json` by itself."""
        if compiler.connection.vendor == "postgresql":
            sql = f"({sql})::text"
        return super().select_format(compiler, sql, params)
