"""別添三 一: 日程表(フライト便名、時刻). Not here: whether the legs join up (trips.rules)."""

from __future__ import annotations

from mofa_requests.rules.annex3_must_report.chapter import BOOK
from portal.dossier.types import (
    Dossier,
    Leg,
    LegMode,
)
from portal.lawbook.outcome import Fault, Outcomes, Several, Subject
from portal.lawbook.rule import ADVICE, BLOCK
from portal.lawbook.rulebook import Law
from trips.facts import (
    FLIGHTS_AND_SHIPS,
    LAND_LEGS,
    LEGS,
    WHOLE,
    TripFacts,
)
from trips.facts.flights import looks_like_flight_number


@BOOK.rule(
    "A310",
    "日程表がある",
    "There is an itinerary",
    cites=("別添三 一",),
    severity=BLOCK,
    each=WHOLE,
    needs=("legs",),
    remedy="itinerary",
    hint=(
        "日本を出る便から日本へ帰る便まで、すべての移動を入れてください。"
        "例: ○○101便 成田(NRT) 9:25発 → 台北桃園(TPE) 12:15着",
        "Enter every leg from leaving Japan to coming home.",
    ),
)
def leaves_and_comes_home(dossier: Subject[Dossier], facts: TripFacts, law: Law) -> Several:
    if not facts.leaves_japan:
        yield Fault(
            "日程表に日本を出る便がありません。出発地が日本の便を入れてください。",
            "No leg leaves Japan. Enter the one that does.",
        )
    if not facts.comes_home:
        yield Fault(
            "日程表に日本へ帰る便がありません。到着地が日本の便を入れてください。",
            "No leg comes back to Japan. Enter the one that does.",
        )


@BOOK.rule(
    "A311",
    "フライトの便名・船名が書いてある",
    "Every flight or ship has its number or name",
    cites=("別添三 一",),
    severity=BLOCK,
    each=FLIGHTS_AND_SHIPS,
    needs=("number",),
    to_follow="to_follow_on",
    remedy="itinerary#number",
    hint=(
        "航空会社の2文字と数字で書いてください。例: JL97、CI107。未確定なら確定予定日を入れてください。",
        "Two characters of the airline and digits, e.g. JL97; if not fixed yet, give the day it will be.",
    ),
)
def flight_number(leg: Subject[Leg], facts: TripFacts, law: Law) -> Outcomes:
    number = leg.value.number or ""
    if leg.value.mode is not LegMode.FLIGHT or looks_like_flight_number(number):
        return None
    return Fault(
        f"{leg.ja}の便名「{number}」は便名の形ではありません。航空会社の2文字と数字で書いてください。例: JL97",
        f"{leg.en}: “{number}” is not a flight number. Write the airline's two characters and digits, e.g. JL97.",
    )


BOOK.require(
    "A312",
    "出発と到着の時刻が書いてある",
    "Every leg has its times",
    cites=("別添三 一",),
    severity=BLOCK,
    each=LEGS,
    needs=("departs_at", "arrives_at"),
    to_follow="to_follow_on",
    remedy="itinerary#departs_at",
    hint=(
        "その土地の時刻で書いてください。例: 2027年3月10日 9:25。未確定なら確定予定日を入れてください。",
        "Write the local time, e.g. 10 March 2027 9:25; if not fixed yet, give the day it will be.",
    ),
)

BOOK.require(
    "A313",
    "出発地と到着地が書いてある",
    "Every leg says from where to where",
    cites=("別添三 一",),
    severity=BLOCK,
    each=LEGS,
    needs=("origin", "destination"),
    to_follow="to_follow_on",
    remedy="itinerary#origin",
    hint=("航空機は空港の3文字で書いてください。例: NRT(成田)", "Use the airport's three letters, e.g. NRT."),
)

BOOK.require(
    "A314",
    "鉄道・バスの便が見分けられる",
    "Trains and buses can be told apart",
    cites=("別添三 一",),
    severity=ADVICE,
    each=LAND_LEGS,
    needs=("number",),
    to_follow="to_follow_on",
    remedy="itinerary#number",
    hint=("列車名や号車を書いておくと連絡が早くなります。例: 貸切バス1号車", "e.g. train name, or chartered bus no. 1"),
)
