"""Authorities read a published edition, too: it changes what they ask of a plan."""

import portal.tenancy.rls
import portal.tenancy.steps
from django.conf import settings
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('jcsos', '0011_attendees_forgotten'),
        ('tenancy', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='editionrelease',
            name='jcsos_editionrelease_rls',
        ),
        portal.tenancy.steps.AddConstraint(
            model_name='editionrelease',
            constraint=portal.tenancy.rls.TenantIsolation(name='jcsos_editionrelease_rls', rules=(('school', "when:published_at IS NOT NULL AND EXISTS (SELECT 1 FROM jcsos_membership held WHERE held.school_id = nullif(current_setting('app.org', true), '')::uuid AND held.left_on IS NULL)", 'select'), ('endorser', "when:published_at IS NOT NULL AND EXISTS (SELECT 1 FROM tenancy_org house WHERE house.id = nullif(current_setting('app.org', true), '')::uuid)", 'select'), ('forwarder', "when:published_at IS NOT NULL AND EXISTS (SELECT 1 FROM tenancy_org house WHERE house.id = nullif(current_setting('app.org', true), '')::uuid)", 'select'), ('jcsos', 'org_id', 'select,insert,update'))),
        ),
    ]

