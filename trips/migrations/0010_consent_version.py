"""Which version of the consent form a guardian agreed to, beside the day (domain field 91)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("trips", "0009_itinerary_files")]

    operations = [
        migrations.AddField(
            model_name="participant",
            name="consent_version",
            field=models.CharField(max_length=80, null=True),
        ),
    ]
