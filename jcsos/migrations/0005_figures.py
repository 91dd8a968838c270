"""Figures of trips and benchmarks; a trigger keeps what officers ticked as missing, in the same transaction."""

import django.contrib.postgres.fields
import django.db.models.deletion
import portal.kit.clock
import portal.kit.ids
import portal.tenancy.rls
from django.db import migrations, models

# Ticks are the authority's own work: JCSOS has no right to the sheets, only to the numbers of the items missed.
KEEP_MISSING = """
CREATE FUNCTION jcsos_keep_missing() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    filed mofa_requests_mofarequest;
BEGIN
    SELECT * INTO filed FROM mofa_requests_mofarequest WHERE id = NEW.request_id;
    INSERT INTO jcsos_tripfigure (id, school_id, trip_id, verdicts, cover_gaps, missing)
    SELECT gen_random_uuid(), filed.school_id, filed.trip_id, '{}', '{}', jcsos_missing_of(filed.trip_id)
    ON CONFLICT (trip_id) DO UPDATE SET missing = excluded.missing;
    RETURN NULL;
END $$;
CREATE FUNCTION jcsos_missing_of(trip uuid) RETURNS varchar(4)[] LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(DISTINCT (tick ->> 'item')::varchar(4) ORDER BY (tick ->> 'item')::varchar(4)), '{}')
    FROM mofa_requests_mofarequest filed
    JOIN mofa_requests_ticksheet sheet ON sheet.request_id = filed.id
    CROSS JOIN LATERAL jsonb_array_elements(sheet.ticks) AS tick
    WHERE filed.trip_id = trip AND sheet.saved_at IS NOT NULL
      AND tick ->> 'result' = 'missing' AND tick ->> 'item' IN ('1', '2', '3', '4', '5', '6', '7')
$$;
REVOKE ALL ON FUNCTION jcsos_missing_of(uuid) FROM PUBLIC;
CREATE TRIGGER jcsos_keep_missing AFTER INSERT OR UPDATE OF ticks, saved_at ON mofa_requests_ticksheet
    FOR EACH ROW EXECUTE FUNCTION jcsos_keep_missing();
INSERT INTO jcsos_tripfigure (id, school_id, trip_id, verdicts, cover_gaps, missing)
SELECT gen_random_uuid(), filed.school_id, filed.trip_id, '{}', '{}', jcsos_missing_of(filed.trip_id)
FROM (
    SELECT DISTINCT known.school_id, known.trip_id FROM mofa_requests_mofarequest known
    JOIN mofa_requests_ticksheet sheet ON sheet.request_id = known.id
) AS filed;
"""
DROP_MISSING = """
DROP TRIGGER jcsos_keep_missing ON mofa_requests_ticksheet;
DROP FUNCTION jcsos_keep_missing();
DROP FUNCTION jcsos_missing_of(uuid);
"""


class Migration(migrations.Migration):

    dependencies = [
        ('jcsos', '0004_assistance'),
        ('mofa_requests', '0010_noticeboard'),
        ('tenancy', '0001_initial'),
        ('trips', '0005_after_the_journey'),
    ]

    operations = [
        migrations.CreateModel(
            name='Benchmark',
            fields=[
                ('id', models.UUIDField(default=portal.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('year', models.PositiveSmallIntegerField()),
                ('group', models.CharField(choices=[('schools', '大学以外の会員校'), ('universities', '大学')], max_length=20)),
                ('schools', models.PositiveIntegerField()),
                ('lower', models.PositiveSmallIntegerField()),
                ('middle', models.PositiveSmallIntegerField()),
                ('upper', models.PositiveSmallIntegerField()),
                ('made_at', models.DateTimeField(default=portal.kit.clock.now)),
                ('org', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.org')),
            ],
            options={
                'ordering': ('-year', 'group'),
                'constraints': [models.UniqueConstraint(fields=('org', 'year', 'group'), name='jcsos_benchmark_once'), models.CheckConstraint(condition=models.Q(('schools__gte', 5)), name='jcsos_benchmark_hides_few'), models.CheckConstraint(condition=models.Q(('lower__lte', models.F('middle')), ('middle__lte', models.F('upper')), ('upper__lte', 100)), name='jcsos_benchmark_quarters_in_order'), portal.tenancy.rls.TenantIsolation(name='jcsos_benchmark_rls', rules=(('school', 'all', 'select'), ('jcsos', 'org_id', 'select,insert,update,delete')))],
            },
        ),
        migrations.CreateModel(
            name='TripFigure',
            fields=[
                ('id', models.UUIDField(default=portal.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('revision_id', models.UUIDField(null=True)),
                ('verdicts', models.JSONField(default=dict)),
                ('score', models.PositiveSmallIntegerField(null=True)),
                ('cover_gaps', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=10), default=list, size=None)),
                ('missing', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=4), default=list, size=None)),
                ('read_at', models.DateTimeField(null=True)),
                ('school', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.org')),
                ('trip', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='trips.trip')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('score', None), ('score__lte', 100), _connector='OR'), name='jcsos_figure_score_is_per_cent'), models.CheckConstraint(condition=models.Q(models.Q(('read_at', None), ('revision_id', None)), models.Q(('read_at__isnull', False), ('revision_id__isnull', False)), _connector='OR'), name='jcsos_figure_read_has_stamp'), portal.tenancy.rls.SameTenant(columns=('school_id',), name='jcsos_figure_same_school', to='trips.Trip', via='trip_id'), portal.tenancy.rls.TenantIsolation(name='jcsos_tripfigure_rls', rules=(('school', 'school_id', 'select'), ('jcsos', 'when:EXISTS (SELECT 1 FROM jcsos_membership held WHERE held.school_id = jcsos_tripfigure.school_id AND held.consents AND held.left_on IS NULL)', 'select,insert,update')))],
            },
        ),
        migrations.RunSQL(KEEP_MISSING, DROP_MISSING),
    ]
