"""A sector for what is of no profession: projects that outside scripts make belong to it until a lead says otherwise."""

from typing import Any

from django.db import migrations

from experts.well_known import load


def fill(apps: Any, editor: Any) -> None:
    load(apps.get_model("experts", "Sector"), apps.get_model("experts", "CredentialKind"))


class Migration(migrations.Migration):
    dependencies = [("experts", "0010_outcomes_seen")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
