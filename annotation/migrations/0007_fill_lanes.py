"""Put every item into the lane of its language and priority, in the order in which it came."""

import hashlib
import json
from typing import Any

from django.db import migrations
from django.db.models import F, Max

from core.ids import new_uid

EMPTY = {
    "kind": "",
    "speciality": "",
    "jurisdiction": "",
    "room": "",
    "tier": "",
    "due_on": None,
    "again": False,
}


def digest(signature: dict[str, Any]) -> str:
    """As `Signature.digest` was when this was written."""
    text = json.dumps(signature, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def fill(apps: Any, editor: Any) -> None:
    item, lane = apps.get_model("annotation", "Item"), apps.get_model("annotation", "Lane")
    asked = item.objects.order_by().values_list("project", "language", "priority").distinct()
    for project, language, priority in list(asked):
        signature = {**EMPTY, "language": language, "priority": priority}
        made = lane.objects.create(
            uid=new_uid(),
            project_id=project,
            digest=digest(signature),
            **signature,
        )
        mine = item.objects.filter(project=project, language=language, priority=priority)
        # Ids are in the order of arrival: they serve as positions.
        mine.update(lane=made, position=F("id"))
        last = mine.aggregate(last=Max("id"))["last"] or 0
        lane.objects.filter(pk=made.pk).update(next_position=last + 1)


class Migration(migrations.Migration):
    dependencies = [("annotation", "0006_routing")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
