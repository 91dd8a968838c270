"""What must be true before a process may serve: all system checks, those of the database included.

Here: asking, and the application that serves nothing but the reason. Not here: the checks (each app's ``checks``).
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable
from typing import Any

from django.core import checks

log = logging.getLogger(__name__)
PART = "startup_checks"
"""How the health page calls a process that was refused its service."""

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def refused_by() -> list[str]:
    """Ids and texts of failed checks: a superuser as login, a table without row security, an undeclared URL …

    Raises Django's ``OperationalError`` while the database cannot be asked: then nothing may start either.
    """
    found = checks.run_checks(include_deployment_checks=True, databases=["default"])
    return [f"{one.id}: {one.msg}" for one in found if one.is_serious() and not one.is_silenced()]


def guarded(application: Application) -> Application:
    """``application``, or one that answers 503 to everything if a check fails; the reasons go to the log."""
    reasons = refused_by()
    for reason in reasons:
        log.critical("this process does not serve: %s", reason)
    return _refusing_application if reasons else application


def _refusing_application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    start_response("503 Service Unavailable", [("Content-Type", "application/json"), ("Cache-Control", "no-store")])
    return [json.dumps({"ok": False, "parts": {PART: False}}).encode()]
