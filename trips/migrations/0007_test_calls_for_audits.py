"""JCSOS's auditors see that numbers were tried, of schools that consent; number and persons stay sealed."""

from django.db import migrations

import portal.tenancy.rls
import portal.tenancy.steps

WHEN = (
    "when:EXISTS (SELECT 1 FROM jcsos_membership held WHERE held.school_id = trips_phonetest.school_id"
    " AND held.consents AND held.left_on IS NULL)"
)


class Migration(migrations.Migration):
    dependencies = [("trips", "0006_desk_memory"), ("jcsos", "0001_initial")]

    operations = [
        migrations.RemoveConstraint(model_name="phonetest", name="trips_phonetest_rls"),
        portal.tenancy.steps.AddConstraint(
            model_name="phonetest",
            constraint=portal.tenancy.rls.TenantIsolation(
                name="trips_phonetest_rls",
                rules=(("school", "school_id", "select,insert"), ("jcsos", WHEN, "select")),
            ),
        ),
    ]
