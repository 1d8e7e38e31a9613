import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("experts", "0007_fill_keys")]
    operations = [
        migrations.AlterField(
            model_name="conflictkey",
            name="expert",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="experts.expert"
            ),
        ),
    ]
