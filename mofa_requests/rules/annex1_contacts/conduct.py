"""別添一 三: what escorts do when something happens. Not here: numbers to call (the other modules)."""

from __future__ import annotations

import re

from mofa_requests.rules.annex1_contacts.chapter import BOOK
from portal.dossier.types import Emergency
from portal.lawbook.outcome import Fault, Several, Subject
from portal.lawbook.rule import ADVICE, BLOCK
from portal.lawbook.rulebook import Law
from trips.facts import EMERGENCY, TripFacts

_SCHOOL = ("学校", re.compile(r"学校|本校|留守|校長|教頭|school", re.IGNORECASE))
_MISSION = ("在外公館", re.compile(r"公館|大使館|領事|交流協会|embassy|consulate|mission", re.IGNORECASE))
_MINISTRY = ("外務省", re.compile(r"外務|邦人|オペレーション|mofa|ministry", re.IGNORECASE))

BOOK.require(
    "A161",
    "事故のとき引率教員がする連絡が書いてある",
    "What escorts report at once is written down",
    cites=("別添一 三(一)",),
    severity=BLOCK,
    each=EMERGENCY,
    needs=("first_call",),
    remedy="emergency#first_call",
    hint=(
        "例: 引率教員がすぐ学校へ電話する。必要に応じて現地エージェントと最寄りの在外公館にも連絡する。",
        "e.g. An escort calls the school at once and, as needed, the local agent and the nearest mission.",
    ),
)

BOOK.require(
    "A162",
    "重要な事件・事故のときの連絡が書いてある",
    "Whom to call in a grave case is written down",
    cites=("別添一 三(二)",),
    severity=BLOCK,
    each=EMERGENCY,
    needs=("grave_call",),
    remedy="emergency#grave_call",
    hint=(
        "例: 現地では必ず最寄りの在外公館へ、同時に学校経由で外務省へ(夜間も)連絡する。",
        "e.g. Always the nearest mission, and through the school the ministry, by night too.",
    ),
)


@BOOK.rule(
    "A163",
    "事故のときの連絡に通知の相手がそろっている",
    "The calls reach everybody whom the notice names",
    cites=("別添一 三(一)", "別添一 三(二)"),
    severity=ADVICE,
    each=EMERGENCY,
    needs=("first_call", "grave_call"),
    remedy="emergency#grave_call",
    hint=(
        "学校・在外公館・外務省の三つの名前が出てくるように書いてください。",
        "Name the school, the mission and the ministry.",
    ),
)
def calls_reach_all(emergency: Subject[Emergency], facts: TripFacts, law: Law) -> Several:
    yield from _absent(emergency, "first_call", (_SCHOOL,))
    yield from _absent(emergency, "grave_call", (_MISSION, _SCHOOL, _MINISTRY))


def _absent(emergency: Subject[Emergency], at: str, named: tuple[tuple[str, re.Pattern[str]], ...]) -> Several:
    text = getattr(emergency.value, at)
    missing = [word for word, pattern in named if not pattern.search(text)]
    if missing:
        label = type(emergency.value).model_fields[at].title
        yield Fault(
            f"「{label}」に{'・'.join(missing)}への連絡が出てきません。通知では連絡する相手とされています。書き足してください。",
            f"“{at}” does not name everybody whom the notice names ({len(missing)} absent). Add them.",
            at,
        )
