"""J-TAS cases: the most restricted rows of the portal. Class P4, sealed; kept twenty years as incident files.

Only the role 相談・J-TAS reaches them, in a scope opened for special-care data; every read is a row of its own.
Not here: sealing and opening (actions, queries), what may follow what (machine).
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from jcsos.enums import AssistCategory, AssistState, Cover, EntryKind, Party, Purpose
from jcsos.models.audit import signer
from jcsos.models.sight import ORG
from portal.kit import clock
from portal.kit.ids import uuid7
from portal.tenancy.rls import SameTenant, TenantIsolation
from portal.vault.models import SealedField

_HELD = " AND EXISTS (SELECT 1 FROM accounts_membership held WHERE held.org_id = "
_AS_DESK = (
    ".org_id AND held.role = 'jcsos_cases' AND held.active"
    " AND held.user_id = nullif(current_setting('app.user', true), '')::bigint)"
)


def desk(table: str) -> str:
    """Own organisation, special-care scope, and a person who holds the desk's role there today."""
    return f"when:{table}.org_id = {ORG} AND current_setting('app.health', true) = 'on'" + _HELD + table + _AS_DESK


class DeskRow(models.Model):
    """A row of the desk; it belongs to JCSOS and to no school."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    org = models.ForeignKey("tenancy.Org", on_delete=models.PROTECT, related_name="+", editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.pk)


class AssistCase(DeskRow):
    """One individual in trouble abroad. Open columns tell no person; what people typed is sealed under ``key_*``.

    ``event_id`` is shared by the cases of one event. The links are set once they are known; a trip is looked up in
    JCSOS's window each time, so that it falls out of the case when the school leaves.
    """

    number = models.CharField(max_length=20)
    state = models.CharField(max_length=20, choices=AssistState.choices(), default=AssistState.RECEIVED.value)
    category = models.CharField(max_length=20, choices=AssistCategory.choices(), blank=True)
    country = models.CharField(max_length=4, blank=True)
    zone = models.CharField(max_length=60, blank=True)
    cover = models.CharField(max_length=20, choices=Cover.choices(), default=Cover.UNKNOWN.value)
    linked_school = models.ForeignKey("tenancy.Org", null=True, on_delete=models.PROTECT, related_name="+")
    linked_request_id = models.UUIDField(null=True)
    event_id = models.UUIDField(null=True)
    event_title = models.CharField(max_length=120, blank=True)
    key_master = models.CharField(max_length=40)
    key_wrapped = models.BinaryField()
    headline = SealedField(data_class="P4")
    person = SealedField(data_class="P4")
    outcome = SealedField(data_class="P4")
    lessons = SealedField(data_class="P4")
    on_duty = signer()
    opened_at = models.DateTimeField(default=clock.now)
    opened_by = signer()
    school_told_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = signer(null=True)

    class Meta:
        ordering = ("-opened_at",)
        indexes = (models.Index(fields=("org", "state", "opened_at"), name="jcsos_assist_open"),)
        constraints = (
            models.UniqueConstraint(fields=("org", "number"), name="jcsos_assist_number_once"),
            models.UniqueConstraint(fields=("org", "id"), name="jcsos_assist_org_id"),
            models.CheckConstraint(
                name="jcsos_assist_closed_is_signed",
                condition=Q(state="closed", closed_at__isnull=False, closed_by__isnull=False, outcome__isnull=False)
                | ~Q(state="closed"),
            ),
            models.CheckConstraint(
                name="jcsos_assist_event_has_title", condition=Q(event_id=None, event_title="") | ~Q(event_title="")
            ),
            TenantIsolation(
                name="jcsos_assistcase_rls", rules=(("jcsos", desk("jcsos_assistcase"), "select,insert,update"),)
            ),
        )

    @property
    def state_kind(self) -> AssistState:
        return AssistState(self.state)


class AssistEntry(DeskRow):
    """One line of a case's timeline. Never changed, but that a task is marked as done."""

    case = models.ForeignKey(AssistCase, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=20, choices=EntryKind.choices())
    party = models.CharField(max_length=20, choices=Party.choices(), blank=True)
    happened_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = signer(null=True)
    text = SealedField(data_class="P4", null=False)
    noted_at = models.DateTimeField(default=clock.now)
    noted_by = signer()

    class Meta:
        ordering = ("happened_at", "id")
        constraints = (
            models.CheckConstraint(
                name="jcsos_assistentry_done_is_signed",
                condition=Q(done_at=None, done_by=None) | Q(done_at__isnull=False, done_by__isnull=False),
            ),
            SameTenant(name="jcsos_assistentry_same_org", via="case_id", to="jcsos.AssistCase", columns=("org_id",)),
            TenantIsolation(
                name="jcsos_assistentry_rls",
                rules=(("jcsos", desk("jcsos_assistentry"), "select,insert,update(done_at,done_by_id)"),),
            ),
        )


class AssistReading(DeskRow):
    """Somebody looked into a case: who, when, for which purpose. Only ever added."""

    case = models.ForeignKey(AssistCase, on_delete=models.PROTECT, related_name="readings")
    purpose = models.CharField(max_length=20, choices=Purpose.choices())
    at = models.DateTimeField(default=clock.now)
    by = signer()

    class Meta:
        ordering = ("-at",)
        indexes = (models.Index(fields=("case", "by", "-at"), name="jcsos_assist_reading"),)
        constraints = (
            SameTenant(name="jcsos_assistreading_same_org", via="case_id", to="jcsos.AssistCase", columns=("org_id",)),
            TenantIsolation(
                name="jcsos_assistreading_rls", rules=(("jcsos", desk("jcsos_assistreading"), "select,insert"),)
            ),
        )
