"""What an authority needs to send many papers: its number series, and packets handed to the mail. Not here: sending."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from mofa_requests.enums import MailState
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
    state = models.CharField(max_length=20, choices=MailState.choices(), default=MailState.WAITING.value)
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
    def state_kind(self) -> MailState:
        return MailState(self.state)
