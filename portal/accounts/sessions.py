"""How long a sign-in lives: 20 minutes without a hand on it, ten hours at most, a new id after every proof.

Here: the stamps inside the session. Not here: who signs in (allauth), what an ended session answers (answers).
"""

from __future__ import annotations

from enum import StrEnum

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.utils import timezone

STARTED = "signed_in_at"
SEEN = "seen_at"
STAMP_EVERY = 15
"""Seconds between two writes of the last sign of life, so that not every request writes its session."""


class Ended(StrEnum):
    """Why a sign-in ended by itself."""

    IDLE = "idle"
    ABSOLUTE = "absolute"


def begin(session: SessionBase) -> None:
    """Start both clocks: called when a sign-in is complete."""
    session[STARTED] = session[SEEN] = _now()


def why_ended(session: SessionBase) -> Ended | None:
    """Whether one of the two clocks has run out; a session without stamps starts them now."""
    if STARTED not in session or SEEN not in session:
        begin(session)
    if _now() - session[STARTED] >= settings.PORTAL_SESSION_LASTS:
        return Ended.ABSOLUTE
    return Ended.IDLE if _now() - session[SEEN] >= settings.PORTAL_SESSION_IDLE else None


def keep_alive(session: SessionBase) -> None:
    """A person did something: the idle clock starts again."""
    if _now() - session[SEEN] >= STAMP_EVERY:
        session[SEEN] = _now()
        UserSession.objects.filter(session_key=session.session_key).update(last_seen_at=timezone.now())


def seconds_left(session: SessionBase) -> int:
    """Until the nearer of the two ends, if nothing more is done."""
    idle = session[SEEN] + settings.PORTAL_SESSION_IDLE
    return max(0, int(min(idle, session[STARTED] + settings.PORTAL_SESSION_LASTS) - _now()))


def renew_id(session: SessionBase) -> None:
    """A new session id with the same content; the list of sessions keeps its line."""
    old = session.session_key
    session.cycle_key()
    UserSession.objects.filter(session_key=old).update(session_key=session.session_key)


def _now() -> float:
    return timezone.now().timestamp()
