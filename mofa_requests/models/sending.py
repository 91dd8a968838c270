"""What leaves the house and what comes back: letter, packet, dispatch, receipt, replies."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from mofa_requests.enums import ReplySource
from mofa_requests.models.case import CaseRow, case_constraints, known_by_case, same_case
from mofa_requests.models.revision import Revision
from portal.dossier.types import Channel
from portal.kit import clock
from portal.tenancy.rls import ON_THE_ROUTE

_ROUTE = (
    ("school", "school_id", "select"),
    ("endorser", ON_THE_ROUTE, "select"),
    ("endorser", "forwarder_org_id", "insert"),
    ("forwarder", "forwarder_org_id", "select,insert"),
)


class LetterRecord(CaseRow):
    """The covering letter as fixed before rendering; a change is a new row and makes a new packet."""

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="letters")
    number = models.CharField(max_length=80)
    dated_on = models.DateField()
    channel = models.CharField(max_length=20, choices=Channel.choices())
    content = models.JSONField()
    fixed_at = models.DateTimeField(default=clock.now)
    fixed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-fixed_at", "-id")
        constraints = (
            models.UniqueConstraint(fields=("forwarder_org", "number", "dated_on", "id"), name="mofa_letter_listed"),
            known_by_case("mofa_requests_letterrecord"),
            same_case("mofa_requests_letterrecord", via="revision_id", to="Revision"),
            *case_constraints("mofa_requests_letterrecord", rules=_ROUTE),
        )


class Packet(CaseRow):
    """One rendered PDF, known by the digest of its four frozen inputs. The file is sealed under the trip's key."""

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="packets")
    letter = models.ForeignKey(LetterRecord, on_delete=models.CASCADE, related_name="packets")
    key = models.CharField(max_length=64)
    file_name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    pages = models.PositiveIntegerField()
    rendered_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("-rendered_at",)
        constraints = (
            models.UniqueConstraint(fields=("request", "key"), name="mofa_packet_key_once"),
            known_by_case("mofa_requests_packet"),
            same_case("mofa_requests_packet", via="revision_id", to="Revision"),
            same_case("mofa_requests_packet", via="letter_id", to="LetterRecord"),
            *case_constraints("mofa_requests_packet", rules=_ROUTE),
        )


class Dispatch(CaseRow):
    """One sending of one packet by one channel; the evidence is what the officer can show."""

    packet = models.ForeignKey(Packet, on_delete=models.PROTECT, related_name="dispatches")
    channel = models.CharField(max_length=20, choices=Channel.choices())
    sent_on = models.DateField()
    evidence = models.TextField()
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-recorded_at",)
        constraints = (
            models.UniqueConstraint(fields=("packet", "channel"), name="mofa_dispatch_once"),
            models.CheckConstraint(name="mofa_dispatch_has_evidence", condition=~Q(evidence="")),
            known_by_case("mofa_requests_dispatch"),
            same_case("mofa_requests_dispatch", via="packet_id", to="Packet"),
            *case_constraints("mofa_requests_dispatch", rules=_ROUTE),
        )


class Receipt(CaseRow):
    """The day the ministry held the papers, with evidence; judged against the deadline of receipt.

    ``recorded_by`` is empty when a machine of the authority recorded it.
    """

    dispatch = models.OneToOneField(Dispatch, on_delete=models.PROTECT, related_name="receipt")
    received_on = models.DateField()
    evidence = models.TextField()
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(name="mofa_receipt_has_evidence", condition=~Q(evidence="")),
            same_case("mofa_requests_receipt", via="dispatch_id", to="Dispatch"),
            *case_constraints("mofa_requests_receipt", rules=_ROUTE),
        )


class Reply(CaseRow):
    """A caution from the ministry or a mission (領保6157 記一(一) 回報), passed on and acknowledged by the school."""

    source = models.CharField(max_length=20, choices=ReplySource.choices())
    source_name = models.CharField(max_length=200)
    received_on = models.DateField()
    text = models.TextField()
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    seen_at = models.DateTimeField(null=True)
    seen_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-recorded_at",)
        constraints = (
            models.CheckConstraint(name="mofa_reply_says_something", condition=~Q(text="")),
            models.CheckConstraint(
                name="mofa_reply_seen_is_signed",
                condition=Q(seen_at=None, seen_by=None) | Q(seen_at__isnull=False, seen_by__isnull=False),
            ),
            *case_constraints(
                "mofa_requests_reply",
                rules=(
                    ("school", "school_id", "select,update(seen_at,seen_by_id)"),
                    ("endorser", ON_THE_ROUTE, "select"),
                    ("endorser", "forwarder_org_id", "insert"),
                    ("forwarder", "forwarder_org_id", "select,insert"),
                ),
            ),
        )
