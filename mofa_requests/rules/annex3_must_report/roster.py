"""別添三 七: 参加者名簿(年齢、性別、合計参加者数). Not here: whether the figures agree (trips.rules)."""

from __future__ import annotations

from mofa_requests.rules.annex3_must_report.chapter import BOOK
from portal.dossier.types import (
    Dossier,
    Participant,
    PartyFigures,
)
from portal.lawbook.outcome import Fault, Outcomes, Subject
from portal.lawbook.rule import BLOCK, WARN
from portal.lawbook.rulebook import Law
from trips.facts import (
    PARTY,
    PEOPLE,
    WHOLE,
    TripFacts,
)

# The present procedure keeps the roster at the school until an accident (domain §1.3), so it no longer blocks there.
OLDEST = 110
_ROSTER_KEPT_BACK = {"2016": WARN, "2024": WARN}


@BOOK.rule(
    "A370",
    "参加者名簿がある",
    "There is a roster",
    cites=("別添三 七",),
    severity=BLOCK,
    under=_ROSTER_KEPT_BACK,
    each=WHOLE,
    needs=("participants",),
    remedy="roster",
    hint=("生徒・引率・添乗員・看護の全員を入れてください。Excelから取り込めます。", "Enter everybody who travels."),
)
def pupils_are_in_it(dossier: Subject[Dossier], facts: TripFacts, law: Law) -> Outcomes:
    if facts.students:
        return None
    return Fault(
        "参加者名簿に生徒が一人もいません。区分「生徒」の参加者を入れてください。",
        "There is no pupil in the roster. Enter them with the role “pupil”.",
    )


@BOOK.rule(
    "A371",
    "参加者の年齢が分かる",
    "Every traveller's age is known",
    cites=("別添三 七",),
    severity=BLOCK,
    under=_ROSTER_KEPT_BACK,
    each=PEOPLE,
    needs=("born_on",),
    remedy="roster#born_on",
    hint=("生年月日を入れると出発日の年齢を計算します。例: 2009年4月2日", "The birth date gives the age at departure."),
)
def age_is_possible(person: Subject[Participant], facts: TripFacts, law: Law) -> Outcomes:
    age = facts.age_of(person.value)
    if age is None or 0 <= age <= OLDEST:
        return None
    return Fault(
        f"{person.ja}の生年月日では出発日に{age}歳になります。生年月日の年を確かめてください。",
        f"{person.en} would be {age} years old at departure. Check the year of birth.",
    )


@BOOK.rule(
    "A372",
    "参加者の性別が書いてある",
    "Every traveller's sex is given",
    cites=("別添三 七",),
    severity=BLOCK,
    under=_ROSTER_KEPT_BACK,
    each=PEOPLE,
    needs=("sex",),
    remedy="roster#sex",
    hint=("男・女・その他(記載しない)から選んでください。", "Male, female, or other/not stated."),
)
def sexes_fit_the_total(roster: Subject[Participant], facts: TripFacts, law: Law) -> Outcomes:
    party = facts.dossier.outline.party
    if roster.pointer != "/participants/0" or None in (party.male, party.female, party.total):
        return None
    if (party.male or 0) + (party.female or 0) <= (party.total or 0):
        return None
    return Fault(
        f"男{party.male}人と女{party.female}人を足すと、合計参加者数{party.total}人より多くなります。人数を確かめてください。",
        f"{party.male} male and {party.female} female are more than the total of {party.total}. Check the figures.",
        "/outline/party/total",
    )


@BOOK.rule(
    "A373",
    "合計参加者数が書いてある",
    "The total is given",
    cites=("別添三 七",),
    severity=BLOCK,
    each=PARTY,
    needs=("total",),
    remedy="outline#total",
    hint=("生徒・引率・添乗員など全員を合わせた数を書いてください。例: 128", "Everybody who travels, e.g. 128."),
)
def total_is_somebody(party: Subject[PartyFigures], facts: TripFacts, law: Law) -> Outcomes:
    if party.value.total:
        return None
    return Fault(
        "合計参加者数が0人になっています。旅行に行く全員の数を書いてください。例: 128",
        "The total is 0. Give the number of everybody who travels, e.g. 128.",
    )


BOOK.require(
    "A374",
    "参加者の氏名が書いてある",
    "Every traveller is named",
    cites=("別添三 七",),
    severity=BLOCK,
    under=_ROSTER_KEPT_BACK,
    each=PEOPLE,
    needs=("name",),
    remedy="roster#name",
    hint=("戸籍や旅券のとおりに書いてください。", "As in the passport."),
)
