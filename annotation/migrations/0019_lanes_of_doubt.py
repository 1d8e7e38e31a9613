"""An item in doubt says how reliable the next person should be."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annotation", "0018_dispute_drafts")]

    operations = [
        migrations.AddField(
            model_name="lane",
            name="wants",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
    ]
