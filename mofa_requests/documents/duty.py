"""緊急対応票, the duty officer's page: who, where tonight, whom to call by day and night, insurer, how many.

Every value has a place that no other value can move: a long name is set smaller or on more lines of that place, and
a table with more rows than the page says how many stand on which sheet. Not here: which mission it goes to (districts).
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from mofa_requests.documents import people
from mofa_requests.documents.districts import District, in_order_of_nights, mission_of_night, mission_of_stay
from mofa_requests.documents.entries import DirectoryEntries
from mofa_requests.documents.fitting import Room, fitted, fold, shorten
from mofa_requests.documents.letter import destinations_line, period_line
from mofa_requests.documents.nights import NO_PLACE, UNDER_WAY, open_nights, phone_of
from mofa_requests.documents.values import (
    BLANK,
    NONE,
    UNTOLD,
    Shown,
    columns,
    short_day,
    show,
    show_people,
    show_phone,
)
from portal.dossier.types import Agent, AgentRole, ContactRole, Dossier, HomeContact, Mission, Policy, Stay

NIGHTS, POLICIES = 6, 2
SEE_CONTACTS = "体制表を参照"
NOTHING = Shown("")
# The room of each place of templates/documents/duty.html, in half-width columns, from the usual size down; duty.css has
# the sizes.
SCHOOL = (Room(48), Room(56, look="fit12"), Room(64, look="fit10"), Room(74, lines=2, look="fit9"))
TRIP = (Room(54), Room(64, look="fit10"), Room(74, lines=2, look="fit9"))
WHO = (Room(64), Room(74, lines=2, look="fit9"))
NIGHT_PLACE = (Room(27, look="named"), Room(29, look="strong fit10"), Room(34, lines=2, look="strong fit9"))
MISSION = (Room(26), Room(30, look="fit9"), Room(34, look="fit8"))
ONE_NUMBER = (Room(25), Room(29, look="fit9"), Room(31, lines=2, look="fit8"))
TWO_NUMBERS = (Room(25, lines=2), Room(29, lines=3, look="fit9"))
INSURER = (Room(23, lines=2, look="strong"), Room(26, lines=3, look="strong fit9"))
ASSISTANCE = (Room(23, lines=3, look="strong"), Room(26, lines=4, look="strong fit9"))
NIGHT_GROUP, INSURER_LINE = 30, 23
PHONE_LINE, ABROAD_LINE = 18, 19
BOTH_PHONES, TO_LINE = 36, 64


@dataclasses.dataclass(frozen=True)
class Pair:
    """Two lines of one place, each no longer than its room."""

    first: Shown
    second: str = ""


@dataclasses.dataclass(frozen=True)
class Night:
    """Where the party sleeps, from when, and the mission that looks after it there."""

    when: Pair
    place: Pair
    phone: Pair
    mission: Pair


@dataclasses.dataclass(frozen=True)
class Call:
    """One number to call: whose (only on the first of its rows), when, as dialled in the country and from abroad."""

    role: str
    name: Shown
    rows: int
    when: str
    phone: Shown
    abroad: str


@dataclasses.dataclass(frozen=True)
class Cover:
    """One contract: insurer with number of the policy, and its assistance company."""

    insurer: Pair
    insurer_phone: Pair
    assistance: Pair
    assistance_phone: Pair


def duty_sheet(dossier: Dossier, *, entries: DirectoryEntries, district: District | None = None) -> dict[str, Any]:
    """The context of duty.html: of the whole trip, or of what falls to one mission."""
    nights = _nights(dossier, district)
    policies = dossier.policies or (Policy(key="none"),)
    return {
        "to": _receiver(district),
        "who": _who(dossier, entries=entries),
        "party": _party(dossier),
        "nights": nights[:NIGHTS],
        "more_nights": _more(len(nights) - NIGHTS, "件", "宿泊先一覧"),
        "no_night": not nights,
        "rest_is_blank": len(nights) < NIGHTS,
        "calls": list(_calls(dossier, district=district)),
        "more_calls": _more(_left_over(dossier), "件", "緊急連絡体制表"),
        "covers": [_cover(policy) for policy in policies[:POLICIES]],
        "more_covers": _more(len(policies) - POLICIES, "契約", "保険"),
    }


def _receiver(district: District | None) -> str:
    if district is None:
        return ""
    name = (district.mission.name if district.mission else None) or "受け持つ公館 未記入"
    return shorten(name, most=TO_LINE)


def _more(left: int, counter: str, sheet: str) -> str:
    """「ほか2件は緊急連絡体制表」; nothing when everything has its place here."""
    return f"ほか{left}{counter}は「{sheet}」にあります" if left > 0 else ""


def _who(dossier: Dossier, *, entries: DirectoryEntries) -> dict[str, Shown]:
    leader = people.find(dossier, dossier.leader.participant)
    return {
        "school": fitted(show(dossier.school.name), *SCHOOL, elsewhere="計画書"),
        "trip": fitted(show(dossier.outline.title), *TRIP, elsewhere="計画書"),
        "period": fitted(period_line(dossier), *WHO, elsewhere="計画書"),
        "places": fitted(destinations_line(dossier, entries=entries), *WHO, elsewhere="計画書"),
        "leader": fitted(show(leader.name if leader else None), *WHO, elsewhere="計画書"),
    }


def _party(dossier: Dossier) -> dict[str, Shown | str]:
    party, roster = dossier.outline.party, len(dossier.participants)
    return {
        "total": show_people(party.total),
        "roles": f"生徒{_count(party.students)} 引率{_count(party.escorts)} 他{_count(party.others)}",
        "sexes": f"男{_count(party.male)} 女{_count(party.female)}",
        "roster": f"名簿 {roster:,}人",
    }


def _count(value: int | None) -> str:
    return "―" if value is None else f"{value:,}"


def _nights(dossier: Dossier, district: District | None) -> list[Night]:
    """Each place by its first night, and between them the nights that have none yet: what is not known is said."""
    stays = district.stays if district else in_order_of_nights(dossier.stays)
    rows = [(stay.checks_in or dt.date.max, _night(dossier, stay)) for stay in stays]
    rows += _gaps(dossier, district.open_nights if district else open_nights(dossier))
    return [night for _, night in sorted(rows, key=lambda row: row[0])]


def _gaps(dossier: Dossier, dates: Sequence[dt.date]) -> Iterator[tuple[dt.date, Night]]:
    """Nights without a place; those that follow each other and fall to one mission share a row."""
    nights = enumerate((date, mission_of_night(dossier, date)) for date in dates)
    for _, run in itertools.groupby(nights, key=_run_of):
        (_, (first, mission)), *later = run
        when = Pair(Shown(short_day(first)), f"から{1 + len(later)}泊")
        yield first, Night(when, Pair(NO_PLACE), Pair(BLANK), _mission(mission))


def _run_of(numbered: tuple[int, tuple[dt.date, Mission | None]]) -> tuple[int, str]:
    """The same for neighbouring nights of one mission: as their number grows, so does their day."""
    number, (date, mission) = numbered
    return date.toordinal() - number, mission.key if mission else ""


def _night(dossier: Dossier, stay: Stay) -> Night:
    mission = mission_of_stay(dossier, stay)
    return Night(
        when=Pair(*_nights_of(stay)),
        place=Pair(fitted(show(stay.name), *NIGHT_PLACE, elsewhere="宿泊先"), _who_sleeps(dossier, stay)),
        phone=Pair(Shown("電話なし")) if stay.phone is None and stay.kind in UNDER_WAY else _phone(phone_of(stay)),
        mission=_mission(mission),
    )


def _who_sleeps(dossier: Dossier, stay: Stay) -> str:
    """City, groups, people; groups give way first, the number of people never."""
    number = f" {show_people(stay.people).text}"
    place = f"{stay.city or stay.kind.label} {people.group_names(dossier, stay.groups)}"
    return shorten(place, most=NIGHT_GROUP - columns(number)) + number


def _nights_of(stay: Stay) -> tuple[Shown, str]:
    first, out = stay.checks_in, stay.checks_out
    if first is None or out is None:
        return (Shown(short_day(first)) if first else BLANK), "出る日 未記入" if first else ""
    return Shown(short_day(first)), f"から{(out - first).days}泊"


def _mission(mission: Mission | None) -> Pair:
    if mission is None:
        return Pair(BLANK)
    name = fitted(show(mission.name), *MISSION, elsewhere="体制表")
    return Pair(name, _fits(show_phone(mission.phone, mission.country).text, PHONE_LINE) or SEE_CONTACTS)


def _phone(shown: Shown) -> Pair:
    """A number and below it the form from abroad. A number is never shortened: a long one takes both lines, one too
    long for those stands on its own sheet only.
    """
    if shown.look != "tel":
        return Pair(Shown(shorten(shown.text, most=PHONE_LINE), shown.look))
    lines = fold(shown.text, most=PHONE_LINE)
    if len(lines) > 2:
        return Pair(Shown(SEE_CONTACTS))
    return Pair(Shown(lines[0], "tel"), lines[1] if len(lines) > 1 else _fits(shown.small, PHONE_LINE + 3))


def _fits(text: str, most: int) -> str:
    return text if columns(text) <= most else ""


def _calls(dossier: Dossier, *, district: District | None) -> Iterator[Call]:
    """Always the same eleven numbers in the same order; a missing one is 未記入, one nobody has is なし.

    No notice asks for a deputy: without one the row says that nothing is recorded.
    """
    leader = people.find(dossier, dossier.leader.participant)
    yield from _rows("団長(現地)", leader.name if leader else None, [("昼夜", dossier.leader.mobile, None)])
    yield from _conductor(dossier)
    for role in ContactRole:
        yield from _home(role, next((each for each in dossier.home_contacts if each.role is role), None))
    yield from _rows("学校", dossier.school.name, [("昼", dossier.school.phone, None)])
    for agent_role in AgentRole:
        yield from _agent(agent_role, dossier, district=district)


def _conductor(dossier: Dossier) -> Iterator[Call]:
    if not people.has_conductor(dossier):
        yield Call("添乗員", Shown("名簿になし") if dossier.participants else UNTOLD, 1, "昼夜", NONE, "")
    else:
        person = people.find(dossier, dossier.conductor.participant)
        yield from _rows("添乗員(現地)", person.name if person else None, [("昼夜", dossier.conductor.mobile, None)])


def _home(role: ContactRole, contact: HomeContact | None) -> Iterator[Call]:
    title = "留守校 責任者" if role is ContactRole.CHIEF else "留守校 副責任者"
    if contact is None and role is ContactRole.DEPUTY:
        yield Call(title, UNTOLD, 2, "夜間", NONE, "")
        yield Call("", NOTHING, 0, "休日", NONE, "")
        return
    held = contact or HomeContact(key="none")
    holiday = held.holiday_phone or (held.night_phone if held.holiday_same_as_night else None)
    yield from _rows(title, held.name, [("夜間", held.night_phone, None), ("休日", holiday, None)])


def _agent(role: AgentRole, dossier: Dossier, *, district: District | None) -> Iterator[Call]:
    country = district.mission.country if district and district.mission else None
    mine = [agent for agent in dossier.agents if agent.role is role]
    agent = next((each for each in mine if country and each.country == country), mine[0] if mine else None)
    if agent is None and role is AgentRole.LOCAL and dossier.no_local_agent_reason:
        yield Call(role.label, Shown("該当なし"), 2, "昼", NONE, "")
        yield Call("", NOTHING, 0, "夜間", NONE, "")
        return
    held = agent or Agent(key="none")
    night = held.night_phone or (held.phone if held.open_24h else None)
    yield from _rows(role.label, held.name, [("昼", held.phone, held.country), ("夜間", night, held.country)])


def _rows(role: str, name: str | None, numbers: Sequence[tuple[str, str | None, str | None]]) -> Iterator[Call]:
    for place, (when, typed, country) in enumerate(numbers):
        first = place == 0
        phone, abroad = _numbers(typed, country)
        yield Call(
            role if first else "",
            _name(name, numbers) if first else NOTHING,
            len(numbers) if first else 0,
            when,
            phone,
            abroad,
        )


def _name(name: str | None, numbers: Sequence[object]) -> Shown:
    """Beside two numbers there is room for more lines than beside one."""
    rooms = ONE_NUMBER if len(numbers) == 1 else TWO_NUMBERS
    return fitted(show(name), *rooms, elsewhere="体制表")


def _numbers(typed: str | None, country: str | None) -> tuple[Shown, str]:
    """The number as typed and, where it differs, from abroad; one too long for its place is named, never cut."""
    shown = show_phone(typed, country)
    abroad = shown.small.removeprefix("国際 ")
    if columns(shown.text) > (PHONE_LINE if abroad else BOTH_PHONES):
        return Shown(SEE_CONTACTS), ""
    return Shown(shown.text, shown.look), _fits(abroad, ABROAD_LINE)


def _left_over(dossier: Dossier) -> int:
    """Contacts that have no row here: a third person at home, a second agency."""
    homes = [sum(each.role is role for each in dossier.home_contacts) for role in ContactRole]
    agents = [sum(each.role is role for each in dossier.agents) for role in AgentRole]
    return sum(max(0, count - 1) for count in (*homes, *agents))


def _cover(policy: Policy) -> Cover:
    assistance = policy.assistance
    phone = partial(show_phone, country=None)
    return Cover(
        Pair(fitted(show(policy.insurer), *INSURER, elsewhere="保険"), _policy_number(policy.number)),
        _phone(phone(policy.phone)),
        Pair(fitted(show(assistance.company), *ASSISTANCE, elsewhere="保険")),
        _phone(phone(assistance.phone)),
    )


def _policy_number(number: str | None) -> str:
    """A number is never cut: its label gives way, and one that is too long still says where it stands."""
    forms = (f"証券番号 {number or '未記入'}", f"証券 {number}")
    return next((form for form in forms if columns(form) <= INSURER_LINE), "証券番号は「保険」参照")
