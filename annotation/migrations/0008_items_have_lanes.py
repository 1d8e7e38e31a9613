import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annotation", "0007_fill_lanes")]
    operations = [
        migrations.RemoveField(model_name="item", name="priority"),
        migrations.AlterField(
            model_name="item",
            name="lane",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="items", to="annotation.lane"
            ),
        ),
    ]
