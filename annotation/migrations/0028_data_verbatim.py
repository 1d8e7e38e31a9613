"""PostgreSQL keeps an item's data as it came, its keys in their order; other databases did so before."""

from typing import Any

from django.db import migrations

import core.verbatim


def _retype(to: str) -> Any:
    def run(apps: Any, editor: Any) -> None:
        if editor.connection.vendor == "postgresql":
            editor.execute(f"ALTER TABLE annotation_item ALTER COLUMN data TYPE {to} USING data::{to}")

    return run


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0027_dismissed_suggestions"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(_retype("json"), _retype("jsonb"))],
            state_operations=[
                migrations.AlterField(
                    model_name="item",
                    name="data",
                    field=core.verbatim.VerbatimJSONField(),
                ),
            ],
        ),
    ]
