"""Say whose each conflict key is, and put the country beside each part of one that somebody practises in."""

from typing import Any

from django.db import migrations
from django.db.models import OuterRef, Subquery


def fill(apps: Any, editor: Any) -> None:
    key, conflict = apps.get_model("experts", "ConflictKey"), apps.get_model("experts", "Conflict")
    owner = conflict.objects.filter(pk=OuterRef("conflict")).values("expert")[:1]
    key.objects.update(expert=Subquery(owner))
    word = apps.get_model("experts", "ProfileWord")
    parts = word.objects.filter(kind="jurisdiction", word__contains="-")
    countries = [
        word(expert_id=expert, kind="jurisdiction", word=code.split("-")[0])
        for expert, code in parts.values_list("expert", "word")
    ]
    word.objects.bulk_create(countries, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("experts", "0006_routing")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
