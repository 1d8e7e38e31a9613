from django.db import migrations

from experts.numbers import claim
from experts.well_known import load


def fill(apps, schema_editor):
    load(apps.get_model("experts", "Sector"), apps.get_model("experts", "CredentialKind"))
    credentials = apps.get_model("experts", "Credential").objects
    for credential in credentials.only("pk", "issuer", "number").iterator():
        credentials.filter(pk=credential.pk).update(claim=claim(credential.issuer, credential.number))
    words = apps.get_model("experts", "ProfileWord").objects
    for expert in apps.get_model("experts", "Expert").objects.iterator():
        found = {("speciality", str(word).casefold()[:200]) for word in expert.specialities}
        found |= {("language", str(one["code"])) for one in expert.languages if one.get("code")}
        found |= {("jurisdiction", str(word)[:200]) for word in expert.jurisdictions}
        for kind, word in sorted(found):
            words.get_or_create(expert_id=expert.pk, kind=kind, word=word)


class Migration(migrations.Migration):
    dependencies = [("experts", "0003_people_and_evidence")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
