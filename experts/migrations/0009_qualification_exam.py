from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("experts", "0008_keys_have_experts")]
    operations = [
        migrations.AddField(
            model_name="qualification",
            name="exam_id",
            field=models.BigIntegerField(blank=True, null=True),
        ),
    ]
