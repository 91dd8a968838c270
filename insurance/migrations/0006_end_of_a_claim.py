import portal.tenancy.steps
from django.db import migrations, models
from django.db.models import Q

SEALED = (
    'cause', 'place', 'happened_on', 'first_visit', 'cover_ends', 'time', 'spot', 'reason', 'symptoms', 'hospital',
    'reference', 'closing',
)


class Migration(migrations.Migration):

    dependencies = [
        ('insurance', '0005_claim_days_of_a_contract'),
    ]

    operations = [
        migrations.AddField(
            model_name='claim',
            name='erased_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='claim',
            name='prolonged_until',
            field=models.DateField(null=True),
        ),
        migrations.AlterField(
            model_name='claim',
            name='participant',
            field=models.CharField(blank=True, max_length=24),
        ),
        portal.tenancy.steps.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(
                condition=Q(erased_at=None)
                | Q(closed_on__isnull=False, participant='', **{f'{column}__isnull': True for column in SEALED}),
                name='insurance_claim_erased_is_gone',
            ),
        ),
        portal.tenancy.steps.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(
                condition=Q(prolonged_until=None) | Q(closed_on__isnull=False), name='insurance_claim_open_is_kept'
            ),
        ),
    ]
