import django.db.models.deletion
import portal.kit.ids
import portal.tenancy.rls
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('mofa_requests', '0006_saved_views'),
        ('tenancy', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='mofarequest',
            name='correction_due_on',
            field=models.DateField(null=True),
        ),
        migrations.CreateModel(
            name='Condition',
            fields=[
                ('id', models.UUIDField(default=portal.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('text', models.TextField()),
                ('due_on', models.DateField()),
                ('met_at', models.DateTimeField(null=True)),
                ('met_note', models.TextField(blank=True)),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='conditions', to='mofa_requests.decision')),
                ('endorser_org', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.org')),
                ('forwarder_org', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.org')),
                ('met_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='mofa_requests.mofarequest')),
                ('school', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.org')),
            ],
            options={
                'ordering': ('due_on', 'id'),
                'indexes': [models.Index(condition=models.Q(('met_at', None)), fields=['forwarder_org', 'due_on'], name='mofa_condition_open')],
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='mofa_condition_says_something'), models.CheckConstraint(condition=models.Q(models.Q(('met_at', None), ('met_by', None), ('met_note', '')), models.Q(('met_at__isnull', False), ('met_by__isnull', False), models.Q(('met_note', ''), _negated=True)), _connector='OR'), name='mofa_condition_met_is_signed'), portal.tenancy.rls.SameTenant(columns=('school_id',), name='mofa_requests_condition_same_school', to='mofa_requests.MofaRequest', via='request_id'), portal.tenancy.rls.SameTenant(columns=('endorser_org_id',), name='mofa_requests_condition_same_endorser', to='mofa_requests.MofaRequest', via='request_id'), portal.tenancy.rls.SameTenant(columns=('forwarder_org_id',), name='mofa_requests_condition_same_forwarder', to='mofa_requests.MofaRequest', via='request_id'), portal.tenancy.rls.TenantIsolation(name='mofa_requests_condition_rls', rules=(('school', 'school_id', 'select'), ('endorser', "when:endorser_org_id = nullif(current_setting('app.org', true), '')::uuid OR forwarder_org_id = nullif(current_setting('app.org', true), '')::uuid", 'select'), ('endorser', 'forwarder_org_id', 'insert,update(met_at,met_by_id,met_note)'), ('forwarder', 'forwarder_org_id', 'select,insert,update(met_at,met_by_id,met_note)')))],
            },
        ),
    ]
