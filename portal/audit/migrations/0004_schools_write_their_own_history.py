"""A school may append events of itself only, no longer of any school in its own name."""

from django.db import migrations

import portal.tenancy.rls
import portal.tenancy.steps

_ORG = "nullif(current_setting('app.org', true), '')::uuid"
_READ = (
    ("school", "school_id", "select"),
    ("endorser", f"when:endorser_org_id = {_ORG} OR forwarder_org_id = {_ORG}", "select"),
    ("forwarder", "forwarder_org_id", "select"),
    ("jcsos", "actor_org_id", "select"),
    ("platform", "actor_org_id", "select"),
)
_OTHERS_WRITE = tuple((audience, "actor_org_id", "insert") for audience in ("endorser", "forwarder", "jcsos", "platform"))


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_names_are_read_from_the_vocabulary")]

    operations = [
        migrations.RemoveConstraint(model_name="event", name="audit_event_rls"),
        portal.tenancy.steps.AddConstraint(
            model_name="event",
            constraint=portal.tenancy.rls.TenantIsolation(
                name="audit_event_rls",
                rules=(
                    *_READ,
                    ("school", f"when:actor_org_id = {_ORG} AND coalesce(school_id, {_ORG}) = {_ORG}", "insert"),
                    *_OTHERS_WRITE,
                ),
            ),
        ),
    ]
