"""Membership in JCSOS, its documents, and the consent that decides what it may read. Not here: routes of requests."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from jcsos.enums import AssociateKind, PaperKind
from jcsos.models.audit import signer
from portal.kit import clock
from portal.kit.ids import uuid7
from portal.tenancy.models import TenantOwned
from portal.tenancy.rls import SameTenant, TenantIsolation


class Terms(models.Model):
    """What both kinds of members have: a period, services held, contacts by duty (shapes: ``rules.members``)."""

    joined_on = models.DateField()
    left_on = models.DateField(null=True)
    term_from = models.DateField(null=True)
    term_until = models.DateField(null=True)
    services = models.JSONField(default=list)
    contacts = models.JSONField(default=list)

    class Meta:
        abstract = True


class Membership(TenantOwned, Terms):
    """One school's full membership. ``consents`` and ``left_on`` open and close JCSOS's window at once, by trigger."""

    leaving_reason = models.TextField(blank=True)
    consents = models.BooleanField(default=False)
    consented_at = models.DateTimeField(null=True)
    consented_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("school",), name="jcsos_membership_once", condition=Q(left_on=None)),
            models.UniqueConstraint(fields=("school", "id"), name="jcsos_membership_school_id"),
            models.CheckConstraint(
                name="jcsos_membership_consent_is_signed",
                condition=Q(consents=False) | Q(consented_at__isnull=False, consented_by__isnull=False),
            ),
            models.CheckConstraint(
                name="jcsos_membership_leaves_after_joining",
                condition=Q(left_on=None) | Q(left_on__gte=models.F("joined_on")),
            ),
            models.CheckConstraint(
                name="jcsos_membership_term_runs_on",
                condition=Q(term_until=None) | Q(term_until__gte=models.F("term_from")),
            ),
            TenantIsolation(
                name="jcsos_membership_rls",
                rules=(
                    (
                        "school",
                        "school_id",
                        "select,update(consents,consented_at,consented_by_id,contacts,left_on,leaving_reason)",
                    ),
                    (
                        "jcsos",
                        "all",
                        "select,insert,update(left_on,leaving_reason,term_from,term_until,services,contacts)",
                    ),
                ),
            ),
        )

    def __str__(self) -> str:
        return str(self.school_id)


class Associate(Terms):
    """An associate member: a body that supports JCSOS and plans no trips; it has no people in the portal."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    org = models.ForeignKey("tenancy.Org", on_delete=models.PROTECT, related_name="+", editable=False)
    name = models.CharField(max_length=120)
    english_name = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=20, choices=AssociateKind.choices())

    class Meta:
        ordering = ("left_on", "name")
        constraints = (
            models.CheckConstraint(
                name="jcsos_associate_leaves_after_joining",
                condition=Q(left_on=None) | Q(left_on__gte=models.F("joined_on")),
            ),
            TenantIsolation(
                name="jcsos_associate_rls",
                rules=(
                    (
                        "jcsos",
                        "org_id",
                        "select,insert,update(name,english_name,kind,left_on,term_from,term_until,services,contacts)",
                    ),
                ),
            ),
        )

    def __str__(self) -> str:
        return self.name


class MemberPaper(models.Model):
    """A document of a membership: a sealed file that was handed in, or a letter issued with a code.

    ``says`` is what a letter says, word for word; ``code`` opens its public page. Files are sealed under ``key_*``.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    school = models.ForeignKey("tenancy.Org", null=True, on_delete=models.PROTECT, related_name="+", editable=False)
    membership = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="papers")
    associate_id = models.UUIDField(null=True)
    kind = models.CharField(max_length=20, choices=PaperKind.choices())
    says = models.JSONField(default=dict)
    code = models.UUIDField(null=True, unique=True)
    issued_on = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)
    key_master = models.CharField(max_length=40, blank=True)
    key_wrapped = models.BinaryField(null=True)
    shown_name = models.CharField(max_length=200, blank=True)
    stored_name = models.CharField(max_length=120, blank=True)
    media_type = models.CharField(max_length=60, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(null=True)
    given_at = models.DateTimeField(default=clock.now)
    given_by = signer()

    class Meta:
        ordering = ("-given_at",)
        constraints = (
            models.CheckConstraint(
                name="jcsos_memberpaper_of_one_member",
                condition=Q(school__isnull=False, membership__isnull=False, associate_id=None)
                | Q(school=None, membership=None, associate_id__isnull=False),
            ),
            models.CheckConstraint(
                name="jcsos_memberpaper_is_file_or_letter",
                condition=Q(kind="letter", code__isnull=False, issued_on__isnull=False, valid_until__isnull=False)
                | ~Q(kind="letter") & ~Q(stored_name="") & ~Q(sha256="") & Q(code=None, size__isnull=False),
            ),
            SameTenant(name="jcsos_memberpaper_same_school", via="membership_id", to="jcsos.Membership"),
            TenantIsolation(
                name="jcsos_memberpaper_rls",
                rules=(
                    ("school", "school_id", "select,insert,update(revoked_at)"),
                    ("jcsos", "all", "select,insert,update(revoked_at)"),
                    # The public page of a letter is asked by somebody without any organisation.
                    ("worker", "when:code IS NOT NULL", "select"),
                ),
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)
