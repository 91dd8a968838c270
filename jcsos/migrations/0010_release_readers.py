"""A published edition is for members: an empty setting shows nothing."""

import portal.tenancy.rls
import portal.tenancy.steps
from django.conf import settings
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('jcsos', '0009_handbook'),
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
            constraint=portal.tenancy.rls.TenantIsolation(name='jcsos_editionrelease_rls', rules=(('school', "when:published_at IS NOT NULL AND EXISTS (SELECT 1 FROM jcsos_membership held WHERE held.school_id = nullif(current_setting('app.org', true), '')::uuid AND held.left_on IS NULL)", 'select'), ('jcsos', 'org_id', 'select,insert,update'))),
        ),
    ]
