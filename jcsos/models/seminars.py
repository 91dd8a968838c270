"""Seminars for the members: announcement, materials, and the staff a school sends. Not here: machine, certificates.

Class P1; the name of a member of staff is P2. JCSOS reads names while the school is a member.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from jcsos.enums import AttendeeState, Presence, SeminarState
from jcsos.models.audit import signer
from jcsos.models.sight import ORG, own_and, while_member
from portal.kit import clock
from portal.kit.ids import uuid7
from portal.tenancy.models import TenantOwned
from portal.tenancy.rls import SameTenant, TenantIsolation

_MEMBER_NOW = (
    "EXISTS (SELECT 1 FROM jcsos_membership held"  # noqa: S608 # nosec B608 - names of tables, nobody's input
    f" WHERE held.school_id = {ORG} AND held.left_on IS NULL)"
)
_WE_GO = (
    "EXISTS (SELECT 1 FROM jcsos_seminarattendee ours"  # noqa: S608 # nosec B608 - names of tables, nobody's input
    f" WHERE ours.seminar_id = {{seminar}} AND ours.school_id = {ORG}{{more}})"
)
_OUR_SEMINAR = _WE_GO.format(seminar="jcsos_seminar.id", more="")
_OUR_MATERIAL = _WE_GO.format(
    seminar="jcsos_seminarmaterial.seminar_id", more=" AND ours.state IN ('placed', 'attended')"
)


class Seminar(models.Model):
    """One seminar; ``places`` is for how many people. ``key_*`` hold the wrapped key of its materials."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    org = models.ForeignKey("tenancy.Org", on_delete=models.PROTECT, related_name="+", editable=False)
    title = models.CharField(max_length=200)
    text = models.TextField()
    venue = models.CharField(max_length=200)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    places = models.PositiveIntegerField()
    apply_until = models.DateField()
    state = models.CharField(max_length=20, choices=SeminarState.choices(), default=SeminarState.DRAFT.value)
    key_master = models.CharField(max_length=40)
    key_wrapped = models.BinaryField()
    written_at = models.DateTimeField(default=clock.now)
    written_by = signer()
    opened_at = models.DateTimeField(null=True)
    opened_by = signer(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = signer(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = signer(null=True)
    cancelled_reason = models.TextField(blank=True)

    class Meta:
        ordering = ("-starts_at", "-id")
        constraints = (
            models.UniqueConstraint(fields=("org", "id"), name="jcsos_seminar_org_id"),
            models.CheckConstraint(
                name="jcsos_seminar_says_something", condition=~Q(title="") & ~Q(venue="") & Q(places__gte=1)
            ),
            models.CheckConstraint(name="jcsos_seminar_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(
                name="jcsos_seminar_opened_is_signed",
                condition=Q(state__in=("draft", "cancelled")) | Q(opened_at__isnull=False, opened_by__isnull=False),
            ),
            models.CheckConstraint(
                name="jcsos_seminar_ended_is_signed",
                condition=~Q(state="ended") | Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
            models.CheckConstraint(
                name="jcsos_seminar_cancelled_has_reason",
                condition=~Q(state="cancelled")
                | Q(cancelled_at__isnull=False, cancelled_by__isnull=False) & ~Q(cancelled_reason=""),
            ),
            TenantIsolation(
                name="jcsos_seminar_rls",
                rules=(
                    ("jcsos", "org_id", "select,insert,update"),
                    ("school", f"when:opened_at IS NOT NULL AND ({_MEMBER_NOW} OR {_OUR_SEMINAR})", "select"),
                ),
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def state_kind(self) -> SeminarState:
        return SeminarState(self.state)


class SeminarMaterial(models.Model):
    """A sealed file for those who attend; removing deletes the file and keeps that it was there."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    org = models.ForeignKey("tenancy.Org", on_delete=models.PROTECT, related_name="+", editable=False)
    seminar = models.ForeignKey(Seminar, on_delete=models.CASCADE, related_name="materials")
    shown_name = models.CharField(max_length=200)
    stored_name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=60)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    given_at = models.DateTimeField(default=clock.now)
    given_by = signer()
    removed_at = models.DateTimeField(null=True)
    removed_by = signer(null=True)

    class Meta:
        ordering = ("given_at", "id")
        constraints = (
            models.CheckConstraint(
                name="jcsos_seminarmaterial_removed_is_signed",
                condition=Q(removed_at=None, removed_by=None) | Q(removed_at__isnull=False, removed_by__isnull=False),
            ),
            SameTenant(
                name="jcsos_seminarmaterial_same_org", via="seminar_id", to="jcsos.Seminar", columns=("org_id",)
            ),
            TenantIsolation(
                name="jcsos_seminarmaterial_rls",
                rules=(
                    ("jcsos", "org_id", "select,insert,update(removed_at,removed_by_id)"),
                    ("school", f"when:removed_at IS NULL AND {_OUR_MATERIAL}", "select"),
                ),
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)


class SeminarAttendee(TenantOwned):
    """One member of staff a school sends: on the waiting list, with a place, or there. ``name`` is kept as typed.

    It goes at the end of the business year (``forgotten_at``); the duty and that somebody came stay for the record.
    """

    org = models.ForeignKey("tenancy.Org", on_delete=models.PROTECT, related_name="+", editable=False)
    seminar = models.ForeignKey(Seminar, on_delete=models.CASCADE, related_name="attendees")
    name = models.CharField(max_length=120)
    duty = models.CharField(max_length=80)
    state = models.CharField(max_length=20, choices=AttendeeState.choices(), default=AttendeeState.WAITING.value)
    registered_at = models.DateTimeField(default=clock.now)
    registered_by = signer()
    placed_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = signer(null=True)
    attended_at = models.DateTimeField(null=True)
    attended_by = signer(null=True)
    presence = models.CharField(max_length=10, choices=Presence.choices(), blank=True)
    certificate_no = models.CharField(max_length=20, blank=True)
    forgotten_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("registered_at", "id")
        indexes = (models.Index(fields=("seminar", "state", "registered_at"), name="jcsos_attendee_queue"),)
        constraints = (
            models.UniqueConstraint(
                fields=("org", "certificate_no"), name="jcsos_certificate_once", condition=~Q(certificate_no="")
            ),
            models.CheckConstraint(
                name="jcsos_attendee_named_or_forgotten",
                condition=~Q(duty="") & (~Q(name="") & Q(forgotten_at=None) | Q(name="", forgotten_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="jcsos_attendee_placed_has_stamp", condition=~Q(state="placed") | Q(placed_at__isnull=False)
            ),
            models.CheckConstraint(
                name="jcsos_attendee_cancelled_is_signed",
                condition=~Q(state="cancelled") | Q(cancelled_at__isnull=False, cancelled_by__isnull=False),
            ),
            models.CheckConstraint(
                name="jcsos_attendee_attended_is_signed",
                condition=~Q(state="attended")
                | Q(attended_at__isnull=False, attended_by__isnull=False) & ~Q(presence=""),
            ),
            models.CheckConstraint(
                name="jcsos_attendee_certificate_is_earned", condition=Q(certificate_no="") | Q(state="attended")
            ),
            SameTenant(
                name="jcsos_seminarattendee_same_org", via="seminar_id", to="jcsos.Seminar", columns=("org_id",)
            ),
            TenantIsolation(
                name="jcsos_seminarattendee_rls",
                rules=(
                    ("school", "school_id", "select,update(state,cancelled_at,cancelled_by_id)"),
                    ("school", own_and("state = 'waiting' AND certificate_no = ''"), "insert"),
                    (
                        "jcsos",
                        while_member("jcsos_seminarattendee"),
                        "select,update(state,placed_at,attended_at,attended_by_id,presence,certificate_no,"
                        "cancelled_at,cancelled_by_id)",
                    ),
                    # Names go on their day, also those of schools that are out of JCSOS's sight.
                    ("worker", "all", "select,update(name,forgotten_at)"),
                ),
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def state_kind(self) -> AttendeeState:
        return AttendeeState(self.state)
