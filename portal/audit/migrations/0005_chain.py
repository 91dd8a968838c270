"""Every event carries its digest and its predecessor's: a chain per request, trip, school or house, linked at commit.

At the commit, and not at the insert, so that nobody waits for a long transaction that wrote about the same request.
"""

import portal.tenancy.steps
from django.db import migrations, models

DIGEST = """
CREATE FUNCTION audit_digest(event audit_event, before text) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT encode(sha256(convert_to(jsonb_build_array(
        event.id, to_char(event.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), event.name,
        event.actor_user_id, event.actor_role, event.actor_org_id, event.school_id, event.endorser_org_id,
        event.forwarder_org_id, event.trip_id, event.request_id, event.facts, event.chain, event.place, before
    )::text, 'UTF8')), 'hex')
$$;
"""
ENTER = """
CREATE FUNCTION audit_enter() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.chain := coalesce(
        NEW.request_id, NEW.trip_id, NEW.school_id, NEW.actor_org_id, '00000000-0000-0000-0000-000000000000'
    );
    NEW.place := NULL;
    NEW.sha256 := '';
    RETURN NEW;
END $$;
CREATE TRIGGER audit_event_enters BEFORE INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION audit_enter();
"""
# All that a transaction wrote is linked in one order of chains: no two of them wait for each other crosswise.
LINK = """
CREATE FUNCTION audit_link() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    mine audit_event;
    last record;
BEGIN
    FOR mine IN SELECT * FROM audit_event WHERE place IS NULL ORDER BY chain, at, id LOOP
        PERFORM pg_advisory_xact_lock(hashtextextended('audit ' || mine.chain, 0));
        SELECT place, sha256 INTO last FROM audit_event
        WHERE chain = mine.chain AND place IS NOT NULL ORDER BY place DESC LIMIT 1;
        mine.place := coalesce(last.place, 0) + 1;
        UPDATE audit_event SET place = mine.place, sha256 = audit_digest(mine, coalesce(last.sha256, ''))
        WHERE id = mine.id;
    END LOOP;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER audit_event_linked AFTER INSERT ON audit_event
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_link();
"""
LINK_WHAT_IS_THERE = """
UPDATE audit_event SET chain = coalesce(
    request_id, trip_id, school_id, actor_org_id, '00000000-0000-0000-0000-000000000000'
);
DO $$
DECLARE
    mine audit_event;
    last record;
BEGIN
    FOR mine IN SELECT * FROM audit_event WHERE place IS NULL ORDER BY chain, at, id LOOP
        SELECT place, sha256 INTO last FROM audit_event
        WHERE chain = mine.chain AND place IS NOT NULL ORDER BY place DESC LIMIT 1;
        mine.place := coalesce(last.place, 0) + 1;
        UPDATE audit_event SET place = mine.place, sha256 = audit_digest(mine, coalesce(last.sha256, ''))
        WHERE id = mine.id;
    END LOOP;
END $$;
"""
UNDO = """
DROP TRIGGER audit_event_linked ON audit_event;
DROP TRIGGER audit_event_enters ON audit_event;
DROP FUNCTION audit_link();
DROP FUNCTION audit_enter();
DROP FUNCTION audit_digest(audit_event, text);
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0004_schools_write_their_own_history")]

    operations = [
        migrations.AddField("event", "chain", models.UUIDField(editable=False, null=True)),
        migrations.AddField("event", "place", models.PositiveIntegerField(editable=False, null=True)),
        migrations.AddField(
            "event", "sha256", models.CharField(blank=True, default="", editable=False, max_length=64), False
        ),
        migrations.RunSQL(DIGEST + ENTER + LINK, UNDO),
        migrations.AddIndex(
            "event",
            models.Index(condition=models.Q(("place", None)), fields=["chain"], name="audit_event_unlinked"),
        ),
        portal.tenancy.steps.AddConstraint(
            "event", models.UniqueConstraint(fields=("chain", "place"), name="audit_event_one_place")
        ),
        # Last: with the index it is linear, and PostgreSQL alters no table whose changed rows still wait for checks.
        migrations.RunSQL(LINK_WHAT_IS_THERE, migrations.RunSQL.noop),
    ]
