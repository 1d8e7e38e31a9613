"""Releases with formats, splits, a gate and a proof; gold with what its answers come to."""

from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.migrations import RunPython

import annotation.models.release_policy
from core.append_only import append_only, final_when

PUBLISHED = (
    "EXISTS (SELECT 1 FROM annotation_release r WHERE r.id = OLD.release_id AND r.published_at IS NOT NULL)"
)
_again = import_module("annotation.migrations.0004_immutable_releases")
_MORE = [
    "formats",
    "policy",
    "licence",
    "about",
    "splits",
    "scope",
    "gate",
    "root",
    "key",
    "place",
    "held_at",
    "dropped_at",
]
_TRIGGERS = [
    (
        _again.append_only("annotation_goldlabel", frozen=_again.GOLD, once=["superseded_at"]),
        append_only(
            "annotation_goldlabel",
            frozen=[*_again.GOLD, "chance", "soft", "reliabilities"],
            once=["superseded_at"],
        ),
    ),
    (_again.append_only("annotation_releasemember"), append_only("annotation_releasemember")),
    (
        final_when("annotation_release", "OLD.published_at IS NOT NULL", frozen=_again.RELEASE),
        final_when("annotation_release", "OLD.published_at IS NOT NULL", frozen=[*_again.RELEASE, *_MORE]),
    ),
    (final_when("annotation_releasefile", _again.PUBLISHED), final_when("annotation_releasefile", PUBLISHED)),
]


def _dropped(step: RunPython) -> RunPython:
    """SQLite makes tables anew for new columns and loses their triggers: they are dropped before and set after."""
    return RunPython(step.reverse_code, step.code)


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0034_items_deleted"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        *(_dropped(before) for before, _after in _TRIGGERS),
        migrations.AddField(
            model_name="goldlabel",
            name="chance",
            field=models.FloatField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="goldlabel",
            name="reliabilities",
            field=models.JSONField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="goldlabel",
            name="soft",
            field=models.JSONField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="release",
            name="about",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="release",
            name="dropped_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="release",
            name="formats",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="release",
            name="gate",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="release",
            name="held_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="release",
            name="key",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name="release",
            name="licence",
            field=models.CharField(blank=True, max_length=100),
        ),
        migrations.AddField(
            model_name="release",
            name="place",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name="release",
            name="policy",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="release",
            name="root",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name="release",
            name="scope",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name="release",
            name="splits",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="releasemember",
            name="split",
            field=models.CharField(default="train", max_length=10),
        ),
        migrations.AddField(
            model_name="releasemember",
            name="origin",
            field=models.JSONField(default=dict),
        ),
        migrations.AlterField(
            model_name="goldlabel",
            name="how",
            field=models.CharField(
                choices=[
                    ("single", "One annotation"),
                    ("unanimous", "Unanimous"),
                    ("majority", "Majority"),
                    ("stopped", "Certain enough"),
                    ("weighed", "Weighed by reliability"),
                    ("adjudicated", "Adjudicated"),
                    ("collected", "Collected"),
                    ("imported", "Imported"),
                ],
                max_length=20,
            ),
        ),
        migrations.CreateModel(
            name="ReleasePolicy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "alpha_floor",
                    models.FloatField(blank=True, null=True, verbose_name="lower bound of alpha"),
                ),
                (
                    "least_overlap",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="answers an item"),
                ),
                (
                    "disputes_settled",
                    models.BooleanField(default=True, verbose_name="every dispute settled"),
                ),
                (
                    "second_look_share",
                    models.FloatField(
                        blank=True,
                        null=True,
                        verbose_name="share of decisions looked at again",
                    ),
                ),
                (
                    "second_look_agreement",
                    models.FloatField(blank=True, null=True, verbose_name="agreement of second looks"),
                ),
                (
                    "credentials",
                    models.BooleanField(default=True, verbose_name="credentials valid when labelling"),
                ),
                (
                    "licences",
                    models.BooleanField(default=True, verbose_name="licences of all sources fit"),
                ),
                (
                    "licence",
                    models.CharField(
                        blank=True,
                        max_length=100,
                        verbose_name="licence of the release",
                    ),
                ),
                (
                    "personal",
                    models.BooleanField(default=True, verbose_name="no open personal-data finding"),
                ),
                (
                    "duplicates",
                    models.BooleanField(default=True, verbose_name="no repeats across splits"),
                ),
                (
                    "shares",
                    models.JSONField(
                        default=annotation.models.release_policy.usual_shares,
                        verbose_name="shares of the splits",
                    ),
                ),
                (
                    "split_by",
                    models.CharField(
                        choices=[
                            ("item", "Equal texts"),
                            ("group", "The document (group key)"),
                            ("source", "The source"),
                            ("party", "The parties"),
                        ],
                        default="group",
                        max_length=10,
                        verbose_name="kept together",
                    ),
                ),
                (
                    "stratify",
                    models.CharField(blank=True, max_length=100, verbose_name="spread evenly by"),
                ),
                ("seed", models.BigIntegerField(default=0, verbose_name="seed")),
                (
                    "contact",
                    models.CharField(blank=True, max_length=300, verbose_name="contact"),
                ),
                ("limits", models.TextField(blank=True, verbose_name="known limits")),
                ("use", models.TextField(blank=True, verbose_name="intended use")),
                ("changed_at", models.DateTimeField(auto_now=True)),
                (
                    "changed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "project",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="release_policy",
                        to="annotation.project",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ItemSplit",
            fields=[
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="drawn",
                        serialize=False,
                        to="annotation.item",
                    ),
                ),
                ("split", models.CharField(max_length=10)),
                ("group", models.CharField(max_length=64)),
                (
                    "project",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="annotation.project",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["project", "split", "item"], name="items_of_a_split"),
                    models.Index(fields=["project", "group"], name="split_of_a_group"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReleaseWaiver",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("check_name", models.CharField(max_length=40)),
                ("reason", models.TextField()),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "release",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="waivers",
                        to="annotation.release",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("release", "check_name"), name="one_waiver_per_check")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="releasemember",
            constraint=models.UniqueConstraint(fields=["release", "item"], name="one_member_per_item"),
        ),
        *(after for _before, after in _TRIGGERS),
        append_only("annotation_itemsplit"),
    ]
