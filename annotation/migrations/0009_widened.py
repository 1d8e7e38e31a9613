from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0008_items_have_lanes"),
    ]

    operations = [
        migrations.AddField(
            model_name="item",
            name="widened",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name="goldlabel",
            name="how",
            field=models.CharField(
                choices=[
                    ("single", "One annotation"),
                    ("unanimous", "Unanimous"),
                    ("majority", "Majority"),
                    ("weighed", "Weighed by reliability"),
                    ("adjudicated", "Adjudicated"),
                    ("collected", "Collected"),
                ],
                max_length=20,
            ),
        ),
    ]
