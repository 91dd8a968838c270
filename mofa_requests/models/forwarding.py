"""What an authority needs to send many papers: its number series, packets handed to mail or fax. Not here: sending."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from mofa_requests.enums import FaxState, PacketMailState
from mofa_requests.models.case import CaseRow, case_constraints, same_case
from mofa_requests.models.sending import Packet
from portal.kit import clock
from portal.kit.ids import uuid7
from portal.tenancy.rls import ON_THE_ROUTE, TenantIsolation


class NumberSeries(models.Model):
    """The document numbers of one authority and business year (April to March); ``pattern`` holds ``{n}`` once."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    org = models.ForeignKey("tenancy.Org", on_delete=models.PROTECT, related_name="+", editable=False)
    year = models.PositiveSmallIntegerField()
    pattern = models.CharField(max_length=60)
    last = models.PositiveIntegerField(default=0)
    set_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("-year",)
        constraints = (
            models.UniqueConstraint(name="mofa_series_once_a_year", fields=("org", "year")),
            models.CheckConstraint(name="mofa_series_pattern_takes_a_number", condition=Q(pattern__contains="{n}")),
            TenantIsolation(
                name="mofa_requests_numberseries_rls",
                rules=(
                    ("endorser", "org_id", "select,insert,update(pattern,last,set_at)"),
                    ("forwarder", "org_id", "select,insert,update(pattern,last,set_at)"),
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.org_id} {self.year}"


class MailOrder(CaseRow):
    """One packet on its way to the ministry by mail: taken back until ``goes_at``, sent once, never twice.

    ``id`` is the fixed part of its Message-ID. ``unknown`` means that the mail was handed over and nobody knows what
    became of it: a person finds out and says so.
    """

    packet = models.ForeignKey(Packet, on_delete=models.PROTECT, related_name="orders")
    recipients = models.JSONField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    state = models.CharField(max_length=20, choices=PacketMailState.choices(), default=PacketMailState.WAITING.value)
    ordered_at = models.DateTimeField(default=clock.now)
    ordered_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    goes_at = models.DateTimeField()
    handed_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    settled_note = models.TextField(blank=True)

    class Meta:
        ordering = ("-ordered_at",)
        constraints = (
            models.UniqueConstraint(
                name="mofa_mail_order_one_alive",
                fields=("packet",),
                condition=Q(state__in=("waiting", "handing", "unknown", "sent")),
            ),
            models.CheckConstraint(
                name="mofa_mail_order_handed_has_stamp",
                condition=Q(state__in=("waiting", "cancelled", "lost")) | Q(handed_at__isnull=False),
            ),
            same_case("mofa_requests_mailorder", via="packet_id", to="Packet"),
            *case_constraints(
                "mofa_requests_mailorder",
                rules=(
                    ("school", "school_id", "select"),
                    ("endorser", ON_THE_ROUTE, "select"),
                    ("endorser", "forwarder_org_id", "insert,update"),
                    ("forwarder", "forwarder_org_id", "select,insert,update"),
                ),
            ),
        )

    @property
    def state_kind(self) -> PacketMailState:
        return PacketMailState(self.state)


class FaxOrder(CaseRow):
    """One packet on its way to the ministry by fax: the file was handed to a person, who says what became of it.

    The portal dials nothing. ``pages`` counts the cover; while the outcome is open or unknown no second file is made.
    """

    packet = models.ForeignKey(Packet, on_delete=models.PROTECT, related_name="faxes")
    number = models.CharField(max_length=32)
    pages = models.PositiveIntegerField()
    state = models.CharField(max_length=20, choices=FaxState.choices(), default=FaxState.OUT.value)
    made_at = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    settled_note = models.TextField(blank=True)

    class Meta:
        ordering = ("-made_at",)
        constraints = (
            models.UniqueConstraint(
                name="mofa_fax_order_one_alive",
                fields=("packet",),
                condition=Q(state__in=("out", "unknown", "arrived")),
            ),
            models.CheckConstraint(
                name="mofa_fax_order_outcome_is_signed",
                condition=Q(state="out", settled_at=None, settled_by=None)
                | (~Q(state="out") & Q(settled_at__isnull=False, settled_by__isnull=False) & ~Q(settled_note="")),
            ),
            same_case("mofa_requests_faxorder", via="packet_id", to="Packet"),
            *case_constraints(
                "mofa_requests_faxorder",
                rules=(
                    ("school", "school_id", "select"),
                    ("endorser", ON_THE_ROUTE, "select"),
                    ("endorser", "forwarder_org_id", "insert,update"),
                    ("forwarder", "forwarder_org_id", "select,insert,update"),
                ),
            ),
        )

    @property
    def state_kind(self) -> FaxState:
        return FaxState(self.state)
