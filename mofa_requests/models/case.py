"""The request itself and the base of everything that hangs on it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from mofa_requests.enums import RequestKind, RequestState
from portal.dossier.types import Edition
from portal.kit import clock
from portal.tenancy.models import TenantOwned
from portal.tenancy.rls import ON_THE_ROUTE, Rule, SameTenant, TenantIsolation

_SENT_ON = ("submitted", "in_review", "approved", "forwarded", "acknowledged")


def _user(**options: Any) -> models.ForeignKey[Any, Any]:
    return models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", **options)


def _org(**options: Any) -> models.ForeignKey[Any, Any]:
    return models.ForeignKey("tenancy.Org", null=True, on_delete=models.PROTECT, related_name="+", **options)


class MofaRequest(TenantOwned):
    """One request for safety information, or one amendment of it. Constraints bind each state to its stamps.

    ``endorser_org`` and ``forwarder_org`` are set at submission by the founder's route and never change again.
    """

    trip = models.ForeignKey("trips.Trip", on_delete=models.PROTECT, related_name="requests")
    kind = models.CharField(max_length=20, choices=RequestKind.choices(), default=RequestKind.FILING.value)
    amends = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="amendments")
    state = models.CharField(max_length=20, choices=RequestState.choices(), default=RequestState.DRAFT.value)
    edition = models.CharField(max_length=8, choices=Edition.choices(), default=Edition.Y2003.value)
    endorser_org = _org()
    forwarder_org = _org()
    revision_number = models.PositiveIntegerField(default=0)
    late = models.BooleanField(default=False)
    jcsos_open = models.BooleanField(default=False)
    title = models.CharField(max_length=200, blank=True)
    places = models.CharField(max_length=400, blank=True)
    departs_on = models.DateField(null=True)
    returns_on = models.DateField(null=True)
    party_total = models.PositiveIntegerField(null=True)
    danger_level = models.PositiveSmallIntegerField(null=True)
    warning_count = models.PositiveSmallIntegerField(default=0)
    advice_count = models.PositiveSmallIntegerField(default=0)
    school_due_on = models.DateField(null=True)
    municipal_due_on = models.DateField(null=True)
    dispatch_due_on = models.DateField(null=True)
    receipt_due_on = models.DateField(null=True)
    created_at = models.DateTimeField(default=clock.now)
    submitted_at = models.DateTimeField(null=True)
    submitted_by = _user(null=True)
    endorsed_at = models.DateTimeField(null=True)
    endorsed_by = _user(null=True)
    claimed_at = models.DateTimeField(null=True)
    claimed_by = _user(null=True)
    returned_at = models.DateTimeField(null=True)
    returned_by = _user(null=True)
    correction_due_on = models.DateField(null=True)
    approved_at = models.DateTimeField(null=True)
    approved_by = _user(null=True)
    mofa_called_at = models.DateTimeField(null=True)
    mofa_called_by = _user(null=True)
    mofa_called_note = models.TextField(blank=True)
    forwarded_at = models.DateTimeField(null=True)
    forwarded_by = _user(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    received_on = models.DateField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = _user(null=True)
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        ordering = ("receipt_due_on", "id")
        indexes = (
            models.Index(fields=("forwarder_org", "state", "receipt_due_on"), name="mofa_request_forwarder"),
            models.Index(fields=("endorser_org", "state", "receipt_due_on"), name="mofa_request_endorser"),
            models.Index(fields=("school", "state"), name="mofa_request_school"),
            models.Index(fields=("forwarder_org", "forwarded_at"), name="mofa_request_sent"),
            models.Index(fields=("departs_on",), name="mofa_request_jcsos", condition=Q(jcsos_open=True)),
        )
        constraints = (
            models.UniqueConstraint(fields=("school", "id"), name="mofa_request_school_id"),
            models.UniqueConstraint(fields=("endorser_org", "id"), name="mofa_request_endorser_id"),
            models.UniqueConstraint(fields=("forwarder_org", "id"), name="mofa_request_forwarder_id"),
            models.UniqueConstraint(
                fields=("trip",),
                name="mofa_request_one_on_its_way",
                condition=Q(state__in=("draft", "submitted", "in_review", "returned", "approved")),
            ),
            models.CheckConstraint(
                name="mofa_request_draft_is_clean",
                condition=~Q(state="draft") | Q(submitted_at=None, forwarder_org=None, approved_at=None),
            ),
            models.CheckConstraint(
                name="mofa_request_sent_is_signed",
                condition=~Q(state__in=_SENT_ON)
                | Q(submitted_at__isnull=False, submitted_by__isnull=False, revision_number__gte=1),
            ),
            models.CheckConstraint(
                name="mofa_request_sent_has_route",
                condition=~Q(state__in=_SENT_ON) | Q(forwarder_org__isnull=False) | Q(kind="advisory"),
            ),
            models.CheckConstraint(
                name="mofa_request_advisory_stays_at_school",
                condition=~Q(kind="advisory") | Q(forwarder_org=None, state__in=("draft", "submitted", "withdrawn")),
            ),
            models.CheckConstraint(
                name="mofa_request_review_is_claimed",
                condition=~Q(state__in=("in_review", "approved", "forwarded", "acknowledged"))
                | Q(claimed_at__isnull=False, claimed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="mofa_request_review_is_endorsed",
                condition=~Q(state__in=("in_review", "approved", "forwarded", "acknowledged"))
                | Q(endorser_org=None)
                | Q(endorsed_at__isnull=False, endorsed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="mofa_request_returned_is_signed",
                condition=~Q(state="returned") | Q(returned_at__isnull=False, returned_by__isnull=False),
            ),
            models.CheckConstraint(
                name="mofa_request_approved_is_signed",
                condition=~Q(state__in=("approved", "forwarded", "acknowledged"))
                | Q(approved_at__isnull=False, approved_by__isnull=False),
            ),
            models.CheckConstraint(
                name="mofa_request_approver_is_not_submitter",
                condition=Q(approved_by=None) | ~Q(approved_by=models.F("submitted_by")),
            ),
            models.CheckConstraint(
                name="mofa_request_forwarded_is_signed",
                condition=~Q(state__in=("forwarded", "acknowledged"))
                | Q(forwarded_at__isnull=False, forwarded_by__isnull=False),
            ),
            models.CheckConstraint(
                name="mofa_request_late_was_called",
                condition=~Q(state__in=("forwarded", "acknowledged"), late=True)
                | Q(mofa_called_at__isnull=False, mofa_called_by__isnull=False),
            ),
            models.CheckConstraint(
                name="mofa_request_acknowledged_has_receipt",
                condition=~Q(state="acknowledged") | Q(acknowledged_at__isnull=False, received_on__isnull=False),
            ),
            models.CheckConstraint(
                name="mofa_request_withdrawn_is_signed",
                condition=~Q(state="withdrawn")
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_reason="")),
            ),
            models.CheckConstraint(
                name="mofa_request_amendment_names_its_request",
                condition=Q(kind="amendment", amends__isnull=False) | (~Q(kind="amendment") & Q(amends=None)),
            ),
            SameTenant(name="mofa_request_same_school", via="trip_id", to="trips.Trip"),
            SameTenant(name="mofa_request_amends_same_school", via="amends_id", to="mofa_requests.MofaRequest"),
            TenantIsolation(
                name="mofa_request_rls",
                rules=(
                    ("school", "school_id", "select,insert,update"),
                    ("endorser", ON_THE_ROUTE, "select,update"),
                    ("forwarder", "forwarder_org_id", "select,update"),
                    ("jcsos", "when:jcsos_open AND submitted_at IS NOT NULL", "select"),
                ),
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def state_kind(self) -> RequestState:
        return RequestState(self.state)


class CaseRow(TenantOwned):
    """A row that belongs to one request and carries the organisations of its route, bound by composite keys."""

    request = models.ForeignKey(MofaRequest, on_delete=models.CASCADE, related_name="%(class)ss")
    endorser_org = _org()
    forwarder_org = _org()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{type(self).__name__} {self.pk}"


def case_constraints(table: str, *, rules: tuple[Rule, ...]) -> tuple[models.BaseConstraint, ...]:
    """Composite keys to the request by each organisation, and the table's policies."""
    return (
        SameTenant(name=f"{table}_same_school", via="request_id", to="mofa_requests.MofaRequest"),
        SameTenant(
            name=f"{table}_same_endorser",
            via="request_id",
            to="mofa_requests.MofaRequest",
            columns=("endorser_org_id",),
        ),
        SameTenant(
            name=f"{table}_same_forwarder",
            via="request_id",
            to="mofa_requests.MofaRequest",
            columns=("forwarder_org_id",),
        ),
        TenantIsolation(name=f"{table}_rls", rules=rules),
    )


def same_case(table: str, *, via: str, to: str) -> SameTenant:
    """Composite key to another paper of the same request: nothing can be hung on a paper of somebody else."""
    return SameTenant(
        name=f"{table}_same_{via.removesuffix('_id')}", via=via, to=f"mofa_requests.{to}", columns=("request_id",)
    )


def known_by_case(table: str) -> models.UniqueConstraint:
    """The key that ``same_case`` refers to."""
    return models.UniqueConstraint(fields=("request", "id"), name=f"{table}_request_id")
