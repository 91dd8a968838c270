"""Registering and withdrawing machine clients. Not here: what their tokens may do (portal.accounts.machines)."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.idp.oidc.adapter import get_adapter
from allauth.idp.oidc.models import Client, Token
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.acting import scope_of, subject_of
from portal.accounts.actions.refused import Refused
from portal.accounts.machines import READ, WRITE
from portal.accounts.models import MachineClient, Membership
from portal.audit.events import EventName
from portal.audit.record import Actor, Primitive, record
from portal.directory.kinds import OrgKind
from portal.kit.roles import Role
from portal.tenancy.models import Org
from portal.tenancy.scope import acting_as


@dataclass(frozen=True)
class NewMachine:
    """What is shown once: the secret is stored as a hash only."""

    client_id: str
    secret: str


@transaction.atomic
def register_machine(org: Org, *, role: Role, name: str, may_write: bool = False) -> NewMachine:
    """An OAuth2 client for client credentials that acts for ``org`` with ``role``; reading only unless told."""
    if role.audience is not OrgKind(org.kind).audience:
        raise Refused(_("この組織にはない役割です。組織の種別に合う役割を選んでください。"))
    secret = get_adapter().generate_client_secret()
    scopes = [READ, WRITE] if may_write else [READ]
    client = Client(name=name, type=Client.Type.CONFIDENTIAL)
    client.grant_types, client.response_types = Client.GrantType.CLIENT_CREDENTIALS.value, ""
    client.set_scopes(scopes)
    client.default_scopes = "\n".join(scopes)
    client.set_secret(secret)
    with acting_as(None):
        client.save(force_insert=True)
        machine = MachineClient.objects.create(client=client, org=org, role=role.value)
    _tell(EventName.MACHINE_REGISTERED, machine, role=role.value, may_write=may_write)
    return NewMachine(client.pk, secret)


@transaction.atomic
def revoke_machine(client_id: str) -> None:
    """Withdraw a machine client: every token it holds dies, and its secret opens nothing any more."""
    with acting_as(None):
        known = MachineClient.objects.select_for_update(of=("self",)).select_related("org")
        machine = known.filter(client_id=client_id, revoked_at__isnull=True).first()
        if machine is None:
            raise Refused(_("この機械利用の登録は見つからないか、すでに取り消されています。"))
        machine.revoked_at = timezone.now()
        machine.save(update_fields=["revoked_at"])
        Client.objects.filter(pk=client_id).update(grant_types="", secret=make_password(None))
        Token.objects.filter(client_id=client_id).delete()
    _tell(EventName.MACHINE_REVOKED, machine, role=machine.role)


@transaction.atomic
def record_token(value: str) -> None:
    """A token was issued: the organisation its machine acts for sees that, and nothing of the token."""
    token = Token.objects.lookup(Token.Type.ACCESS_TOKEN, value)
    machine = MachineClient.objects.select_related("org").filter(client_id=token.client_id if token else None).first()
    if machine is not None:
        _tell(EventName.MACHINE_TOKEN_ISSUED, machine, role=machine.role)


def _tell(name: EventName, machine: MachineClient, **facts: Primitive) -> None:
    """Into the history of the organisation; a machine is no person."""
    with acting_as(scope_of(Membership(org=machine.org, role=machine.role))):
        actor = Actor(user_id=None, role="", org_id=machine.org_id)
        record(name, by=actor, about=subject_of(machine.org), client=machine.client_id, **facts)
