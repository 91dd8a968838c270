"""緊急連絡カード, A7, for every pupil and parent: whom to call, how to dial from abroad, in Japanese and in English.

別添一 二: everybody must know the numbers and how to dial. Not here: any traveller's name but the leader's.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from functools import partial
from typing import Any

from mofa_requests.documents import people
from mofa_requests.documents.districts import in_order_of_nights
from mofa_requests.documents.nights import UNDER_WAY
from mofa_requests.documents.receivers.english import dialled, mission_name, passport_name
from mofa_requests.documents.values import BLANK, Shown, digits, short_day, show
from portal.directory.countries import country
from portal.directory.dialling import dialling
from portal.dossier.types import ContactRole, Dossier

FIELDS = frozenset(
    [
        "trip_no",
        "revision",
        "school.name",
        "school.english_name",
        "school.phone",
        "outline.title",
        "outline.departs_on",
        "outline.returns_on",
        "home_contacts.night_phone",
        "home_contacts.holiday_phone",
        "leader.mobile",
        "participants.name",
        "participants.passport_surname",
        "participants.passport_given",
        "stays.name",
        "stays.local_name",
        "stays.phone",
        "stays.checks_in",
        "missions.name",
        "missions.phone",
        "policies.number",
        "policies.assistance.company",
        "policies.assistance.phone",
        "emergency.dialling",
    ]
)


NOTHING = Shown("")


@dataclasses.dataclass(frozen=True)
class Number:
    """One line of the card: whose number, its name, the number as dialled from abroad."""

    who: str
    name: Shown
    phone: Shown


@dataclasses.dataclass(frozen=True)
class Dial:
    """How to reach Japan from one country."""

    place: str
    from_landline: str
    is_checked: bool


def card_sheet(dossier: Dossier) -> dict[str, Any]:
    """The context of card.html: both languages, the same numbers in the same order."""
    dials = _dials(dossier)
    return {
        "school": show(dossier.school.name),
        "school_en": _english(dossier.school.english_name),
        "title": show(dossier.outline.title),
        "dates": _dates(dossier, english=False),
        "dates_en": _dates(dossier, english=True),
        "numbers": _numbers(dossier, english=False),
        "numbers_en": _numbers(dossier, english=True),
        "stays": _stays(dossier, english=False),
        "stays_en": _stays(dossier, english=True),
        "dials": [] if dossier.emergency.dialling else [dial for dial, _ in dials],
        "dials_en": [dial for _, dial in dials],
        "advice": show(dossier.emergency.dialling) if dossier.emergency.dialling else None,
    }


def _english(value: str | None) -> Shown:
    return Shown("not filled in", "blank") if value is None else Shown(value)


def _dates(dossier: Dossier, *, english: bool) -> str:
    days = (dossier.outline.departs_on, dossier.outline.returns_on)
    if english:
        return " – ".join(f"{day:%a} {day.day} {day:%b} {day.year}" if day else "not filled in" for day in days)
    return "から".join(f"{day.year}年{short_day(day)}" if day else BLANK.text for day in days) + "まで"


def _numbers(dossier: Dossier, *, english: bool) -> list[Number]:
    """Leader, assistance, missions, then the school: the order in which a pupil should try."""
    phone = partial(_phone, english=english)
    leader = people.find(dossier, dossier.leader.participant)
    name = passport_name(leader) if english else show(leader.name if leader else None)
    rows = [Number("Leader (day and night)" if english else "団長(昼夜)", name, phone(dossier.leader.mobile))]
    for policy in dossier.policies:
        firm, who = policy.assistance, "Medical assistance" if english else "けが・病気のとき"
        title = Shown(f"{firm.company or ('not filled in' if english else '未記入')}")
        rows.append(Number(who, title, phone(firm.phone)))
        rows.append(Number("Policy number" if english else "保険の証券番号", show(policy.number), NOTHING))
    rows += [
        Number(
            "Japanese mission" if english else "日本の公館",
            mission_name(mission.name) if english else show(mission.name),
            phone(mission.phone, mission.country),
        )
        for mission in dossier.missions
    ]
    rows.append(Number("School (by day)" if english else "学校(昼)", NOTHING, phone(dossier.school.phone)))
    chief = next((each for each in dossier.home_contacts if each.role is ContactRole.CHIEF), None)
    night = chief.night_phone if chief else None
    holiday = (chief.holiday_phone if chief else None) or (night if chief and chief.holiday_same_as_night else None)
    rows.append(Number("School (at night)" if english else "留守校(夜間)", NOTHING, phone(night)))
    rows.append(Number("School (holidays)" if english else "留守校(休日)", NOTHING, phone(holiday)))
    return rows


def _stays(dossier: Dossier, *, english: bool) -> list[Number]:
    phone = partial(_phone, english=english)
    return [
        Number(
            _night(stay.checks_in, english=english),
            Shown(stay.name or stay.kind.label, "", stay.local_name or ""),
            Shown("") if stay.phone is None and stay.kind in UNDER_WAY else phone(stay.phone, stay.country),
        )
        for stay in in_order_of_nights(dossier.stays)
    ]


def _night(day: dt.date | None, *, english: bool) -> str:
    if day is None:
        return "not filled in" if english else BLANK.text
    return f"from {day.day} {day:%b}" if english else f"{day.month}月{day.day}日から"


def _phone(typed: str | None, code: str | None = None, *, english: bool) -> Shown:
    """As dialled with + from any mobile; the form within Japan below where it differs."""
    if typed is None:
        return _english(None) if english else BLANK
    abroad = dialled(typed, code)
    if abroad is None or digits(abroad) == digits(typed):
        return Shown(abroad or typed, "tel")
    return Shown(abroad, "tel", f"{'in Japan' if english else '日本'} {typed}")


def _dials(dossier: Dossier) -> list[tuple[Dial, Dial]]:
    """Each country stayed in once, with its international prefix; a number is marked while nobody has checked it."""
    codes = dict.fromkeys(stay.country for stay in dossier.stays if stay.country)
    found = []
    for code in codes:
        row, place = dialling(code), country(code)
        landline = f"{row.idd}-81-"
        found.append((Dial(place.ja, landline, row.verified), Dial(place.en, landline, row.verified)))
    return found
