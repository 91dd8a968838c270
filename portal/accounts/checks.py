"""Start-up checks: every URL declares who may use it, and no production portal goes without a second factor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.urls import get_resolver

from portal.accounts.access import Gate
from portal.accounts.declared import THIRD_PARTY, declared_access, every_view


@register(Tags.urls)
def every_url_declares_its_access(app_configs: Sequence[Any] | None, **_: Any) -> list[CheckMessage]:
    """A view without a declaration, or one for members that names no role or purpose, stops the start."""
    views = list(every_view(get_resolver()))
    found: list[CheckMessage] = [
        message for name, pattern, callback in views for message in _judge(name, pattern, callback)
    ]
    unused = sorted(set(THIRD_PARTY) - {name for name, _pattern, _callback in views})
    return [
        *found,
        *(Warning(f"no URL is named {name}", hint="portal.accounts.declared", id="accounts.W001") for name in unused),
    ]


def _judge(name: str, pattern: str, callback: Any) -> list[CheckMessage]:
    access = declared_access(callback, name)
    shown = f"{name or '(no name)'} at {pattern}"
    if access is None:
        hint = "decorate the view with public, signed_in or members (portal.accounts.access)"
        return [Error(f"{shown} does not declare who may use it", hint=hint, id="accounts.E001")]
    if not access.purpose or (access.gate is Gate.MEMBER and not access.roles):
        return [Error(f"{shown} declares no role or no purpose", id="accounts.E002")]
    return []


@register(Tags.security)
def a_second_factor_is_required(app_configs: Sequence[Any] | None, **_: Any) -> list[CheckMessage]:
    """The relaxation for the local demo never reaches a public address."""
    if settings.PORTAL_RELAX_MFA and settings.PORTAL_ENV == "prod":
        hint = "remove PORTAL_RELAX_MFA: it is for the demo on one's own machine"
        return [Error("staff could sign in without a second factor", hint=hint, id="accounts.E003")]
    return []
