"""What a session has proved: a second factor, and how freshly. Read from allauth's records in the session.

Not here: setting factors up (allauth), sending people to do so (gates).
"""

from __future__ import annotations

from enum import Enum, auto
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

STEP_UP_LASTS = 5 * 60
"""Seconds a proof of identity stays fresh enough for exports and health data."""
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class SecondFactor(Enum):
    """Where this session stands."""

    PROVED = auto()
    UNPROVED = auto()
    MISSING = auto()


def second_factor(request: HttpRequest) -> SecondFactor:
    """Set up and used in this session; set up elsewhere and not used here; or not set up at all."""
    if settings.PORTAL_RELAX_MFA:
        return SecondFactor.PROVED
    if not Authenticator.objects.filter(user_id=request.user.pk, type__in=FACTORS).exists():
        return SecondFactor.MISSING
    used = any(record.get("method") == "mfa" for record in _records(request))
    return SecondFactor.PROVED if used else SecondFactor.UNPROVED


def newest_proof(request: HttpRequest) -> float:
    """When this person last proved who they are in this session, in seconds; 0 for never."""
    return max((float(record.get("at", 0)) for record in _records(request)), default=0.0)


def is_fresh(request: HttpRequest) -> bool:
    """Whether the person proved who they are within the last five minutes."""
    age = timezone.now().timestamp() - newest_proof(request)
    return age < STEP_UP_LASTS


def count_new_factor_as_used(sender: Any, *, request: HttpRequest, authenticator: Authenticator, **_: Any) -> None:
    """Whoever has just set a factor up has just used it: receiver of allauth's ``authenticator_added``."""
    if authenticator.type in FACTORS:
        record_authentication(request, request.user, "mfa", id=authenticator.pk, type=authenticator.type)


def _records(request: HttpRequest) -> list[dict[str, Any]]:
    return get_authentication_records(request, request.user)
