"""How people mark spans, as of the newest full measurement."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0019_lanes_of_doubt"),
        ("experts", "0009_qualification_exam"),
    ]

    operations = [
        migrations.CreateModel(
            name="SpanMeasure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("question", models.CharField(max_length=100)),
                ("measure", models.CharField(max_length=40)),
                ("run", models.BigIntegerField()),
                ("value", models.FloatField(null=True)),
                ("low", models.FloatField(null=True)),
                ("high", models.FloatField(null=True)),
                ("reason", models.CharField(blank=True, max_length=40)),
                ("texts", models.IntegerField(default=0)),
                ("seed", models.BigIntegerField(default=0)),
                (
                    "expert",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="experts.expert"
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="annotation.project",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("project", "question", "expert", "measure"),
                        name="one_span_measure_per_expert",
                    )
                ],
            },
        ),
    ]
