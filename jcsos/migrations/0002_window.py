"""JCSOS's window follows membership and consent at once: leaving or refusing closes every row in the same statement."""

from django.db import migrations

OPEN_NEW_ROWS = """
CREATE FUNCTION jcsos_stamp_window() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    NEW.jcsos_open := EXISTS (
        SELECT 1 FROM jcsos_membership m WHERE m.school_id = NEW.school_id AND m.consents AND m.left_on IS NULL
    );
    RETURN NEW;
END $$;
CREATE TRIGGER jcsos_window_request BEFORE INSERT ON mofa_requests_mofarequest
    FOR EACH ROW EXECUTE FUNCTION jcsos_stamp_window();
CREATE TRIGGER jcsos_window_revision BEFORE INSERT ON mofa_requests_revision
    FOR EACH ROW EXECUTE FUNCTION jcsos_stamp_window();
"""
FOLLOW_MEMBERSHIP = """
CREATE FUNCTION jcsos_follow_membership() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    school uuid := coalesce(NEW.school_id, OLD.school_id);
    open_now boolean := EXISTS (
        SELECT 1 FROM jcsos_membership m WHERE m.school_id = school AND m.consents AND m.left_on IS NULL
    );
BEGIN
    UPDATE mofa_requests_mofarequest SET jcsos_open = open_now WHERE school_id = school AND jcsos_open <> open_now;
    UPDATE mofa_requests_revision SET jcsos_open = open_now WHERE school_id = school AND jcsos_open <> open_now;
    RETURN NULL;
END $$;
CREATE TRIGGER jcsos_membership_window AFTER INSERT OR UPDATE OR DELETE ON jcsos_membership
    FOR EACH ROW EXECUTE FUNCTION jcsos_follow_membership();
"""
CLOSE = """
DROP TRIGGER jcsos_membership_window ON jcsos_membership;
DROP TRIGGER jcsos_window_revision ON mofa_requests_revision;
DROP TRIGGER jcsos_window_request ON mofa_requests_mofarequest;
DROP FUNCTION jcsos_follow_membership();
DROP FUNCTION jcsos_stamp_window();
"""


class Migration(migrations.Migration):
    dependencies = [("jcsos", "0001_initial"), ("mofa_requests", "0001_initial")]

    operations = [
        migrations.RunSQL(OPEN_NEW_ROWS + FOLLOW_MEMBERSHIP, CLOSE),
    ]
