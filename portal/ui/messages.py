"""Messages to the person at the next page: what happened, and the way back where there is one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest

UNDO = "undo "


def announce(request: HttpRequest, text: str, *, undo_url: str = "") -> None:
    """Say what was done; with ``undo_url`` (a POST URL of ours) the toast offers 元に戻す until it is closed."""
    messages.success(request, text, extra_tags=UNDO + undo_url if undo_url else "")


def warn(request: HttpRequest, text: str) -> None:
    """Say what was done and what is still open."""
    messages.warning(request, text)


def refuse(request: HttpRequest, text: str) -> None:
    """Say what was not done, why, and how to mend it."""
    messages.error(request, text)
