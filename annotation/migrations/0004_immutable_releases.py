from django.db import migrations

from core.append_only import append_only, final_when

RELEASE = [  # all but `job_id`: a job may be cleaned away
    "id",
    "uid",
    "project_id",
    "number",
    "label_schema_id",
    "guideline_id",
    "agreement_run",
    "items",
    "manifest",
    "manifest_sha256",
    "requested_by_id",
    "created_at",
    "frozen_at",
    "published_at",
]
GOLD = [
    "id",
    "uid",
    "project_id",
    "item_id",
    "question",
    "value",
    "result",
    "how",
    "adjudication_id",
    "dissent",
    "settled_at",
]
PUBLISHED = (
    "OLD.shard IS NULL AND EXISTS (SELECT 1 FROM annotation_release r"
    " WHERE r.id = OLD.release_id AND r.published_at IS NOT NULL)"
)


class Migration(migrations.Migration):
    dependencies = [("annotation", "0003_append_only")]
    operations = [
        append_only("annotation_releasemember"),
        append_only("annotation_goldlabel", frozen=GOLD, once=["superseded_at"]),
        final_when("annotation_release", "OLD.published_at IS NOT NULL", frozen=RELEASE),
        final_when("annotation_releasefile", PUBLISHED),
    ]
