import django.db.models.deletion
import portal.kit.clock
import portal.kit.ids
import portal.tenancy.rls
import portal.tenancy.steps
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_machineclient"),
        ("mofa_requests", "0005_authority_settings_and_calendar"),
        ("tenancy", "0001_initial"),
        ("trips", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedView",
            fields=[
                (
                    "id",
                    models.UUIDField(default=portal.kit.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("name", models.CharField(max_length=40)),
                ("query", models.CharField(blank=True, max_length=400)),
                ("saved_at", models.DateTimeField(default=portal.kit.clock.now)),
            ],
            options={
                "ordering": ("saved_at", "id"),
            },
        ),
        migrations.AddIndex(
            model_name="mofarequest",
            index=models.Index(fields=["forwarder_org", "forwarded_at"], name="mofa_request_sent"),
        ),
        migrations.AddField(
            model_name="savedview",
            name="membership",
            field=models.ForeignKey(
                editable=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.membership"
            ),
        ),
        portal.tenancy.steps.AddConstraint(
            model_name="savedview",
            constraint=models.UniqueConstraint(fields=("membership", "name"), name="mofa_saved_view_name_once"),
        ),
        portal.tenancy.steps.AddConstraint(
            model_name="savedview",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="mofa_saved_view_has_a_name"
            ),
        ),
        portal.tenancy.steps.AddConstraint(
            model_name="savedview",
            constraint=portal.tenancy.rls.TenantIsolation(
                name="mofa_requests_savedview_rls",
                rules=(
                    (
                        "endorser",
                        "when:EXISTS (SELECT 1 FROM accounts_membership held WHERE held.id = membership_id AND held.org_id = nullif(current_setting('app.org', true), '')::uuid AND held.user_id = nullif(current_setting('app.user', true), '')::bigint)",
                        "select,insert,update(query,saved_at),delete",
                    ),
                    (
                        "forwarder",
                        "when:EXISTS (SELECT 1 FROM accounts_membership held WHERE held.id = membership_id AND held.org_id = nullif(current_setting('app.org', true), '')::uuid AND held.user_id = nullif(current_setting('app.user', true), '')::bigint)",
                        "select,insert,update(query,saved_at),delete",
                    ),
                ),
            ),
        ),
    ]
