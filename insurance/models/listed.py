"""Insurers, assistance companies and their products as JCSOS keeps them: dated entries with source and verification.

Everybody reads them, only the organisation that keeps an entry writes it. Not here: the published policies of
``insurance/catalogue``, the contracts of a plan (plan).
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from insurance.enums import FirmKind
from portal.kit import clock
from portal.kit.ids import uuid7
from portal.tenancy.rls import TenantIsolation

_KEPT_BY_JCSOS = (
    ("school", "all", "select"),
    ("endorser", "all", "select"),
    ("forwarder", "all", "select"),
    ("jcsos", "all", "select"),
    ("jcsos", "org_id", "insert,update(verified_on,verified_by_id,retired_on)"),
)


class ListedEntry(models.Model):
    """One dated entry. What changed is a new entry of the same ``subject`` from another day on; none is overwritten.

    ``verified_on`` is the day somebody asked the firm itself or its own publication; empty means 未確認.
    ``retired_on`` is the first day on which the entry no longer holds.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    org = models.ForeignKey("tenancy.Org", on_delete=models.PROTECT, related_name="+", editable=False)
    subject = models.UUIDField(default=uuid7, editable=False)
    name = models.CharField(max_length=200)
    english_name = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=300)
    valid_from = models.DateField()
    verified_on = models.DateField(null=True)
    verified_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    retired_on = models.DateField(null=True)
    recorded_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        abstract = True
        ordering = ("name", "valid_from")

    def __str__(self) -> str:
        return self.name


def listed_constraints(table: str) -> tuple[models.BaseConstraint, ...]:
    """One entry of a subject a day, a source for each, a verification that is signed, and row security."""
    return (
        models.UniqueConstraint(fields=("org", "subject", "valid_from"), name=f"{table}_once_a_day"),
        models.CheckConstraint(name=f"{table}_says_its_source", condition=~Q(name="") & ~Q(source="")),
        models.CheckConstraint(
            name=f"{table}_verified_by_somebody",
            condition=Q(verified_on=None, verified_by=None) | Q(verified_on__isnull=False, verified_by__isnull=False),
        ),
        models.CheckConstraint(
            name=f"{table}_retired_later", condition=Q(retired_on=None) | Q(retired_on__gte=F("valid_from"))
        ),
        TenantIsolation(name=f"{table}_rls", rules=_KEPT_BY_JCSOS),
    )


class ListedFirm(ListedEntry):
    """An insurer or an assistance company. ``strong_in`` are countries (MOFA codes) that the source names.

    ``hours`` are of the telephone, in the time of ``zone`` (IANA).
    """

    kind = models.CharField(max_length=20, choices=FirmKind.choices())
    address = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    hours = models.CharField(max_length=200, blank=True)
    zone = models.CharField(max_length=60, blank=True)
    strong_in = models.JSONField(default=list)

    class Meta(ListedEntry.Meta):
        constraints = listed_constraints("insurance_listedfirm")


class ListedProduct(ListedEntry):
    """A product, or a group policy that schools may join: whose it is, its benefits as the dossier writes them.

    ``insurer`` and ``assistance`` are the subjects of firms; ``holder`` and ``number`` are filled for a group policy.
    """

    insurer = models.UUIDField()
    assistance = models.UUIDField(null=True)
    holder = models.CharField(max_length=200, blank=True)
    number = models.CharField(max_length=80, blank=True)
    benefits = models.JSONField(default=list)
    exclusions = models.TextField(blank=True)

    class Meta(ListedEntry.Meta):
        constraints = listed_constraints("insurance_listedproduct")
