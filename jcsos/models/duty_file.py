"""The duty-of-care file of a trip: what was done, when and by whom, frozen as a numbered revision that nobody changes.

Class P1: no traveller's name and no health data. Not here: gathering (queries.duty_file), freezing (actions.duty_file).
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from jcsos.enums import FileStage
from jcsos.models.audit import signer
from jcsos.models.sight import while_open
from portal.kit import clock
from portal.tenancy.models import TenantOwned
from portal.tenancy.rls import SameTenant, TenantIsolation


class DutyFile(TenantOwned):
    """One revision. ``document`` is the file as JSON, ``sha256`` of its canonical form.

    ``frozen_by`` is empty where a job froze it. Persons of the staff stand in it by the id of their account, so that
    JCSOS reads roles alone.
    """

    trip = models.ForeignKey("trips.Trip", on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    stage = models.CharField(max_length=20, choices=FileStage.choices())
    document = models.JSONField()
    sha256 = models.CharField(max_length=64)
    frozen_at = models.DateTimeField(default=clock.now)
    frozen_by = signer(null=True)

    class Meta:
        ordering = ("trip", "number")
        constraints = (
            models.UniqueConstraint(fields=("trip", "number"), name="jcsos_dutyfile_number_once"),
            models.CheckConstraint(name="jcsos_dutyfile_counts_from_one", condition=Q(number__gte=1)),
            models.CheckConstraint(name="jcsos_dutyfile_has_digest", condition=~Q(sha256="")),
            SameTenant(name="jcsos_dutyfile_same_school", via="trip_id", to="trips.Trip"),
            TenantIsolation(
                name="jcsos_dutyfile_rls",
                rules=(
                    ("school", "school_id", "select,insert"),
                    ("jcsos", while_open("jcsos_dutyfile"), "select"),
                ),
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def stage_kind(self) -> FileStage:
        return FileStage(self.stage)
