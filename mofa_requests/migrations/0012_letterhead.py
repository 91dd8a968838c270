import django.db.models.deletion
import portal.kit.clock
import portal.kit.ids
import portal.tenancy.rls
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('mofa_requests', '0011_deputies_fax_and_digest'),
        ('tenancy', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Letterhead',
            fields=[
                ('id', models.UUIDField(default=portal.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField()),
                ('text', models.CharField(blank=True, max_length=240)),
                ('key_master', models.CharField(blank=True, max_length=40)),
                ('key_wrapped', models.BinaryField(null=True)),
                ('stored_name', models.CharField(blank=True, max_length=120)),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('saved_at', models.DateTimeField(default=portal.kit.clock.now)),
                ('org', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.org')),
                ('saved_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-version',),
                'constraints': [models.UniqueConstraint(fields=('org', 'version'), name='mofa_letterhead_version_once'), models.CheckConstraint(condition=models.Q(('version__gte', 1)), name='mofa_letterhead_counts_from_one'), models.CheckConstraint(condition=models.Q(models.Q(('key_master', ''), ('key_wrapped', None), ('sha256', ''), ('stored_name', '')), models.Q(models.Q(('stored_name', ''), _negated=True), models.Q(('sha256', ''), _negated=True), models.Q(('key_master', ''), _negated=True), ('key_wrapped__isnull', False)), _connector='OR'), name='mofa_letterhead_seal_is_whole'), portal.tenancy.rls.TenantIsolation(name='mofa_requests_letterhead_rls', rules=(('endorser', 'org_id', 'select,insert'), ('forwarder', 'org_id', 'select,insert')))],
            },
        ),
    ]
