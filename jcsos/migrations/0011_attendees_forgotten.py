"""Names of those registered for seminars go at the end of the business year, by the hand of the worker."""

import portal.tenancy.rls
import portal.tenancy.steps
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("jcsos", "0010_release_readers"),
        ("tenancy", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="seminarattendee",
            name="jcsos_attendee_is_named",
        ),
        migrations.RemoveConstraint(
            model_name="seminarattendee",
            name="jcsos_seminarattendee_rls",
        ),
        migrations.AddField(
            model_name="seminarattendee",
            name="forgotten_at",
            field=models.DateTimeField(null=True),
        ),
        portal.tenancy.steps.AddConstraint(
            model_name="seminarattendee",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("duty", ""), _negated=True),
                    models.Q(
                        models.Q(models.Q(("name", ""), _negated=True), ("forgotten_at", None)),
                        models.Q(("forgotten_at__isnull", False), ("name", "")),
                        _connector="OR",
                    ),
                ),
                name="jcsos_attendee_named_or_forgotten",
            ),
        ),
        portal.tenancy.steps.AddConstraint(
            model_name="seminarattendee",
            constraint=portal.tenancy.rls.TenantIsolation(
                name="jcsos_seminarattendee_rls",
                rules=(
                    ("school", "school_id", "select,update(state,cancelled_at,cancelled_by_id)"),
                    (
                        "school",
                        "when:school_id = nullif(current_setting('app.org', true), '')::uuid AND state = 'waiting' AND certificate_no = ''",
                        "insert",
                    ),
                    (
                        "jcsos",
                        "when:jcsos_seminarattendee.org_id = nullif(current_setting('app.org', true), '')::uuid AND EXISTS (SELECT 1 FROM jcsos_membership held WHERE held.school_id = jcsos_seminarattendee.school_id AND held.left_on IS NULL)",
                        "select,update(state,placed_at,attended_at,attended_by_id,presence,certificate_no,cancelled_at,cancelled_by_id)",
                    ),
                    ("worker", "all", "select,update(name,forgotten_at)"),
                ),
            ),
        ),
    ]
