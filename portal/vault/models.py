"""Wrapped trip keys, and the column type of sealed values. Not here: sealing itself (seal, keyring)."""

from __future__ import annotations

from typing import Any

from django.db import models

from portal.tenancy.models import TenantOwned
from portal.tenancy.rls import ON_THE_ROUTE, SameTenant, TenantIsolation


class SealedField(models.BinaryField):
    """A column of sealed bytes. It never decrypts by itself: queries open it with the trip's cipher.

    ``data_class`` is P3 or P4 of the protection classes.
    """

    def __init__(self, *args: Any, data_class: str = "P3", **kwargs: Any) -> None:
        kwargs.setdefault("null", True)
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)
        self.data_class = data_class

    def deconstruct(self) -> tuple[str, str, Any, dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "data_class": self.data_class, "editable": False}


class TripKey(TenantOwned):
    """The key of one trip. Authorities on the route may read it from submission on; nobody else ever."""

    trip = models.OneToOneField("trips.Trip", on_delete=models.PROTECT, related_name="+")
    endorser_org = models.ForeignKey("tenancy.Org", null=True, on_delete=models.PROTECT, related_name="+")
    forwarder_org = models.ForeignKey("tenancy.Org", null=True, on_delete=models.PROTECT, related_name="+")
    master_id = models.CharField(max_length=40)
    wrapped = models.BinaryField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="vault_tripkey_destroyed_is_gone",
                condition=models.Q(wrapped__isnull=False, destroyed_at__isnull=True)
                | models.Q(wrapped__isnull=True, destroyed_at__isnull=False),
            ),
            SameTenant(name="vault_tripkey_same_school", via="trip_id", to="trips.Trip"),
            TenantIsolation(
                name="vault_tripkey_rls",
                rules=(
                    ("school", "school_id", "select,insert,update"),
                    ("endorser", ON_THE_ROUTE, "select"),
                    ("forwarder", "forwarder_org_id", "select"),
                ),
            ),
        )

    def __str__(self) -> str:
        return str(self.trip_id)
