"""The last full measurement of a project is found without reading the runs of folding."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("annotation", "0020_people_who_mark")]

    operations = [
        migrations.AddIndex(
            model_name="measurerun",
            index=models.Index(fields=["project", "-number"], condition=Q(kind="full"), name="full_runs"),
        ),
    ]
