"""An assignment can be taken back by a lead; the lists of who holds what and of one's own answers have an index."""

from django.db import migrations, models

OUTCOMES = [
    ("submitted", "Submitted"),
    ("skipped", "Skipped"),
    ("expired", "Ran out"),
    ("returned", "Given back"),
    ("withdrawn", "Taken back by a lead"),
]


class Migration(migrations.Migration):
    dependencies = [("annotation", "0009_widened")]

    operations = [
        migrations.AlterField(
            model_name="assignment",
            name="outcome",
            field=models.CharField(blank=True, choices=OUTCOMES, max_length=10),
        ),
        migrations.AddIndex(
            model_name="annotation",
            index=models.Index(fields=["expert", "-id"], name="annotation_by_expert"),
        ),
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(
                condition=models.Q(("outcome", "")), fields=["project", "-id"], name="assignment_open"
            ),
        ),
    ]
