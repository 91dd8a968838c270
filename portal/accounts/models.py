"""People, their memberships and their invitations. Not here: organisations (tenancy), sign-in screens."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from portal.kit.ids import uuid7
from portal.kit.roles import Role
from portal.tenancy.models import Org


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A person known by e-mail only; without a password they sign in by e-mailed code or passkey."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """Identity of a member of staff. No username, no group, no flag that opens other tenants."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=80, blank=True)
    language = models.CharField(max_length=5, default="ja")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = (
            # Two spellings of one address must never become two people.
            models.CheckConstraint(name="accounts_user_email_is_lower", condition=models.Q(email=Lower("email"))),
        )

    def __str__(self) -> str:
        return self.name or self.email


class Membership(models.Model):
    """One role of one person in one organisation; a person may hold several and switches visibly."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    org = models.ForeignKey(Org, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=40, choices=Role.choices())
    title = models.CharField(max_length=80, blank=True)
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("created_at", "id")
        constraints = (models.UniqueConstraint(fields=("user", "org", "role"), name="accounts_membership_once"),)

    def __str__(self) -> str:
        return f"{self.org_id} {self.role}"

    @property
    def role_kind(self) -> Role:
        return Role(self.role)


class Invitation(models.Model):
    """A parent organisation's single-use invitation; only the hash of its token is kept."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    org = models.ForeignKey(Org, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField()
    role = models.CharField(max_length=40, choices=Role.choices())
    title = models.CharField(max_length=80, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at",)
        constraints = (
            models.CheckConstraint(
                name="accounts_invitation_acceptance_is_signed",
                condition=models.Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | models.Q(accepted_at__isnull=False, accepted_by__isnull=False),
            ),
            models.CheckConstraint(
                name="accounts_invitation_ends_once",
                condition=models.Q(accepted_at__isnull=True) | models.Q(revoked_at__isnull=True),
            ),
            models.CheckConstraint(name="accounts_invitation_email_is_lower", condition=models.Q(email=Lower("email"))),
            models.UniqueConstraint(
                name="accounts_invitation_one_open",
                fields=("org", "email", "role"),
                condition=models.Q(accepted_at__isnull=True, revoked_at__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return str(self.id)

    @property
    def role_kind(self) -> Role:
        return Role(self.role)

    def is_open(self, at: datetime) -> bool:
        """Neither accepted nor revoked, and ``at`` lies before its end."""
        return self.accepted_at is None and self.revoked_at is None and at < self.expires_at


class MachineClient(models.Model):
    """An OAuth2 client of allauth and what it acts as: one role in one organisation, until withdrawn."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.OneToOneField("allauth_idp_oidc.Client", on_delete=models.CASCADE, related_name="+")
    org = models.ForeignKey(Org, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=40, choices=Role.choices())
    created_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("created_at",)

    def __str__(self) -> str:
        return str(self.id)
