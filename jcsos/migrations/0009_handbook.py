"""Checks of the directory, releases of editions with what they change."""

import django.contrib.postgres.fields
import django.db.models.deletion
import portal.kit.clock
import portal.kit.ids
import portal.tenancy.rls
import portal.tenancy.steps
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('jcsos', '0008_seminars'),
        ('mofa_requests', '0010_noticeboard'),
        ('tenancy', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='EditionRelease',
            fields=[
                ('id', models.UUIDField(default=portal.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('edition', models.CharField(choices=[('2003', '平成15年通知'), ('2016', '平成28年通知'), ('2024', '令和6年通知')], max_length=8)),
                ('takes_effect_on', models.DateField()),
                ('note', models.TextField(blank=True)),
                ('opened_at', models.DateTimeField(default=portal.kit.clock.now)),
                ('previewed_at', models.DateTimeField(null=True)),
                ('looked_at', models.PositiveIntegerField(null=True)),
                ('published_at', models.DateTimeField(null=True)),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('org', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.org')),
                ('published_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-opened_at',),
            },
        ),
        migrations.CreateModel(
            name='EditionVerdict',
            fields=[
                ('id', models.UUIDField(default=portal.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('before', models.CharField(choices=[('blocked', '提出できません'), ('late', '提出期限後です'), ('ready', '提出できます')], max_length=10)),
                ('after', models.CharField(choices=[('blocked', '提出できません'), ('late', '提出期限後です'), ('ready', '提出できます')], max_length=10)),
                ('came', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=10), default=list, size=None)),
                ('gone', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=10), default=list, size=None)),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='verdicts', to='jcsos.editionrelease')),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='mofa_requests.mofarequest')),
                ('school', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.org')),
            ],
        ),
        migrations.CreateModel(
            name='DirectoryCheck',
            fields=[
                ('id', models.UUIDField(default=portal.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('listed', models.CharField(choices=[('desk', '外務省の窓口'), ('mission', '在外公館')], max_length=20)),
                ('key', models.CharField(max_length=120)),
                ('outcome', models.CharField(choices=[('confirmed', '記載のとおり'), ('found', '番号・住所を確かめた'), ('changed', '変わっていた'), ('closed', 'なくなっていた')], max_length=20)),
                ('address', models.CharField(blank=True, max_length=200)),
                ('phone', models.CharField(blank=True, max_length=60)),
                ('source', models.CharField(max_length=300)),
                ('valid_from', models.DateField(null=True)),
                ('verified_on', models.DateField()),
                ('note', models.TextField(blank=True)),
                ('checked_at', models.DateTimeField(default=portal.kit.clock.now)),
                ('checked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('org', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.org')),
            ],
            options={
                'ordering': ('-verified_on', '-checked_at'),
                'indexes': [models.Index(fields=['listed', 'key', 'verified_on'], name='jcsos_check_entry')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('source', ''), _negated=True), models.Q(('key', ''), _negated=True)), name='jcsos_check_says_its_source'), portal.tenancy.rls.TenantIsolation(name='jcsos_directorycheck_rls', rules=(('school', 'all', 'select'), ('endorser', 'all', 'select'), ('forwarder', 'all', 'select'), ('jcsos', 'org_id', 'select,insert')))],
            },
        ),
        portal.tenancy.steps.AddConstraint(
            model_name='editionrelease',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('looked_at', None), ('previewed_at', None)), models.Q(('looked_at__isnull', False), ('previewed_at__isnull', False)), _connector='OR'), name='jcsos_release_preview_has_size'),
        ),
        portal.tenancy.steps.AddConstraint(
            model_name='editionrelease',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('published_at', None), ('published_by', None)), models.Q(('previewed_at__isnull', False), ('published_at__isnull', False), ('published_by__isnull', False)), _connector='OR'), name='jcsos_release_published_after_preview'),
        ),
        portal.tenancy.steps.AddConstraint(
            model_name='editionrelease',
            constraint=portal.tenancy.rls.TenantIsolation(name='jcsos_editionrelease_rls', rules=(('school', 'when:published_at IS NOT NULL', 'select'), ('endorser', 'when:published_at IS NOT NULL', 'select'), ('forwarder', 'when:published_at IS NOT NULL', 'select'), ('jcsos', 'org_id', 'select,insert,update'))),
        ),
        portal.tenancy.steps.AddConstraint(
            model_name='editionverdict',
            constraint=models.UniqueConstraint(fields=('release', 'request'), name='jcsos_editionverdict_once'),
        ),
        portal.tenancy.steps.AddConstraint(
            model_name='editionverdict',
            constraint=portal.tenancy.rls.SameTenant(columns=('school_id',), name='jcsos_editionverdict_same_school', to='mofa_requests.MofaRequest', via='request_id'),
        ),
        portal.tenancy.steps.AddConstraint(
            model_name='editionverdict',
            constraint=portal.tenancy.rls.TenantIsolation(name='jcsos_editionverdict_rls', rules=(('school', 'school_id', 'select'), ('jcsos', 'when:EXISTS (SELECT 1 FROM jcsos_membership held WHERE held.school_id = jcsos_editionverdict.school_id AND held.consents AND held.left_on IS NULL)', 'select,insert,delete'))),
        ),
    ]
