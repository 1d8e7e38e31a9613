from django.db import migrations

from core.append_only import append_only

FROZEN = [
    "id",
    "at",
    "actor_id",
    "action",
    "object_kind",
    "object_uid",
    "organisation_id",
    "project_id",
    "changes",
]


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    operations = [append_only("core_auditevent", frozen=FROZEN, once=["sealed_batch"])]
