"""People and organisations for the tests of doors, and how they sign in. Everything is invented."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client

from portal.accounts.models import Membership, User
from portal.directory.kinds import OrgKind
from portal.dossier.types import FounderType
from portal.kit.roles import Role
from portal.tenancy.models import Org

PASSWORD = "渡り鳥は南の島へ2027年"


def organisation(kind: OrgKind, name: str, *, parent: Org | None = None, **fields: Any) -> Org:
    if kind is OrgKind.SCHOOL:
        fields.setdefault("founder", FounderType.PREFECTURAL.value)
    return Org.objects.create(kind=kind.value, name=name, parent=parent, **fields)


def person(email: str, name: str = "髙﨑 𠮷子") -> User:
    user = User.objects.create_user(email, PASSWORD, name=name)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def member(org: Org, role: Role, email: str, name: str = "髙﨑 𠮷子") -> Membership:
    user = User.objects.filter(email=email).first() or person(email, name)
    return Membership.objects.create(user=user, org=org, role=role.value)


def add_totp(user: User) -> str:
    """A TOTP factor; returns its secret."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def totp_code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def sign_in(client: Client, user: User, password: str = PASSWORD, **extra: Any) -> Any:
    """The sign-in form as a browser posts it."""
    return client.post("/accounts/login/", {"login": user.email, "password": password}, **extra)


def sign_in_fully(client: Client, user: User) -> Client:
    """Password and second factor, as staff do every morning."""
    has_factor = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    secret = _secret_of(has_factor) if has_factor else add_totp(user)
    sign_in(client, user)
    answer = client.post("/accounts/2fa/authenticate/", {"code": totp_code(secret)})
    assert answer.status_code == 302, answer.content.decode()
    return client


def _secret_of(authenticator: Authenticator) -> str:
    from portal.accounts.adapters import SecondFactorAdapter

    return SecondFactorAdapter().decrypt(authenticator.data["secret"])
