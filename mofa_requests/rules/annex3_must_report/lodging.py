"""別添三 四: 旅行中の宿泊先(住所、電話番号). Not here: whether every night has a bed (trips.rules)."""

from __future__ import annotations

from mofa_requests.rules.annex3_must_report.chapter import BOOK, PHONE_ABROAD
from portal.dossier.types import (
    Dossier,
    Stay,
    StayKind,
)
from portal.lawbook.outcome import Fault, Missing, NotApplicable, Outcomes, Several, Subject
from portal.lawbook.rule import ADVICE, BLOCK
from portal.lawbook.rulebook import Law
from portal.lawbook.words import day_words
from trips.facts import (
    HOTELS,
    ON_THE_MOVE,
    OTHER_NIGHTS,
    STAYS,
    WHOLE,
    TripFacts,
)
from trips.facts.phones import phone_faults


def _day_trip(dossier: Subject[Dossier], facts: TripFacts, law: Law) -> Outcomes:
    outline = facts.dossier.outline
    if outline.departs_on and outline.departs_on == outline.returns_on:
        return NotApplicable("日帰りの旅行です", "A day trip")
    return None


@BOOK.rule(
    "A340",
    "宿泊先がある",
    "There are places to stay",
    cites=("別添三 四", "別添一 一(三)(イ)"),
    severity=BLOCK,
    each=WHOLE,
    needs=("stays",),
    when=_day_trip,
    remedy="lodging",
    hint=("機中泊やホームステイも含めて、全部の夜の泊まる所を入れてください。", "Enter where every night is spent."),
)
def somewhere_to_sleep(dossier: Subject[Dossier], facts: TripFacts, law: Law) -> Outcomes:
    if any(stay.kind not in ON_THE_MOVE for stay in dossier.value.stays) or facts.nights_away <= 2:
        return None
    return Fault(
        f"宿泊が機中泊・車中泊などだけですが、旅行は{facts.nights_away}泊です。ホテルやホームステイの宿泊先を入れてください。",
        f"Only nights on board are entered for a trip of {facts.nights_away} nights. Enter hotels or homestays.",
    )


_HOTEL_CITES = ("別添三 四", "別添一 一(三)(イ)", "別添一 二(二)")

BOOK.require(
    "A341",
    "宿泊先の住所が書いてある",
    "The lodging's address is given",
    cites=_HOTEL_CITES,
    severity=BLOCK,
    each=HOTELS,
    needs=("address",),
    remedy="lodging#address",
    hint=("現地で通じる表記で番地から書いてください。例: 1 ○○ Road, Singapore", "As it is written there, with number."),
)


@BOOK.rule(
    "A342",
    "宿泊先の電話番号が書いてある",
    "The lodging's telephone is given",
    cites=_HOTEL_CITES,
    severity=BLOCK,
    each=HOTELS,
    needs=("phone",),
    remedy="lodging#phone",
    hint=PHONE_ABROAD,
)
def hotel_phone(stay: Subject[Stay], facts: TripFacts, law: Law) -> Outcomes:
    return phone_faults(stay, "phone", facts, country=stay.value.country)


BOOK.require(
    "A343",
    "宿泊先の名称が書いてある",
    "The lodging is named",
    cites=("別添三 四",),
    severity=BLOCK,
    each=HOTELS,
    needs=("name",),
    remedy="lodging#name",
    hint=("予約した名称をそのまま書いてください。", "Give the name as booked."),
)


@BOOK.rule(
    "A344",
    "泊まる日が書いてある",
    "The nights of each stay are given",
    cites=("別添三 四",),
    severity=BLOCK,
    each=STAYS,
    needs=("checks_in", "checks_out"),
    remedy="lodging#checks_in",
    hint=(
        "現地の日付で書いてください。例: 3月10日に泊まり12日に出る",
        "Local dates, e.g. in on 10 March, out on 12 March",
    ),
)
def leaves_after_arriving(stay: Subject[Stay], facts: TripFacts, law: Law) -> Outcomes:
    arrives, leaves = stay.value.checks_in, stay.value.checks_out
    if arrives is None or leaves is None or arrives < leaves:
        return None
    return Fault(
        f"{stay.ja}を出る日({day_words(leaves)})が泊まる最初の日({day_words(arrives)})より後になっていません。"
        "出る日は最後に泊まった夜の翌日です。",
        f"{stay.en}: it is left on {leaves}, not after the first night on {arrives}.",
        "checks_out",
    )


_OTHER_NIGHTS = {
    StayKind.HOMESTAY: (("name", "名称"), ("address", "住所"), ("phone", "電話番号")),
    StayKind.ABOARD_SHIP: (("name", "名称"), ("phone", "電話番号")),
}
_ON_BOARD = (("name", "名称"),)


@BOOK.rule(
    "A345",
    "ホームステイや機中泊でも連絡の取り方が分かる",
    "Other nights can be told apart and reached too",
    cites=_HOTEL_CITES,
    severity=ADVICE,
    each=OTHER_NIGHTS,
    remedy="lodging#name",
    hint=(
        "機中泊は便名、船中泊は船名と船の電話、ホームステイは受入団体の住所と電話を書いてください。",
        "The flight; the ship and its telephone; for homestays the host organisation.",
    ),
)
def other_nights_can_be_reached(stay: Subject[Stay], facts: TripFacts, law: Law) -> Several:
    for at, ja in _OTHER_NIGHTS.get(stay.value.kind, _ON_BOARD):
        value = getattr(stay.value, at)
        if value is None:
            yield Missing(
                f"{stay.ja}の「{ja}」が未入力です。機中泊は便名、船中泊は船名と船の電話、"
                "ホームステイは受入団体の住所と電話を書いてください。",
                f"{stay.en}: “{at}” is not filled in. Give the flight, the ship or the host organisation.",
                at,
            )
        elif at == "phone":
            yield from phone_faults(stay, "phone", facts)
