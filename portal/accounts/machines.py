"""Machine clients: an OAuth2 client that acts for one organisation with one role, by client credentials.

Here: from a bearer token to what it may act as. Not here: issuing tokens (allauth), registering (actions).
"""

from __future__ import annotations

from allauth.idp.oidc.models import Token
from django.http import HttpRequest

from portal.accounts.answers import SAFE, is_api
from portal.accounts.models import MachineClient, Membership

READ, WRITE = "portal.read", "portal.write"
SCOPES = {READ: "旅行と依頼を読む", WRITE: "旅行と依頼を書く"}
_BEARER = "bearer "


def presents_token(request: HttpRequest) -> bool:
    """Whether an API request comes with a bearer token instead of a session."""
    return is_api(request) and request.headers.get("Authorization", "").lower().startswith(_BEARER)


def machine_membership(request: HttpRequest) -> Membership | None:
    """What the token's client acts as: a membership without a person, never saved. ``None`` if it may not."""
    value = request.headers["Authorization"][len(_BEARER) :].strip()
    token = Token.objects.lookup(Token.Type.ACCESS_TOKEN, value)
    needed = READ if request.method in SAFE else WRITE
    if token is None or needed not in token.get_scopes():
        return None
    machines = MachineClient.objects.select_related("org").filter(revoked_at__isnull=True, org__active=True)
    machine = machines.filter(client_id=token.client_id).first()
    return None if machine is None else Membership(org=machine.org, role=machine.role)
