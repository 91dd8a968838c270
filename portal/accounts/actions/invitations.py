"""Offering a role, withdrawing the offer, and accepting it. Not here: the mail itself (notices)."""

from __future__ import annotations

import secrets
from datetime import timedelta
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts import queries
from portal.accounts.acting import actor_of, scope_of, subject_of
from portal.accounts.actions.refused import Refused
from portal.accounts.models import Invitation, Membership, User
from portal.accounts.notices import send_invitation
from portal.audit.events import EventName
from portal.audit.record import record
from portal.kit.roles import Role
from portal.tenancy.models import Org
from portal.tenancy.scope import acting_as

INVITATION_LASTS = timedelta(days=7)
TOKEN_BYTES = 32


@transaction.atomic
def invite(org: Org, *, email: str, role: Role, by: Membership, title: str = "") -> Invitation:
    """Offer ``role`` in ``org`` to an address; an earlier open offer of the same role is withdrawn.

    The mail leaves after commit and is the only place where the token exists in the clear.
    """
    address = email.strip().lower()
    _check_offer(org, address, role, by)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    with acting_as(None):
        _pending(org, address, role).update(revoked_at=timezone.now())
        invitation = Invitation.objects.create(
            org=org,
            email=address,
            role=role.value,
            title=title,
            token_hash=queries.hash_token(token),
            invited_by_id=by.user_id,
            expires_at=timezone.now() + INVITATION_LASTS,
        )
    record(EventName.MEMBER_INVITED, by=actor_of(by), about=subject_of(org), role=role.value)
    transaction.on_commit(lambda: send_invitation(invitation, token=token))
    return invitation


@transaction.atomic
def revoke_invitation(invitation_id: UUID, *, by: Membership) -> Invitation:
    """Withdraw an open offer of a role that ``by`` may offer as well."""
    with acting_as(None):
        rows = Invitation.objects.select_for_update(of=("self",)).select_related("org")
        invitation = rows.filter(pk=invitation_id, accepted_at__isnull=True, revoked_at__isnull=True).first()
        if invitation is None or invitation.role_kind not in queries.roles_to_offer(by, invitation.org):
            raise Refused(_("この招待は、すでに受け付けられたか取り消されています。一覧を開き直して確かめてください。"))
        invitation.revoked_at = timezone.now()
        invitation.save(update_fields=["revoked_at"])
    record(EventName.INVITATION_REVOKED, by=actor_of(by), about=subject_of(invitation.org), role=invitation.role)
    return invitation


@transaction.atomic
def accept_invitation(token_hash: str, *, by: User) -> Membership:
    """The invited person joins; the token is used up. Raises ``Refused`` for any other person or a dead token."""
    with acting_as(None):
        invitation = _take(token_hash)
        if invitation.email != by.email:
            raise Refused(_("この招待は別のメールアドレス宛てです。招待されたアドレスでサインインし直してください。"))
        membership, _created = Membership.objects.update_or_create(
            user=by,
            org=invitation.org,
            role=invitation.role,
            defaults={"active": True, "title": invitation.title},
        )
        invitation.accepted_at, invitation.accepted_by = timezone.now(), by
        invitation.save(update_fields=["accepted_at", "accepted_by"])
    _record_joining(membership)
    return membership


@transaction.atomic
def register_and_accept(token_hash: str, *, name: str, password: str) -> Membership:
    """A new person: the account, its address verified by the invitation itself, and the membership."""
    with acting_as(None):
        invitation = _take(token_hash)
        if User.objects.filter(email=invitation.email).exists():
            raise Refused(_("このメールアドレスのアカウントはすでにあります。サインインしてから参加してください。"))
        user = User.objects.create_user(invitation.email, password, name=name)
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return accept_invitation(token_hash, by=user)


def _check_offer(org: Org, address: str, role: Role, by: Membership) -> None:
    if by.user is None or role not in queries.roles_to_offer(by, org):
        raise Refused(_("この組織へ、この役割で招待する権限がありません。上位の組織に依頼してください。"))
    if by.user.email == address:
        raise Refused(_("ご自身を招待することはできません。別の方のメールアドレスを入れてください。"))
    if queries.members_of(org).filter(user__email=address, role=role.value).exists():
        raise Refused(_("このメールアドレスの方は、すでに同じ役割で登録されています。"))


def _pending(org: Org, address: str, role: Role) -> QuerySet[Invitation]:
    rows = Invitation.objects.filter(org=org, email=address, role=role.value)
    return rows.filter(accepted_at__isnull=True, revoked_at__isnull=True)


def _take(token_hash: str) -> Invitation:
    """Lock the invitation until the end of the transaction, so that two clicks make one membership."""
    Invitation.objects.select_for_update(of=("self",)).filter(token_hash=token_hash).first()
    invitation = queries.open_invitation(token_hash)
    if invitation is None:
        raise Refused(_("この招待はもう使えません。招待した方に、新しい招待を依頼してください。"))
    return invitation


def _record_joining(membership: Membership) -> None:
    with acting_as(scope_of(membership)):
        about = subject_of(membership.org)
        record(EventName.MEMBER_JOINED, by=actor_of(membership), about=about, role=membership.role)
