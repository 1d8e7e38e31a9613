"""Copy what people did to a block of items, by the database, until the project is large."""

from django.db import connection
from django.db.models import Max, Model

from annotation.models import Item


def last(model: type[Model]) -> int:
    """The greatest id."""
    return int(model._default_manager.aggregate(last=Max("pk"))["last"] or 0)


def multiply(model: type[Model], times: int, step: dict[type[Model], int], *, words: str = "") -> None:
    """Each row `times` more, its references moved along by `step`; `words` of an item's data get a number."""
    table, columns, values = model._meta.db_table, [], []
    for field in model._meta.concrete_fields:
        columns.append(f'"{field.column}"')
        own = f't."{field.column}"'
        target = model if field.primary_key else field.related_model
        if target in step:
            own = f"{own} + n.n * {step[target]}"
        elif field.name == "uid":
            own = f"substr({own}, 1, 12) || '-' || n.n"  # uids are short columns
        elif (model, field.name) in {(Item, "copy"), (Item, "offset")}:
            own = f"{own} + n.n * 1000000"
        elif words and (model, field.name) == (Item, "data"):
            own = f"replace(CAST({own} AS text), '{words}', '{words}' || n.n || ' of ')"
            own = f"CAST({own} AS json)" if connection.vendor == "postgresql" else own
        elif words and (model, field.name) == (Item, "content_hash"):
            own = f"substr({own}, 1, 56) || substr(CAST(100000000 + n.n AS text), 2)"
        values.append(own)
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < {times}) "
            f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)} FROM {table} t, n"
        )
        if connection.vendor == "postgresql":
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"
            )


def analyse() -> None:
    """Let the database know how much there is."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
