"""Disputes in order of what settling them is worth, in several turns; appeals, doubts, precedents, second looks.

The column of decisions is null without a default: SQLite adds it without making the table anew, so that its triggers
stay.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import core.ids
from core.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0013_fold_what_there_is"),
        ("experts", "0009_qualification_exam"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Appeal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "uid",
                    models.CharField(default=core.ids.new_uid, editable=False, max_length=20, unique=True),
                ),
                ("reason", models.TextField()),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Citation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="GuidelineDoubt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "uid",
                    models.CharField(default=core.ids.new_uid, editable=False, max_length=20, unique=True),
                ),
                ("clause", models.CharField(blank=True, max_length=60)),
                ("note", models.TextField()),
                ("raised_at", models.DateTimeField()),
                ("answer", models.TextField(blank=True)),
                ("resumed_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Precedent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("labels", models.JSONField(default=list)),
                ("signature", models.JSONField(default=list)),
                ("overruled", models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name="PrecedentKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.BigIntegerField()),
                ("kind", models.PositiveSmallIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="SecondLookFigure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("run", models.BigIntegerField()),
                ("question", models.CharField(blank=True, max_length=100)),
                ("pairs", models.PositiveIntegerField()),
                ("same", models.PositiveIntegerField()),
                ("low", models.FloatField()),
                ("high", models.FloatField()),
                ("kappa", models.FloatField(null=True)),
                ("kappa_low", models.FloatField(null=True)),
                ("kappa_high", models.FloatField(null=True)),
                ("reason", models.CharField(blank=True, max_length=40)),
                ("seed", models.BigIntegerField()),
                ("inputs_hash", models.CharField(max_length=64)),
                ("code_version", models.CharField(max_length=40)),
                ("computed_at", models.DateTimeField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="dispute",
            name="one_dispute_per_question",
        ),
        migrations.AddField(
            model_name="adjudication",
            name="outcome",
            field=models.CharField(
                choices=[("answer", "An answer"), ("bad_item", "The item is bad")], max_length=20, null=True
            ),
        ),
        migrations.AddField(
            model_name="dispute",
            name="closed_with",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="also_closed",
                to="annotation.adjudication",
            ),
        ),
        migrations.AddField(
            model_name="dispute",
            name="gain",
            field=models.FloatField(default=0),
        ),
        migrations.AddField(
            model_name="dispute",
            name="held_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="dispute",
            name="of",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="turns",
                to="annotation.dispute",
            ),
        ),
        migrations.AddField(
            model_name="dispute",
            name="review",
            field=models.CharField(
                blank=True,
                choices=[("kept", "The first decision stays"), ("adopted", "The second look holds")],
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="dispute",
            name="reviewed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="dispute",
            name="reviewed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="dispute",
            name="tally",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="dispute",
            name="turn",
            field=models.CharField(
                choices=[("first", "First decision"), ("appeal", "Appeal"), ("second_look", "Second look")],
                default="first",
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="dispute",
            name="uncertainty",
            field=models.FloatField(default=0),
        ),
        migrations.AddField(
            model_name="item",
            name="bad_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="project",
            name="appeal_days",
            field=models.PositiveSmallIntegerField(default=14, verbose_name="days to appeal"),
        ),
        migrations.AddField(
            model_name="project",
            name="question_weights",
            field=models.JSONField(blank=True, default=dict, verbose_name="weights of the questions"),
        ),
        migrations.AddField(
            model_name="project",
            name="second_look_share",
            field=models.FloatField(default=0, verbose_name="share of decisions looked at again"),
        ),
        migrations.AddIndex(
            model_name="dispute",
            index=models.Index(
                models.F("project"),
                models.OrderBy(models.F("gain"), descending=True),
                models.F("id"),
                condition=models.Q(("closed_at", None), ("held_at", None)),
                name="dispute_by_gain",
            ),
        ),
        migrations.AddIndex(
            model_name="dispute",
            index=models.Index(
                condition=models.Q(("closed_at__isnull", False), ("turn", "second_look")),
                fields=["project", "id"],
                name="dispute_looked_at_again",
            ),
        ),
        migrations.AddConstraint(
            model_name="dispute",
            constraint=models.UniqueConstraint(
                fields=("item", "question", "round", "turn"), name="one_dispute_per_question"
            ),
        ),
        migrations.AddField(
            model_name="appeal",
            name="annotation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="appeals",
                to="annotation.annotation",
            ),
        ),
        migrations.AddField(
            model_name="appeal",
            name="dispute",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="appeals", to="annotation.dispute"
            ),
        ),
        migrations.AddField(
            model_name="appeal",
            name="expert",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="appeals", to="experts.expert"
            ),
        ),
        migrations.AddField(
            model_name="appeal",
            name="turn",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="reasons", to="annotation.dispute"
            ),
        ),
        migrations.AddField(
            model_name="citation",
            name="adjudication",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="citations",
                to="annotation.adjudication",
            ),
        ),
        migrations.AddField(
            model_name="citation",
            name="cited",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="cited_by",
                to="annotation.adjudication",
            ),
        ),
        migrations.AddField(
            model_name="guidelinedoubt",
            name="adjudication",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="doubts",
                to="annotation.adjudication",
            ),
        ),
        migrations.AddField(
            model_name="guidelinedoubt",
            name="dispute",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="doubts", to="annotation.dispute"
            ),
        ),
        migrations.AddField(
            model_name="guidelinedoubt",
            name="guideline",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="annotation.guideline"
            ),
        ),
        migrations.AddField(
            model_name="guidelinedoubt",
            name="project",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="doubts", to="annotation.project"
            ),
        ),
        migrations.AddField(
            model_name="guidelinedoubt",
            name="raised_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="experts.expert"
            ),
        ),
        migrations.AddField(
            model_name="guidelinedoubt",
            name="resumed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="precedent",
            name="adjudication",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="precedent",
                to="annotation.adjudication",
            ),
        ),
        migrations.AddField(
            model_name="precedentkey",
            name="adjudication",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="keys",
                to="annotation.adjudication",
            ),
        ),
        migrations.AddField(
            model_name="secondlookfigure",
            name="adjudicator",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="experts.expert"
            ),
        ),
        migrations.AddField(
            model_name="secondlookfigure",
            name="project",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="second_look_figures",
                to="annotation.project",
            ),
        ),
        migrations.AddConstraint(
            model_name="appeal",
            constraint=models.UniqueConstraint(fields=("dispute", "expert"), name="one_appeal_each"),
        ),
        migrations.AddConstraint(
            model_name="citation",
            constraint=models.UniqueConstraint(fields=("adjudication", "cited"), name="cited_once"),
        ),
        migrations.AddConstraint(
            model_name="citation",
            constraint=models.CheckConstraint(
                condition=models.Q(("adjudication", models.F("cited")), _negated=True),
                name="no_decision_cites_itself",
            ),
        ),
        migrations.AddIndex(
            model_name="guidelinedoubt",
            index=models.Index(fields=["project", "-id"], name="doubt_by_project"),
        ),
        migrations.AddConstraint(
            model_name="guidelinedoubt",
            constraint=models.UniqueConstraint(
                condition=models.Q(("adjudication", None), ("resumed_at", None)),
                fields=("dispute",),
                name="held_once",
            ),
        ),
        migrations.AddIndex(
            model_name="precedentkey",
            index=models.Index(fields=["key", "-adjudication"], name="precedent_by_key"),
        ),
        migrations.AddConstraint(
            model_name="precedentkey",
            constraint=models.UniqueConstraint(
                fields=("adjudication", "kind", "key"), name="a_key_once_a_decision"
            ),
        ),
        migrations.AddConstraint(
            model_name="secondlookfigure",
            constraint=models.UniqueConstraint(
                fields=("project", "run", "adjudicator", "question"), name="one_second_look_figure"
            ),
        ),
        append_only("annotation_appeal"),
        append_only("annotation_citation"),
    ]
