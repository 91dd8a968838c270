"""What JCSOS keeps of the procedure: checks of the directory's numbers, and releases of editions with their preview.

Class P1. Not here: the entries themselves (portal.directory, insurance.models), the editions (portal.lawbook).
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from jcsos.enums import CheckOutcome, Listed
from jcsos.models.audit import signer
from jcsos.models.sight import ORG, while_open
from portal.dossier.types import Edition
from portal.kit import clock
from portal.kit.ids import uuid7
from portal.lawbook.finding import Standing
from portal.tenancy.models import TenantOwned
from portal.tenancy.rls import SameTenant, TenantIsolation

_EVERYBODY_READS = (
    ("school", "all", "select"),
    ("endorser", "all", "select"),
    ("forwarder", "all", "select"),
)


_TOLD_MEMBERS = (
    "when:published_at IS NOT NULL AND EXISTS (SELECT 1 FROM jcsos_membership held"  # noqa: S608 # nosec B608
    f" WHERE held.school_id = {ORG} AND held.left_on IS NULL)"
)
_TOLD_AUTHORITIES = f"when:published_at IS NOT NULL AND EXISTS (SELECT 1 FROM tenancy_org house WHERE house.id = {ORG})"  # noqa: S608 # nosec B608
"""Of an authority that there is: an empty setting shows nothing."""


class OfficeRow(models.Model):
    """A row of JCSOS's own that belongs to no school."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    org = models.ForeignKey("tenancy.Org", on_delete=models.PROTECT, related_name="+", editable=False)

    class Meta:
        abstract = True


class DirectoryCheck(OfficeRow):
    """Somebody asked a desk or mission, or read its own page, on ``verified_on``, and says where. Never changed.

    ``key`` names the entry in the directory. ``address`` and ``phone`` are what was found; empty means unknown.
    """

    listed = models.CharField(max_length=20, choices=Listed.choices())
    key = models.CharField(max_length=120)
    outcome = models.CharField(max_length=20, choices=CheckOutcome.choices())
    address = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    source = models.CharField(max_length=300)
    valid_from = models.DateField(null=True)
    verified_on = models.DateField()
    note = models.TextField(blank=True)
    checked_at = models.DateTimeField(default=clock.now)
    checked_by = signer()

    class Meta:
        ordering = ("-verified_on", "-checked_at")
        indexes = (models.Index(fields=("listed", "key", "verified_on"), name="jcsos_check_entry"),)
        constraints = (
            models.CheckConstraint(name="jcsos_check_says_its_source", condition=~Q(source="") & ~Q(key="")),
            TenantIsolation(
                name="jcsos_directorycheck_rls", rules=(*_EVERYBODY_READS, ("jcsos", "org_id", "select,insert"))
            ),
        )

    def __str__(self) -> str:
        return self.key

    @property
    def outcome_kind(self) -> CheckOutcome:
        return CheckOutcome(self.outcome)


class EditionRelease(OfficeRow):
    """One edition of the procedure that is to take effect: its preview over open trips, and its publication.

    ``looked_at`` trips were judged on ``previewed_at``; what changed of each is an ``EditionVerdict``.
    """

    edition = models.CharField(max_length=8, choices=Edition.choices())
    takes_effect_on = models.DateField()
    note = models.TextField(blank=True)
    opened_at = models.DateTimeField(default=clock.now)
    opened_by = signer()
    previewed_at = models.DateTimeField(null=True)
    looked_at = models.PositiveIntegerField(null=True)
    published_at = models.DateTimeField(null=True)
    published_by = signer(null=True)

    class Meta:
        ordering = ("-opened_at",)
        constraints = (
            models.CheckConstraint(
                name="jcsos_release_preview_has_size",
                condition=Q(previewed_at=None, looked_at=None) | Q(previewed_at__isnull=False, looked_at__isnull=False),
            ),
            models.CheckConstraint(
                name="jcsos_release_published_after_preview",
                condition=Q(published_at=None, published_by=None)
                | Q(published_at__isnull=False, published_by__isnull=False, previewed_at__isnull=False),
            ),
            TenantIsolation(
                name="jcsos_editionrelease_rls",
                rules=(
                    (
                        "school",
                        _TOLD_MEMBERS,
                        "select",
                    ),
                    ("endorser", _TOLD_AUTHORITIES, "select"),
                    ("forwarder", _TOLD_AUTHORITIES, "select"),
                    ("jcsos", "org_id", "select,insert,update"),
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.edition} {self.takes_effect_on}"


class EditionVerdict(TenantOwned):
    """A trip whose standing would change under a release: before, after, and the rules that come and go."""

    release = models.ForeignKey(EditionRelease, on_delete=models.CASCADE, related_name="verdicts")
    request = models.ForeignKey("mofa_requests.MofaRequest", on_delete=models.CASCADE, related_name="+")
    before = models.CharField(max_length=10, choices=Standing.choices())
    after = models.CharField(max_length=10, choices=Standing.choices())
    came = ArrayField(models.CharField(max_length=10), default=list)
    gone = ArrayField(models.CharField(max_length=10), default=list)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("release", "request"), name="jcsos_editionverdict_once"),
            SameTenant(name="jcsos_editionverdict_same_school", via="request_id", to="mofa_requests.MofaRequest"),
            TenantIsolation(
                name="jcsos_editionverdict_rls",
                rules=(
                    ("school", "school_id", "select"),
                    ("jcsos", while_open("jcsos_editionverdict"), "select,insert,delete"),
                ),
            ),
        )

    def __str__(self) -> str:
        return str(self.request_id)
