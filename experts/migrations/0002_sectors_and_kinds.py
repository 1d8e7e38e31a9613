from django.db import migrations

from experts.well_known import load


def fill(apps, schema_editor):
    load(apps.get_model("experts", "Sector"), apps.get_model("experts", "CredentialKind"))


class Migration(migrations.Migration):
    dependencies = [("experts", "0001_initial")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
