"""Consultations with their articles, duty-of-care files, terms and documents of members."""

import django.db.models.deletion
import portal.kit.clock
import portal.kit.ids
import portal.tenancy.rls
import portal.tenancy.steps
import portal.vault.models
from django.conf import settings
from django.db import migrations, models

# Whether a text names a traveller of one school that has consulted JCSOS. The desk cannot read rosters and must not
# learn one here: it is told yes or no. Spaces, variation selectors and the commonest old forms make no difference.
PLAIN_TEXT = """
CREATE FUNCTION jcsos_plain(said text) RETURNS text LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
    SELECT translate(
        regexp_replace(said, '[[:space:]\\u3000\\U000E0100-\\U000E01EF]', '', 'g'),
        '髙﨑𠮷濵濱邊邉齋齊澤嶋嶌德曻', '高崎吉浜浜辺辺斉斉沢島島徳昇'
    )
$$;
CREATE FUNCTION jcsos_names_a_traveller(asking_school uuid, said text) RETURNS boolean LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM jcsos_ticket t WHERE t.school_id = asking_school) AND EXISTS (
        SELECT 1 FROM trips_participant p
        WHERE p.school_id = asking_school AND length(jcsos_plain(p.name)) >= 2
            AND position(jcsos_plain(p.name) IN jcsos_plain(said)) > 0
    )
$$;
REVOKE EXECUTE ON FUNCTION jcsos_names_a_traveller(uuid, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION jcsos_names_a_traveller(uuid, text) TO aud_jcsos;
"""
GONE = "DROP FUNCTION jcsos_names_a_traveller(uuid, text); DROP FUNCTION jcsos_plain(text);"


