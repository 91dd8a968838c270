import django.db.models.deletion
import portal.kit.clock
import portal.kit.ids
import portal.tenancy.rls
import portal.vault.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tenancy", "0001_initial"),
        ("trips", "0008_agreed_characters"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ItineraryBatch",
            fields=[
                (
                    "id",
                    models.UUIDField(default=portal.kit.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("file_name", models.CharField(max_length=200)),
                ("file_sha256", models.CharField(max_length=64)),
                ("read", models.PositiveIntegerField()),
                ("kept", models.PositiveIntegerField()),
                ("refused", models.PositiveIntegerField()),
                ("before", portal.vault.models.SealedField(data_class="P3", editable=False, null=True)),
                ("applied_at", models.DateTimeField(default=portal.kit.clock.now)),
                ("undone_at", models.DateTimeField(null=True)),
                (
                    "applied_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.org",
                    ),
                ),
                (
                    "trip",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="itinerary_batches",
                        to="trips.trip",
                    ),
                ),
            ],
            options={
                "ordering": ("-applied_at",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("read", models.F("kept") + models.F("refused"))),
                        name="trips_itinerarybatch_accounts_for_every_row",
                    ),
                    portal.tenancy.rls.SameTenant(
                        columns=("school_id",),
                        name="trips_itinerarybatch_same_school",
                        to="trips.Trip",
                        via="trip_id",
                    ),
                    portal.tenancy.rls.TenantIsolation(
                        name="trips_itinerarybatch_rls",
                        rules=(("school", "school_id", "select,insert,update,delete"),),
                    ),
                ],
            },
        ),
    ]
