"""Have the disputes and decisions that there are weighed and indexed, by a job of each project."""

from typing import Any

from django.db import migrations
from django.utils import timezone


def ask(apps: Any, _schema_editor: Any) -> None:
    dispute, job = apps.get_model("annotation", "Dispute"), apps.get_model("core", "Job")
    projects = dispute.objects.order_by().values_list("project", "project__organisation").distinct()
    now = timezone.now()
    job.objects.bulk_create(
        job(
            kind="weigh_disputes",
            args={"project": project},
            due_at=now,
            ring_at=now,
            project_id=project,
            organisation_id=organisation,
        )
        for project, organisation in projects
    )


class Migration(migrations.Migration):
    dependencies = [("annotation", "0014_disputes_grown_up"), ("core", "0001_initial")]
    operations = [migrations.RunPython(ask, migrations.RunPython.noop)]
