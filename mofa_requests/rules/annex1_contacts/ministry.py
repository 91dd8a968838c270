"""別添一 二(一)(ロ): the foreign ministry by day and by night. Not here: its dated numbers (portal.directory)."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from mofa_requests.rules.annex1_contacts.chapter import BOOK
from portal.directory.countries import JAPAN
from portal.directory.desks import mofa_desk, superseded_numbers
from portal.dossier.types import Emergency
from portal.kit.phones import comparison_key
from portal.lawbook.outcome import Fault, Several, Subject
from portal.lawbook.rule import BLOCK
from portal.lawbook.rulebook import Law
from trips.facts import EMERGENCY, TripFacts
from trips.facts.phones import phone_faults

_SHARED = {"cites": ("別添一 二(一)(ロ)",), "severity": BLOCK, "each": EMERGENCY}


@BOOK.rule(
    "A151",
    "外務本省の昼間の電話番号が書いてある",
    "The ministry's number by day is given",
    needs=("mofa_day_phone",),
    remedy="emergency#mofa_day_phone",
    hint=("窓口一覧から今の番号を入れられます。", "Take today's number from the list of desks."),
    **_SHARED,
)
def ministry_by_day(emergency: Subject[Emergency], facts: TripFacts, law: Law) -> Several:
    yield from phone_faults(emergency, "mofa_day_phone", facts, country=JAPAN)
    yield from _out_of_date(emergency, "mofa_day_phone", facts, law)


@BOOK.rule(
    "A152",
    "外務本省の夜間・休日の電話番号が書いてある",
    "The ministry's number at night is given",
    needs=("mofa_night_phone",),
    remedy="emergency#mofa_night_phone",
    hint=(
        "在外公館が閉まっている時間は外務本省を経由します。窓口一覧から今の番号を入れられます。",
        "When the mission is closed, calls go through the ministry; take today's number from the list.",
    ),
    **_SHARED,
)
def ministry_at_night(emergency: Subject[Emergency], facts: TripFacts, law: Law) -> Several:
    yield from phone_faults(emergency, "mofa_night_phone", facts, country=JAPAN)
    yield from _out_of_date(emergency, "mofa_night_phone", facts, law)


def _out_of_date(emergency: Subject[Emergency], at: str, facts: TripFacts, law: Law) -> Several:
    day = facts.departs_on or law.on
    typed = getattr(emergency.value, at)
    if comparison_key(typed, JAPAN) in _superseded(day):
        yield Fault(
            f"緊急連絡体制の外務本省の番号「{typed}」は以前の通知の番号で、今は使われていません。"
            f"{_now(day)}に直してください。",
            f"The ministry's number “{typed}” is that of an old notice and no longer in use. Write today's.",
            at,
        )


@lru_cache(maxsize=64)
def _superseded(day: dt.date) -> frozenset[str]:
    return frozenset(comparison_key(number, JAPAN) for number in superseded_numbers(on=day))


def _now(day: dt.date) -> str:
    current = mofa_desk(on=day)
    return f"今の番号(代表 {current.day_phone})" if current.day_phone else "今の番号"
