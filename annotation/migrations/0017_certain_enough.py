"""A posterior that reckons with hard items says 0.85 where the one before said 0.95: the default follows it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annotation", "0016_items_by_state")]

    operations = [
        migrations.AlterField(
            model_name="project",
            name="stop_at",
            field=models.FloatField(default=0.85, verbose_name="certain enough at"),
        ),
    ]
