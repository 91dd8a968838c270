"""Figures kept beside the trips so that a year of the whole country is counted at once. Class P1; no person, no text.

Not here: how a trip is read (rules.readiness), when (actions.figures), what is counted of them (queries.dashboard).
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from jcsos.enums import Group
from jcsos.models.sight import while_open
from portal.kit import clock
from portal.kit.ids import uuid7
from portal.tenancy.models import TenantOwned
from portal.tenancy.rls import SameTenant, TenantIsolation

AT_LEAST = 5
"""A figure over fewer schools could be traced to one of them and is not shown."""


class TripFigure(TenantOwned):
    """What was read of one trip: the verdict on each criterion, its score, gaps of cover, and what officers missed.

    ``missing`` are the items of 別添三 that an authority ticked as missing in any revision; a trigger on the tick
    sheets keeps it, because JCSOS has no right to the sheets themselves. The rest is read from ``revision_id``.
    """

    trip = models.OneToOneField("trips.Trip", on_delete=models.CASCADE, related_name="+")
    revision_id = models.UUIDField(null=True)
    verdicts = models.JSONField(default=dict)
    score = models.PositiveSmallIntegerField(null=True)
    cover_gaps = ArrayField(models.CharField(max_length=10), default=list)
    missing = ArrayField(models.CharField(max_length=4), default=list)
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(name="jcsos_figure_score_is_per_cent", condition=Q(score=None) | Q(score__lte=100)),
            models.CheckConstraint(
                name="jcsos_figure_read_has_stamp",
                condition=Q(revision_id=None, read_at=None) | Q(revision_id__isnull=False, read_at__isnull=False),
            ),
            SameTenant(name="jcsos_figure_same_school", via="trip_id", to="trips.Trip"),
            TenantIsolation(
                name="jcsos_tripfigure_rls",
                rules=(
                    ("school", "school_id", "select"),
                    ("jcsos", while_open("jcsos_tripfigure"), "select,insert,update"),
                ),
            ),
        )

    def __str__(self) -> str:
        return str(self.trip_id)


class Benchmark(models.Model):
    """The scores of one group of schools in one business year, as quarters. Fewer than five schools make none."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    org = models.ForeignKey("tenancy.Org", on_delete=models.PROTECT, related_name="+", editable=False)
    year = models.PositiveSmallIntegerField()
    group = models.CharField(max_length=20, choices=Group.choices())
    schools = models.PositiveIntegerField()
    lower = models.PositiveSmallIntegerField()
    middle = models.PositiveSmallIntegerField()
    upper = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("-year", "group")
        constraints = (
            models.UniqueConstraint(fields=("org", "year", "group"), name="jcsos_benchmark_once"),
            models.CheckConstraint(name="jcsos_benchmark_hides_few", condition=Q(schools__gte=AT_LEAST)),
            models.CheckConstraint(
                name="jcsos_benchmark_quarters_in_order",
                condition=Q(lower__lte=models.F("middle"), middle__lte=models.F("upper"), upper__lte=100),
            ),
            TenantIsolation(
                name="jcsos_benchmark_rls",
                rules=(("school", "all", "select"), ("jcsos", "org_id", "select,insert,update,delete")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.year} {self.group}"

    @property
    def group_kind(self) -> Group:
        return Group(self.group)
