"""Outside scripts: what their API keeps beside an answer, items with numbers and an end, projects open to members."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import core.verbatim

_NUMBER = """
UPDATE annotation_item SET number = counted.number
FROM (SELECT id, row_number() OVER (PARTITION BY project_id ORDER BY id) AS number FROM annotation_item) counted
WHERE annotation_item.id = counted.id
"""
_LAST = """
INSERT INTO annotation_numbering (project_id, last) SELECT project_id, max(number) FROM annotation_item GROUP BY project_id
"""


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0028_data_verbatim"),
        ("experts", "0011_a_sector_for_everything_else"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Numbering",
            fields=[
                (
                    "project",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="annotation.project",
                    ),
                ),
                ("last", models.BigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="StudioAnswer",
            fields=[
                (
                    "assignment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="studio",
                        serialize=False,
                        to="annotation.assignment",
                    ),
                ),
                ("result", core.verbatim.VerbatimJSONField(default=list)),
                ("cancelled", models.BooleanField(default=False)),
                ("ground_truth", models.BooleanField(default=False)),
                ("lead_time", models.FloatField(null=True)),
                ("unique_id", models.UUIDField()),
                ("import_id", models.BigIntegerField(null=True)),
                ("last_action", models.CharField(blank=True, max_length=20)),
                ("parent_prediction", models.BigIntegerField(null=True)),
                ("parent_annotation", models.BigIntegerField(null=True)),
                ("unread", models.PositiveIntegerField(default=0)),
                ("created_at", models.DateTimeField()),
                ("updated_at", models.DateTimeField()),
                ("more", models.JSONField(default=dict)),
            ],
        ),
        migrations.CreateModel(
            name="StudioProject",
            fields=[
                (
                    "project",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="studio",
                        serialize=False,
                        to="annotation.project",
                    ),
                ),
                ("options", models.JSONField(default=dict)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="annotation",
            name="an_expert_answers_once_a_round",
        ),
        migrations.RemoveConstraint(
            model_name="assignment",
            name="an_expert_gets_an_item_once_a_round",
        ),
        migrations.RemoveIndex(
            model_name="item",
            name="item_by_project",
        ),
        migrations.RemoveIndex(
            model_name="item",
            name="item_by_state",
        ),
        migrations.AddField(
            model_name="annotation",
            name="aside",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="assignment",
            name="aside",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="draft",
            name="brought",
            field=core.verbatim.VerbatimJSONField(null=True),
        ),
        migrations.AddField(
            model_name="item",
            name="changed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="item",
            name="changed_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="item",
            name="deleted_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="item",
            name="number",
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="prediction",
            name="brought",
            field=core.verbatim.VerbatimJSONField(null=True),
        ),
        migrations.AddField(
            model_name="project",
            name="bar_authors",
            field=models.BooleanField(default=True, verbose_name="bar who brought it in"),
        ),
        migrations.AddField(
            model_name="project",
            name="deleted_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="project",
            name="open_to_members",
            field=models.BooleanField(default=False, verbose_name="open to all members"),
        ),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(
                condition=models.Q(("deleted_at", None)), fields=["project", "id"], name="item_by_project"
            ),
        ),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(
                condition=models.Q(("deleted_at", None)),
                fields=[
                    "project",
                    "control",
                    "settled_at",
                    "agreed_at",
                    "labelled_at",
                    "blocked",
                    "routed_at",
                    "id",
                ],
                name="item_by_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="annotation",
            constraint=models.UniqueConstraint(
                fields=("item", "expert", "round", "aside"), name="an_expert_answers_once_a_round"
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.UniqueConstraint(
                fields=("item", "expert", "round", "aside"), name="an_expert_gets_an_item_once_a_round"
            ),
        ),
        migrations.AddField(
            model_name="studioanswer",
            name="item",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="annotation.item"
            ),
        ),
        migrations.AddField(
            model_name="studioanswer",
            name="updated_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="studioproject",
            name="created_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RunSQL([_NUMBER, _LAST], migrations.RunSQL.noop),
    ]
