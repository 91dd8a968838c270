"""The history of a request as its pages tell it: events in words, newest first, and the day of its present state.

Not here: recording events and their sentences (portal.audit).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext

from mofa_requests.models import MofaRequest
from portal.audit.models import Event
from portal.kit import clock
from portal.kit.roles import Role
from portal.ui.labels import label_of, speaks_english
from portal.ui.shapes import Happening

_ICONS = {"request": "send", "decision": "eye", "remark": "info", "packet": "file", "letter": "file", "reply": "info"}


def happening(event: Event) -> Happening:
    """One event of the history in words, with the role and organisation that acted."""
    role = label_of(Role(event.actor_role)) if event.actor_role in set(Role) else ""
    org = str(event.actor_org or "")
    return Happening(
        what=event.sentence("en" if speaks_english() else "ja"),
        at=event.at,
        who=" ".join(part for part in (org, role) if part),
        icon=_ICONS.get(event.name.partition(".")[0], "circle"),
    )


def newest_first(events: Iterable[Event]) -> list[Happening]:
    """The history, newest on top; what one hand did again and again on one day stands there once."""
    told: list[tuple[Happening, int]] = []
    for event in events:
        shown = happening(event)
        last, times = told[-1] if told else (None, 0)
        if last is not None and (last.what, last.who, _day(last.at)) == (shown.what, shown.who, _day(shown.at)):
            told[-1] = shown, times + 1
        else:
            told.append((shown, 1))
    return [_told(shown, times) for shown, times in reversed(told)]


def state_day(request: MofaRequest) -> Any:
    """When the request came into its present state, for the banner."""
    return {
        "submitted": request.submitted_at,
        "in_review": request.claimed_at,
        "returned": request.returned_at,
        "approved": request.approved_at,
        "forwarded": request.forwarded_at,
        "acknowledged": request.acknowledged_at,
        "withdrawn": request.withdrawn_at,
    }.get(request.state)


def _day(at: dt.datetime) -> dt.date:
    return at.astimezone(clock.TOKYO).date()


def _told(shown: Happening, times: int) -> Happening:
    return replace(shown, note=gettext("この日に%(n)d回") % {"n": times}) if times > 1 else shown
