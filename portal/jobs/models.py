"""The ledger of work to be done and of mail to be sent. PostgreSQL is the truth; Celery only wakes workers."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from portal.kit.choices import LabelledEnum
from portal.kit.ids import uuid7
from portal.tenancy.rls import TenantIsolation


class JobState(LabelledEnum):
    QUEUED = "queued", "順番待ち", "Queued"
    RUNNING = "running", "作業中", "Running"
    DONE = "done", "完了", "Done"
    PARKED = "parked", "人の確認待ち", "Parked"


_EVERY_OWNER = tuple(
    (audience, "org_id", "select,insert") for audience in ("school", "endorser", "forwarder", "jcsos", "platform")
)


class Job(models.Model):
    """One piece of work, identified by its effect (``kind``, ``key``).

    ``audience``, ``org`` and ``user`` are the scope it runs in; ``fence`` grows with every claim, so that a worker
    that lost its lease can no longer write. Messages carry the id alone. ``done`` of ``total`` steps and the ``pages``
    they made say how far a running one is (0 of 0: nothing told yet).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=200)
    audience = models.CharField(max_length=20)
    org = models.ForeignKey("tenancy.Org", on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    subject_id = models.UUIDField(null=True)
    state = models.CharField(max_length=20, choices=JobState.choices(), default=JobState.QUEUED.value)
    attempts = models.PositiveSmallIntegerField(default=0)
    fence = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    wake_at = models.DateTimeField(default=timezone.now)
    problem = models.CharField(max_length=500, blank=True)
    done = models.PositiveSmallIntegerField(default=0)
    total = models.PositiveSmallIntegerField(default=0)
    pages = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(
                fields=("wake_at",), name="jobs_job_open", condition=models.Q(state__in=("queued", "running"))
            ),
            models.Index(fields=("org", "subject_id"), name="jobs_job_subject"),
        )
        constraints = (
            models.UniqueConstraint(fields=("org", "kind", "key"), name="jobs_job_once"),
            models.CheckConstraint(
                name="jobs_job_state_has_stamps",
                condition=models.Q(state="queued", finished_at__isnull=True)
                | models.Q(state="running", lease_until__isnull=False, finished_at__isnull=True)
                | models.Q(state__in=("done", "parked"), finished_at__isnull=False),
            ),
            models.CheckConstraint(name="jobs_job_parked_has_problem", condition=~models.Q(state="parked", problem="")),
            TenantIsolation(
                name="jobs_job_rls",
                rules=(*_EVERY_OWNER, ("worker", "all", "select,update")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class MailState(LabelledEnum):
    WAITING = "waiting", "送信待ち", "Waiting"
    SENDING = "sending", "送信中", "Sending"
    SENT = "sent", "送信済み", "Sent"
    UNKNOWN = "unknown", "送信できたか不明", "Unknown"
    BOUNCED = "bounced", "届かず戻りました", "Bounced"


class OutboundMail(models.Model):
    """One notice to one person: a link, at most some ``counts``, no personal data.

    ``id`` is its Message-ID, so that it never goes out twice.

    A mail that came back keeps when and with which code (RFC 3463), and the digest of the address it was sent to: so
    one sees whether the address was corrected since, and no old address is kept.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    org = models.ForeignKey("tenancy.Org", on_delete=models.PROTECT, related_name="+")
    recipient = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    event = models.CharField(max_length=60)
    key = models.CharField(max_length=200)
    link = models.CharField(max_length=200)
    counts = models.JSONField(default=dict)
    state = models.CharField(max_length=20, choices=MailState.choices(), default=MailState.WAITING.value)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    taken_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    bounced_at = models.DateTimeField(null=True)
    bounce_code = models.CharField(max_length=20, blank=True)
    bounced_address = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("-created_at",)
        indexes = (
            models.Index(fields=("created_at",), name="jobs_mail_open", condition=models.Q(state="waiting")),
            models.Index(fields=("event", "key"), name="jobs_mail_of_what"),
        )
        constraints = (
            models.UniqueConstraint(fields=("recipient", "event", "key"), name="jobs_mail_once"),
            models.CheckConstraint(
                name="jobs_mail_sent_has_stamp",
                condition=models.Q(state="sent", sent_at__isnull=False) | ~models.Q(state="sent"),
            ),
            models.CheckConstraint(
                name="jobs_mail_bounced_has_stamp",
                condition=~models.Q(state="bounced")
                | models.Q(bounced_at__isnull=False) & ~models.Q(bounced_address=""),
            ),
            TenantIsolation(
                name="jobs_outboundmail_rls",
                rules=(
                    *((audience, "all", "insert") for audience in ("school", "endorser", "forwarder", "jcsos")),
                    ("worker", "all", "select,update"),
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.event} {self.id}"
