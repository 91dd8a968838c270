"""別添三 二・三: the school, and who answers for it at night. Not here: whether that person travels (trips.rules)."""

from __future__ import annotations

from mofa_requests.rules.annex3_must_report.chapter import BOOK, PHONE_JAPAN
from portal.directory.countries import JAPAN
from portal.dossier.types import (
    ContactRole,
    Dossier,
    HomeContact,
    School,
)
from portal.lawbook.outcome import Fault, Missing, Outcomes, Several, Subject
from portal.lawbook.rule import BLOCK
from portal.lawbook.rulebook import Law
from trips.facts import (
    HOME_CONTACTS,
    SCHOOL,
    WHOLE,
    TripFacts,
)
from trips.facts.addresses import is_postcode
from trips.facts.phones import phone_faults, same_number

BOOK.require(
    "A321",
    "学校の住所が書いてある",
    "The school's address is given",
    cites=("別添三 二", "別添一 一(一)(イ)"),
    severity=BLOCK,
    each=SCHOOL,
    needs=("address",),
    remedy="school#address",
    hint=("都道府県名から番地まで書いてください。例: ○○県○○市○○町1-2-3", "From the prefecture to the house number."),
)


@BOOK.rule(
    "A322",
    "学校の郵便番号が書いてある",
    "The school's postcode is given",
    cites=("別添三 二",),
    severity=BLOCK,
    each=SCHOOL,
    needs=("postcode",),
    remedy="school#postcode",
    hint=("7桁の数字で書いてください。例: 100-0001", "Seven digits, e.g. 100-0001"),
)
def school_postcode(school: Subject[School], facts: TripFacts, law: Law) -> Outcomes:
    postcode = school.value.postcode or ""
    if is_postcode(postcode):
        return None
    return Fault(
        f"学校の郵便番号「{postcode}」は7桁の数字になっていません。例: 100-0001",
        f"The school's postcode “{postcode}” does not have seven digits, e.g. 100-0001.",
    )


@BOOK.rule(
    "A323",
    "学校の電話番号が書いてある",
    "The school's telephone is given",
    cites=("別添三 二", "別添一 一(一)(イ)"),
    severity=BLOCK,
    each=SCHOOL,
    needs=("phone",),
    remedy="school#phone",
    hint=PHONE_JAPAN,
)
def school_phone(school: Subject[School], facts: TripFacts, law: Law) -> Outcomes:
    return phone_faults(school, "phone", facts, country=JAPAN)


@BOOK.rule(
    "A330",
    "留守校の連絡先がある",
    "There is a home contact",
    cites=("別添三 三", "別添一 一(一)(ロ)"),
    severity=BLOCK,
    each=WHOLE,
    needs=("home_contacts",),
    remedy="home",
    hint=(
        "旅行に行かず学校側で連絡を受ける人を一人以上入れてください。例: 教頭 ○○ ○○、携帯 090-○○○○-○○○○",
        "Enter at least one person who stays at home and takes calls.",
    ),
)
def somebody_is_responsible(dossier: Subject[Dossier], facts: TripFacts, law: Law) -> Outcomes:
    if any(contact.role is ContactRole.CHIEF for contact in dossier.value.home_contacts):
        return None
    return Fault(
        "留守校の連絡先が副責任者だけです。一人を「留守校の連絡責任者」にしてください。",
        "Only deputies are entered. Make one person responsible at home.",
    )


BOOK.require(
    "A331",
    "留守校の連絡責任者の氏名が書いてある",
    "The home contact is named",
    cites=("別添三 三", "別添一 一(一)(ロ)"),
    severity=BLOCK,
    each=HOME_CONTACTS,
    needs=("name",),
    remedy="home#name",
    hint=("職名だけでなく氏名を書いてください。", "Give the name, not only the title."),
)


@BOOK.rule(
    "A332",
    "留守校の夜間の連絡先が書いてある",
    "The home contact can be reached at night",
    cites=("別添三 三", "別添一 一(一)(ロ)"),
    severity=BLOCK,
    each=HOME_CONTACTS,
    needs=("night_phone",),
    remedy="home#night_phone",
    hint=(
        "夜間に本人が出られる自宅か携帯の番号を書いてください。例: 090-○○○○-○○○○",
        "A home or mobile number this person answers at night.",
    ),
)
def home_night_phone(contact: Subject[HomeContact], facts: TripFacts, law: Law) -> Several:
    yield from phone_faults(contact, "night_phone", facts, country=JAPAN)
    yield from _only_the_school(contact, "night_phone", "夜間", "night", facts)


@BOOK.rule(
    "A333",
    "留守校の休日の連絡先が書いてある",
    "The home contact can be reached on holidays",
    cites=("別添三 三",),
    severity=BLOCK,
    each=HOME_CONTACTS,
    remedy="home#holiday_phone",
    hint=(
        "夜間と同じ番号なら「休日も夜間と同じ番号」を選んでください。",
        "If it is the night number, say so with the box.",
    ),
)
def home_holiday_phone(contact: Subject[HomeContact], facts: TripFacts, law: Law) -> Several:
    if contact.value.holiday_phone is None:
        if not contact.value.holiday_same_as_night:
            yield Missing(
                f"{contact.ja}の「休日の連絡先」が未入力です。番号を書くか、夜間と同じなら"
                "「休日も夜間と同じ番号」を選んでください。例: 090-○○○○-○○○○",
                f"{contact.en}: “Holiday telephone” is not filled in. Give a number, or say it is the night number.",
                "holiday_phone",
            )
        return
    yield from phone_faults(contact, "holiday_phone", facts, country=JAPAN)
    yield from _only_the_school(contact, "holiday_phone", "休日", "holiday", facts)


def _only_the_school(contact: Subject[HomeContact], at: str, ja: str, en: str, facts: TripFacts) -> Several:
    if same_number(getattr(contact.value, at), facts.dossier.school.phone):
        yield Fault(
            f"{contact.ja}の{ja}の連絡先が学校の代表番号と同じです。学校が閉まっていても本人が出られる番号を書いてください。",
            f"{contact.en}: the {en} number is the school's own. Give one that is answered when the school is closed.",
            at,
        )