class Migration(migrations.Migration):

    dependencies = [
        ('jcsos', '0006_circulars'),
        ('tenancy', '0001_initial'),
        ('trips', '0006_desk_memory'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Article',
            fields=[
                ('id', models.UUIDField(default=portal.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('topic', models.CharField(choices=[('contract', '契約'), ('programme', '企画・運営'), ('risk', '危機管理'), ('legal', '法律')], max_length=20)),
                ('title', models.CharField(max_length=120)),
                ('text', models.TextField()),
                ('state', models.CharField(choices=[('draft', '下書き(会員には見えません)'), ('published', '公開中'), ('withdrawn', '公開を終えました')], default='draft', max_length=20)),
                ('written_at', models.DateTimeField(default=portal.kit.clock.now)),
                ('published_at', models.DateTimeField(null=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ('-published_at', '-id'),
            },
        ),
        migrations.CreateModel(
            name='Associate',
            fields=[
                ('joined_on', models.DateField()),
                ('left_on', models.DateField(null=True)),
                ('term_from', models.DateField(null=True)),
                ('term_until', models.DateField(null=True)),
                ('services', models.JSONField(default=list)),
                ('contacts', models.JSONField(default=list)),
                ('id', models.UUIDField(default=portal.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120)),
                ('english_name', models.CharField(blank=True, max_length=200)),
                ('kind', models.CharField(choices=[('insurer', '保険会社'), ('risk_firm', '危機管理会社'), ('education', '教育団体')], max_length=20)),
            ],
            options={
                'ordering': ('left_on', 'name'),
            },
        ),
        migrations.CreateModel(
            name='DutyFile',
            fields=[
                ('id', models.UUIDField(default=portal.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('stage', models.CharField(choices=[('departure', '出発時点'), ('return', '帰国後')], max_length=20)),
                ('document', models.JSONField()),
                ('sha256', models.CharField(max_length=64)),
                ('frozen_at', models.DateTimeField(default=portal.kit.clock.now)),
            ],
            options={
                'ordering': ('trip', 'number'),
            },
        ),
        migrations.CreateModel(
            name='MemberPaper',
            fields=[
                ('id', models.UUIDField(default=portal.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('associate_id', models.UUIDField(null=True)),
                ('kind', models.CharField(choices=[('join', '入会の書類'), ('renew', '継続の書類'), ('leave', '退会の書類'), ('letter', '会員証明書(英文)')], max_length=20)),
                ('says', models.JSONField(default=dict)),
                ('code', models.UUIDField(null=True, unique=True)),
                ('issued_on', models.DateField(null=True)),
                ('valid_until', models.DateField(null=True)),
                ('revoked_at', models.DateTimeField(null=True)),
                ('key_master', models.CharField(blank=True, max_length=40)),
                ('key_wrapped', models.BinaryField(null=True)),
                ('shown_name', models.CharField(blank=True, max_length=200)),
                ('stored_name', models.CharField(blank=True, max_length=120)),
                ('media_type', models.CharField(blank=True, max_length=60)),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('size', models.PositiveIntegerField(null=True)),
                ('given_at', models.DateTimeField(default=portal.kit.clock.now)),
            ],
            options={
                'ordering': ('-given_at',),
            },
        ),
        migrations.CreateModel(
            name='Ticket',
            fields=[
                ('id', models.UUIDField(default=portal.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('topic', models.CharField(choices=[('contract', '契約'), ('programme', '企画・運営'), ('risk', '危機管理'), ('legal', '法律')], max_length=20)),
                ('state', models.CharField(choices=[('asked', '回答待ち'), ('answered', '回答あり'), ('closed', '終了')], default='asked', max_length=20)),
                ('key_master', models.CharField(max_length=40)),
                ('key_wrapped', models.BinaryField()),
                ('subject', portal.vault.models.SealedField(data_class='P3', editable=False, null=True)),
                ('opened_at', models.DateTimeField(default=portal.kit.clock.now)),
                ('first_answered_at', models.DateTimeField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('article_id', models.UUIDField(null=True)),
            ],
            options={
                'ordering': ('-opened_at',),
            },
        ),
        migrations.CreateModel(
            name='TicketEntry',
            fields=[
                ('id', models.UUIDField(default=portal.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('message', '文'), ('visit', '訪問・面談')], max_length=20)),
                ('side', models.CharField(choices=[('jcsos', 'jcsos'), ('school', 'school')], max_length=10)),
                ('text', portal.vault.models.SealedField(data_class='P3', editable=False, null=True)),
                ('means', models.CharField(blank=True, choices=[('there', '学校を訪問'), ('office', '来所'), ('online', 'オンライン'), ('phone', '電話')], max_length=20)),
                ('held_on', models.DateField(null=True)),
                ('shown_name', models.CharField(blank=True, max_length=200)),
                ('stored_name', models.CharField(blank=True, max_length=120)),
                ('media_type', models.CharField(blank=True, max_length=60)),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('size', models.PositiveIntegerField(null=True)),
                ('at', models.DateTimeField(default=portal.kit.clock.now)),
            ],
            options={
                'ordering': ('at', 'id'),
            },
        ),
        migrations.RemoveConstraint(
            model_name='membership',
            name='jcsos_membership_rls',
        ),
        migrations.AddField(
            model_name='membership',
            name='contacts',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='membership',
            name='leaving_reason',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='membership',
            name='services',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='membership',
            name='term_from',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='membership',
            name='term_until',
            field=models.DateField(null=True),
        ),
        portal.tenancy.steps.AddConstraint(
            model_name='membership',
            constraint=models.UniqueConstraint(fields=('school', 'id'), name='jcsos_membership_school_id'),
        ),
        portal.tenancy.steps.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(('term_until', None), ('term_until__gte', models.F('term_from')), _connector='OR'), name='jcsos_membership_term_runs_on'),
        ),
        portal.tenancy.steps.AddConstraint(
            model_name='membership',
            constraint=portal.tenancy.rls.TenantIsolation(name='jcsos_membership_rls', rules=(('school', 'school_id', 'select,update(consents,consented_at,consented_by_id,contacts,left_on,leaving_reason)'), ('jcsos', 'all', 'select,insert,update(left_on,leaving_reason,term_from,term_until,services,contacts)'))),
        ),
        migrations.AddField(
            model_name='article',
            name='org',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.org'),
        ),
        migrations.AddField(
            model_name='article',
            name='published_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='article',
            name='written_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='associate',
            name='org',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.org'),
        ),
        migrations.AddField(
            model_name='dutyfile',
            name='frozen_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='dutyfile',
            name='school',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.org'),
        ),
        migrations.AddField(
            model_name='dutyfile',
            name='trip',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='trips.trip'),
        ),
        migrations.AddField(
            model_name='memberpaper',
            name='given_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='memberpaper',
            name='membership',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='jcsos.membership'),
        ),
        migrations.AddField(
            model_name='memberpaper',
            name='school',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.org'),
        ),
        migrations.AddField(
            model_name='ticket',
            name='closed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='ticket',
            name='opened_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='ticket',
            name='org',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.org'),
        ),
        migrations.AddField(
            model_name='ticket',
            name='school',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.org'),
        ),
        migrations.AddField(
            model_name='ticketentry',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='ticketentry',
            name='school',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.org'),
        ),
        migrations.AddField(
            model_name='ticketentry',
            name='ticket',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='jcsos.ticket'),
        ),
        portal.tenancy.steps.AddConstraint(
            model_name='article',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'draft'), models.Q(('published_at__isnull', False), ('published_by__isnull', False)), _connector='OR'), name='jcsos_article_published_is_signed'),
        ),
        portal.tenancy.steps.AddConstraint(
            model_name='article',
            constraint=portal.tenancy.rls.TenantIsolation(name='jcsos_article_rls', rules=(('jcsos', 'org_id', 'select,insert,update(topic,title,text,state,written_at,written_by_id,published_at,published_by_id,withdrawn_at)'), ('school', "when:state = 'published' AND EXISTS (SELECT 1 FROM jcsos_membership held WHERE held.school_id = nullif(current_setting('app.org', true), '')::uuid AND held.left_on IS NULL)", 'select'))),
        ),
        portal.tenancy.steps.AddConstraint(
            model_name='associate',
            constraint=models.CheckConstraint(condition=models.Q(('left_on', None), ('left_on__gte', models.F('joined_on')), _connector='OR'), name='jcsos_associate_leaves_after_joining'),
        ),
        portal.tenancy.steps.AddConstraint(
            model_name='associate',
            constraint=portal.tenancy.rls.TenantIsolation(name='jcsos_associate_rls', rules=(('jcsos', 'org_id', 'select,insert,update(name,english_name,kind,left_on,term_from,term_until,services,contacts)'),)),
        ),
        portal.tenancy.steps.AddConstraint(
            model_name='dutyfile',
            constraint=models.UniqueConstraint(fields=('trip', 'number'), name='jcsos_dutyfile_number_once'),
        ),
        portal.tenancy.steps.AddConstraint(
            model_name='dutyfile',
            constraint=models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='jcsos_dutyfile_counts_from_one'),
        ),
        portal.tenancy.steps.AddConstraint(
            model_name='dutyfile',
            constraint=models.CheckConstraint(condition=models.Q(('sha256', ''), _negated=True), name='jcsos_dutyfile_has_digest'),
        ),
        portal.tenancy.steps.AddConstraint(
            model_name='dutyfile',
            constraint=portal.tenancy.rls.SameTenant(columns=('school_id',), name='jcsos_dutyfile_same_school', to='trips.Trip', via='trip_id'),
        ),
        portal.tenancy.steps.AddConstraint(
            model_name='dutyfile',
            constraint=portal.tenancy.rls.TenantIsolation(name='jcsos_dutyfile_rls', rules=(('school', 'school_id', 'select,insert'), ('jcsos', 'when:EXISTS (SELECT 1 FROM jcsos_membership held WHERE held.school_id = jcsos_dutyfile.school_id AND held.consents AND held.left_on IS NULL)', 'select'))),
        ),
        portal.tenancy.steps.AddConstraint(
            model_name='memberpaper',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('associate_id', None), ('membership__isnull', False), ('school__isnull', False)), models.Q(('associate_id__isnull', False), ('membership', None), ('school', None)), _connector='OR'), name='jcsos_memberpaper_of_one_member'),
        ),
        portal.tenancy.steps.AddConstraint(
            model_name='memberpaper',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('code__isnull', False), ('issued_on__isnull', False), ('kind', 'letter'), ('valid_until__isnull', False)), models.Q(models.Q(('kind', 'letter'), _negated=True), models.Q(('stored_name', ''), _negated=True), models.Q(('sha256', ''), _negated=True), ('code', None), ('size__isnull', False)), _connector='OR'), name='jcsos_memberpaper_is_file_or_letter'),
        ),
        portal.tenancy.steps.AddConstraint(
            model_name='memberpaper',
            constraint=portal.tenancy.rls.SameTenant(columns=('school_id',), name='jcsos_memberpaper_same_school', to='jcsos.Membership', via='membership_id'),
        ),
        portal.tenancy.steps.AddConstraint(
            model_name='memberpaper',
            constraint=portal.tenancy.rls.TenantIsolation(name='jcsos_memberpaper_rls', rules=(('school', 'school_id', 'select,insert,update(revoked_at)'), ('jcsos', 'all', 'select,insert,update(revoked_at)'), ('worker', 'when:code IS NOT NULL', 'select'))),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(fields=['school', '-opened_at'], name='jcsos_ticket_of_school'),
        ),
        portal.tenancy.steps.AddConstraint(
            model_name='ticket',
            constraint=models.UniqueConstraint(fields=('school', 'id'), name='jcsos_ticket_school_id'),
        ),
        portal.tenancy.steps.AddConstraint(
            model_name='ticket',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('closed_by__isnull', False), ('state', 'closed')), models.Q(models.Q(('state', 'closed'), _negated=True), ('closed_at', None), ('closed_by', None)), _connector='OR'), name='jcsos_ticket_closed_is_signed'),
        ),
        portal.tenancy.steps.AddConstraint(
            model_name='ticket',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'answered'), _negated=True), ('first_answered_at__isnull', False), _connector='OR'), name='jcsos_ticket_answered_has_stamp'),
        ),
        portal.tenancy.steps.AddConstraint(
            model_name='ticket',
            constraint=portal.tenancy.rls.TenantIsolation(name='jcsos_ticket_rls', rules=(('school', 'school_id', 'select,insert,update(state,first_answered_at,closed_at,closed_by_id,article_id)'), ('jcsos', "when:current_setting('app.health', true) = 'on' AND EXISTS (SELECT 1 FROM jcsos_membership held WHERE held.school_id = jcsos_ticket.school_id AND held.left_on IS NULL) AND EXISTS (SELECT 1 FROM accounts_membership desk WHERE desk.org_id = nullif(current_setting('app.org', true), '')::uuid AND desk.active AND desk.role = 'jcsos_cases' AND desk.user_id = nullif(current_setting('app.user', true), '')::bigint)", 'select,update(state,first_answered_at,closed_at,closed_by_id,article_id)'))),
        ),
        portal.tenancy.steps.AddConstraint(
            model_name='ticketentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('held_on__isnull', False), ('kind', 'visit'), models.Q(('means', ''), _negated=True)), models.Q(('held_on', None), ('kind', 'message'), ('means', '')), _connector='OR'), name='jcsos_ticketentry_visit_has_a_day'),
        ),
        portal.tenancy.steps.AddConstraint(
            model_name='ticketentry',
            constraint=models.CheckConstraint(condition=models.Q(('stored_name', ''), models.Q(('size__isnull', False), models.Q(('sha256', ''), _negated=True), models.Q(('media_type', ''), _negated=True)), _connector='OR'), name='jcsos_ticketentry_file_is_known'),
        ),
        portal.tenancy.steps.AddConstraint(
            model_name='ticketentry',
            constraint=portal.tenancy.rls.SameTenant(columns=('school_id',), name='jcsos_ticketentry_same_school', to='jcsos.Ticket', via='ticket_id'),
        ),
        portal.tenancy.steps.AddConstraint(
            model_name='ticketentry',
            constraint=portal.tenancy.rls.TenantIsolation(name='jcsos_ticketentry_rls', rules=(('school', 'school_id', 'select,insert'), ('jcsos', "when:current_setting('app.health', true) = 'on' AND EXISTS (SELECT 1 FROM jcsos_membership held WHERE held.school_id = jcsos_ticketentry.school_id AND held.left_on IS NULL) AND EXISTS (SELECT 1 FROM accounts_membership desk WHERE desk.org_id = nullif(current_setting('app.org', true), '')::uuid AND desk.active AND desk.role = 'jcsos_cases' AND desk.user_id = nullif(current_setting('app.user', true), '')::bigint)", 'select,insert'))),
        ),
        migrations.RunSQL(PLAIN_TEXT, GONE),
    ]
