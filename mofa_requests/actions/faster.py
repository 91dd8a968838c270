"""Telling the slower one of two people who was faster and when, in both languages. Not here: who wins (review)."""

from __future__ import annotations

import datetime as dt

from mofa_requests.enums import RequestState
from mofa_requests.models import MofaRequest
from portal.audit.record import Actor
from portal.kit import clock


def who_was_faster(request: MofaRequest, by: Actor) -> tuple[str, str]:
    """Who moved it, when, and that nothing of this attempt was kept; Japanese and English."""
    person, at = {
        RequestState.IN_REVIEW: (request.claimed_by, request.claimed_at),
        RequestState.APPROVED: (request.approved_by, request.approved_at),
        RequestState.RETURNED: (request.returned_by, request.returned_at),
        RequestState.FORWARDED: (request.forwarded_by, request.forwarded_at),
        RequestState.WITHDRAWN: (request.withdrawn_by, request.withdrawn_at),
    }.get(request.state_kind, (None, None))
    state = request.state_kind
    if person is None or at is None:
        return (
            f"いまの状態は「{state.label}」です。画面を読み込み直してください",
            f"It stands at “{state.english}” now. Reload the page.",
        )
    if person.pk == by.person_id:
        return (
            f"{moment(at)}にあなたが「{state.label}」にしています。二度目の操作は記録していません",
            f"You made it “{state.english}” at {moment_in_english(at)}. The second press was not recorded.",
        )
    return (
        f"{moment(at)}に{person}さんが「{state.label}」にしています。あなたの操作は記録していません",
        f"{person} made it “{state.english}” at {moment_in_english(at)}. Nothing of yours was recorded.",
    )


def moment(instant: dt.datetime) -> str:
    """``10時32分`` for today, with the date before it for another day."""
    at = instant.astimezone(clock.TOKYO)
    day = "" if at.date() == clock.today() else f"{at.month}月{at.day}日"
    return f"{day}{at.hour}時{at.minute:02d}分"


def moment_in_english(instant: dt.datetime) -> str:
    """``10:32`` for today, with the date before it for another day."""
    at = instant.astimezone(clock.TOKYO)
    return f"{at:%H:%M}" if at.date() == clock.today() else f"{at:%Y-%m-%d %H:%M}"
