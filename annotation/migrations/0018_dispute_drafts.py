"""A decision that is being written is kept."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0017_certain_enough"),
        ("experts", "0009_qualification_exam"),
    ]

    operations = [
        migrations.CreateModel(
            name="DisputeDraft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=0)),
                ("result", models.JSONField(default=list)),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("answer", "An answer"),
                            ("bad_item", "The item is bad"),
                            ("hold", "The guideline is unclear"),
                        ],
                        default="answer",
                        max_length=10,
                    ),
                ),
                ("rationale", models.TextField(blank=True)),
                ("clause", models.CharField(blank=True, max_length=60)),
                ("unclear", models.TextField(blank=True)),
                ("cites", models.JSONField(default=list)),
                ("saved_at", models.DateTimeField()),
                (
                    "dispute",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="drafts",
                        to="annotation.dispute",
                    ),
                ),
                (
                    "expert",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="dispute_drafts",
                        to="experts.expert",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("dispute", "expert"), name="one_draft_each")],
            },
        ),
    ]
