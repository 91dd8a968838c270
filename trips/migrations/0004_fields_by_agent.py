from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('trips', '0003_carried_values'),
    ]

    operations = [
        migrations.AddField(
            model_name='tripsection',
            name='by_agent',
            field=models.JSONField(default=list),
        ),
    ]
