"""How a call is recognised: the access middleware has already seated the person or the machine.

Not here: who may call what; each view declares it like every other URL.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.parsers import BaseParser
from rest_framework.request import Request

from portal.accounts.models import Membership


class SeatAuthentication(BaseAuthentication):
    """Takes over the seat of the middleware; a session's call must carry the CSRF token, a machine's need not."""

    def authenticate(self, request: Request) -> tuple[Any, Membership] | None:
        membership = request._request.membership  # type: ignore[attr-defined]
        if membership is None:
            return None
        if membership.user_id is None:
            return AnonymousUser(), membership
        SessionAuthentication().enforce_csrf(request)
        return request._request.user, membership

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="portal"'


class SeatScheme(OpenApiAuthenticationExtension):
    """How the published description names the two ways in."""

    target_class = SeatAuthentication
    name = ("session", "oauth2")  # type: ignore[assignment]

    def get_security_definition(self, auto_schema: Any) -> list[dict[str, Any]]:
        flow = {"tokenUrl": "/identity/o/api/token", "scopes": {"portal.read": "読む", "portal.write": "書く"}}
        return [
            {"type": "apiKey", "in": "cookie", "name": "sessionid"},
            {"type": "oauth2", "flows": {"clientCredentials": flow}},
        ]


class RawJson(BaseParser):
    """The body as it came: the dossier's own reader explains every fault with its line."""

    media_type = "application/json"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        return stream.read()
