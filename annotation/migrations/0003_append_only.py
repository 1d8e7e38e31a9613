from django.db import migrations

from core.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("annotation", "0002_initial")]
    operations = [append_only("annotation_annotationversion"), append_only("annotation_adjudication")]
