"""Of each project the newest run's figures count; every item that was answered waits to be folded."""

from typing import Any

from django.db import migrations
from django.db.models import F, Max, OuterRef, Subquery


def forwards(apps: Any, schema_editor: Any) -> None:
    agreement, item, unfolded, annotation = (
        apps.get_model("annotation", name) for name in ("Agreement", "Item", "Unfolded", "Annotation")
    )
    newest = agreement.objects.filter(project=OuterRef("project")).order_by().values("project")
    newest = newest.annotate(top=Max("run")).values("top")
    older = agreement.objects.annotate(top=Subquery(newest)).filter(run__lt=F("top"))
    agreement.objects.filter(pk__in=older.values("pk")).update(current=False)
    answered = item.objects.filter(pk__in=annotation.objects.values("item"))
    rows = answered.order_by("pk").values_list("project_id", "pk").iterator(chunk_size=5000)
    block: list[Any] = []
    for project, pk in rows:
        block.append(unfolded(project_id=project, item_id=pk))
        if len(block) == 5000:
            unfolded.objects.bulk_create(block)
            block = []
    unfolded.objects.bulk_create(block)


class Migration(migrations.Migration):
    dependencies = [("annotation", "0012_folding")]
    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
