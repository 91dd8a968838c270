"""別添一 二: what every traveller must know: the mission, how to dial, where they stay. Not here: the ministry."""

from __future__ import annotations

from mofa_requests.rules.annex1_contacts.chapter import BOOK
from portal.directory.countries import country
from portal.dossier.types import Dossier, Emergency, Mission
from portal.lawbook.outcome import Fault, Outcomes, Several, Subject
from portal.lawbook.rule import ADVICE, BLOCK
from portal.lawbook.rulebook import Law
from portal.lawbook.words import day_words
from trips.facts import EMERGENCY, MISSIONS, WHOLE, TripFacts
from trips.facts.phones import phone_faults


@BOOK.rule(
    "A141",
    "最寄りの在外公館が書いてある",
    "The nearest missions are given",
    cites=("別添一 二(一)(イ)",),
    severity=BLOCK,
    each=WHOLE,
    needs=("missions",),
    remedy="missions",
    hint=(
        "泊まる都市ごとに最寄りの大使館・総領事館などを入れてください。",
        "The embassy or consulate nearest to each city of stay.",
    ),
)
def one_in_every_country(dossier: Subject[Dossier], facts: TripFacts, law: Law) -> Several:
    covered = {mission.country for mission in dossier.value.missions}
    for destination in facts.stopovers:
        if destination.value.country and destination.value.country not in covered:
            where = country(destination.value.country)
            yield Fault(
                f"{destination.ja}のある{where.ja}の在外公館がありません。最寄りの公館を入れてください。",
                f"There is no mission for {where.en} ({destination.en}). Enter the nearest one.",
            )


BOOK.require(
    "A142",
    "在外公館の名称と住所が書いてある",
    "Each mission's name and address are given",
    cites=("別添一 二(一)(イ)",),
    severity=BLOCK,
    each=MISSIONS,
    needs=("name", "address"),
    remedy="missions#address",
    hint=("公館のページで確かめて書いてください。", "Check it on the mission's own page."),
)


@BOOK.rule(
    "A143",
    "在外公館の電話番号が書いてある",
    "Each mission's telephone is given",
    cites=("別添一 二(一)(イ)",),
    severity=BLOCK,
    each=MISSIONS,
    needs=("phone",),
    remedy="missions#phone",
    hint=("国番号から書いてください。例: +65 ○○○○ ○○○○", "Write it from the country code, e.g. +65 …"),
)
def mission_phone(mission: Subject[Mission], facts: TripFacts, law: Law) -> Outcomes:
    return phone_faults(mission, "phone", facts, country=mission.value.country)


@BOOK.rule(
    "A144",
    "在外公館の番号を最近確かめてある",
    "The mission's number was checked lately",
    cites=("別添一 二(一)(イ)",),
    severity=ADVICE,
    each=MISSIONS,
    needs=("verified_on",),
    remedy="missions#verified_on",
    hint=("番号は変わります。公館のページを見た日を書いてください。", "Numbers change; give the day you checked."),
)
def mission_checked_lately(mission: Subject[Mission], facts: TripFacts, law: Law) -> Outcomes:
    checked, limit = mission.value.verified_on, law.amount("contact_checked_within")
    if checked is None or (law.on - checked).days <= limit:
        return None
    return Fault(
        f"{mission.ja}の番号を確かめたのは{day_words(checked)}で、{limit}日より前です。もう一度確かめてください。",
        f"{mission.en}: the number was checked on {checked}, more than {limit} days ago. Check again.",
    )


BOOK.require(
    "A145",
    "現地での電話の掛け方が書いてある",
    "How to telephone from there is explained",
    cites=("別添一 二", "別添一 二(一)(イ)"),
    severity=BLOCK,
    each=EMERGENCY,
    needs=("dialling",),
    remedy="emergency#dialling",
    hint=(
        "訪問先ごとに国際電話の掛け方を書いてください。例: 携帯電話から +81-(最初の0を除いた番号)",
        "How to call Japan from each country, e.g. from a mobile +81 and the number without its first 0.",
    ),
)


@BOOK.rule(
    "A146",
    "連絡先を参加者全員に周知する日が書いてある",
    "The day is given on which everybody is told the contacts",
    cites=("別添一 二", "別添一 二(一)(イ)", "別添一 二(二)"),
    severity=BLOCK,
    each=EMERGENCY,
    needs=("told_all_on",),
    remedy="emergency#told_all_on",
    hint=("予定日でもかまいません。例: しおりを配る事前指導の日", "A planned day will do, e.g. the orientation."),
)
def told_before_departure(emergency: Subject[Emergency], facts: TripFacts, law: Law) -> Outcomes:
    told, leaving = emergency.value.told_all_on, facts.departs_on
    if told is None or leaving is None or told <= leaving:
        return None
    return Fault(
        f"連絡先を全員に周知する日({day_words(told)})が出発日({day_words(leaving)})より後です。出発までに周知してください。",
        f"Everybody is told the contacts on {told}, after departure on {leaving}. Do it before.",
    )
