from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('insurance', '0004_claims_and_papers'),
    ]

    operations = [
        migrations.AddField(
            model_name='policy',
            name='claim_cost_days',
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='policy',
            name='claim_days_source',
            field=models.CharField(max_length=200, null=True),
        ),
        migrations.AddField(
            model_name='policy',
            name='claim_notice_days',
            field=models.PositiveIntegerField(null=True),
        ),
    ]
