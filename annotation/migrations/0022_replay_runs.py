"""A replay is a run too, so that it can be done again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annotation", "0021_full_runs")]

    operations = [
        migrations.AlterField(
            model_name="measurerun",
            name="kind",
            field=models.CharField(
                choices=[
                    ("fold", "Kept while answers arrive"),
                    ("full", "Computed anew from all answers"),
                    ("truth", "Truth and reliability"),
                    ("replay", "What other ways of asking would have cost"),
                ],
                max_length=10,
            ),
        ),
    ]
