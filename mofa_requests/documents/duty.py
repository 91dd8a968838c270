"""緊急対応票, the duty officer's page: who, where tonight, whom to call by day and night, insurer, how many.

Every value has a place that no other value can move: lines are shortened here, never wrapped, and a table that has
more rows than the page says how many stand on which sheet. Not here: which mission it goes to (districts).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from mofa_requests.documents import people
from mofa_requests.documents.districts import District, in_order_of_nights, mission_of_stay
from mofa_requests.documents.entries import DirectoryEntries
from mofa_requests.documents.letter import destinations_line, period_line
from mofa_requests.documents.nights import UNDER_WAY, phone_of
from mofa_requests.documents.running import shorten
from mofa_requests.documents.values import BLANK, Shown, columns, short_day, show, show_people, show_phone
from portal.dossier.types import Agent, AgentRole, ContactRole, Dossier, HomeContact, Mission, Policy, Stay

NIGHTS, POLICIES = 6, 2
SEE_CONTACTS = "体制表を参照"
NOTHING = Shown("")
_OPENING, _PAUSES = "(（「『【[〔", " 　・、"
# Half-width columns of one line in each place of templates/documents/duty.html; duty.css has the sizes.
SCHOOL_LINE, TRIP_LINE, WHO_LINE = 48, 54, 64
NIGHT_PLACE, NIGHT_GROUP, MISSION_LINE, INSURER_LINE = 27, 30, 26, 23
PHONE_LINE, ABROAD_LINE, NAME_LINE = 18, 19, 25
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
    stays = district.stays if district else in_order_of_nights(dossier.stays)
    policies = dossier.policies or (Policy(key="none"),)
    return {
        "to": _receiver(district),
        "who": _who(dossier, entries=entries),
        "party": _party(dossier),
        "nights": [_night(dossier, stay) for stay in stays[:NIGHTS]],
        "more_nights": _more(len(stays) - NIGHTS, "泊", "宿泊先一覧"),
        "no_night": not stays,
        "rest_is_blank": len(stays) < NIGHTS,
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
        "school": _line(show(dossier.school.name), SCHOOL_LINE),
        "trip": _line(show(dossier.outline.title), TRIP_LINE),
        "period": _line(period_line(dossier), WHO_LINE),
        "places": _line(destinations_line(dossier, entries=entries), WHO_LINE),
        "leader": _line(show(leader.name if leader else None), NAME_LINE),
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


def _line(shown: Shown, most: int) -> Shown:
    return Shown(shorten(shown.text, most=most), shown.look)


def _night(dossier: Dossier, stay: Stay) -> Night:
    mission = mission_of_stay(dossier, stay)
    who = f"{people.group_names(dossier, stay.groups)} {show_people(stay.people).text}"
    return Night(
        when=Pair(*_nights_of(stay)),
        place=Pair(
            _line(show(stay.name), NIGHT_PLACE), shorten(f"{stay.city or stay.kind.label} {who}", most=NIGHT_GROUP)
        ),
        phone=Pair(Shown("電話なし")) if stay.phone is None and stay.kind in UNDER_WAY else _phone(phone_of(stay)),
        mission=_mission(mission),
    )


def _nights_of(stay: Stay) -> tuple[Shown, str]:
    first, out = stay.checks_in, stay.checks_out
    if first is None or out is None:
        return (Shown(short_day(first)) if first else BLANK), "出る日 未記入" if first else ""
    return Shown(short_day(first)), f"から{(out - first).days}泊"


def _mission(mission: Mission | None) -> Pair:
    if mission is None:
        return Pair(BLANK)
    number = show_phone(mission.phone, mission.country)
    return Pair(_line(show(mission.name), MISSION_LINE), _fits(number.text, PHONE_LINE) or SEE_CONTACTS)


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


def fold(text: str, *, most: int) -> list[str]:
    """``text`` in lines of at most ``most`` half-width columns; nothing is dropped."""
    lines = [""]
    for char in text:
        if columns(lines[-1] + char) > most:
            lines.append("")
        lines[-1] += char
    return lines


def _two_lines(shown: Shown, most: int) -> Shown:
    """A long name on two lines, shortened only past the second; parted where a reader would, if both halves fit."""
    first, *rest = _parted(shown.text, most=most) or fold(shown.text, most=most)
    return Shown("\n".join((first, shorten("".join(rest), most=most))) if rest else first, shown.look)


def _parted(text: str, *, most: int) -> tuple[str, str] | None:
    """The latest place before a bracket, or behind a blank or a dot, that leaves two lines; None for a short text."""
    if columns(text) <= most:
        return None
    places = (at for at in range(len(text) - 1, 0, -1) if text[at] in _OPENING or text[at - 1] in _PAUSES)
    halves = ((text[:at], text[at:]) for at in places)
    return next((both for both in halves if all(columns(half) <= most for half in both)), None)


def _fits(text: str, most: int) -> str:
    return text if columns(text) <= most else ""


def _calls(dossier: Dossier, *, district: District | None) -> Iterator[Call]:
    """Always the same eleven numbers in the same order; a missing one is 未記入, one nobody has is なし."""
    leader = people.find(dossier, dossier.leader.participant)
    yield from _rows("団長(現地)", leader.name if leader else None, [("昼夜", dossier.leader.mobile, None)])
    yield from _conductor(dossier)
    for role in ContactRole:
        yield from _home(role, next((each for each in dossier.home_contacts if each.role is role), None))
    yield from _rows("学校", dossier.school.name, [("昼", dossier.school.phone, None)])
    for agent_role in AgentRole:
        yield from _agent(agent_role, dossier, district=district)


def _conductor(dossier: Dossier) -> Iterator[Call]:
    person = people.find(dossier, dossier.conductor.participant)
    travels = any(each.role == "conductor" for each in dossier.participants)
    if person is None and not travels and dossier.conductor.mobile is None:
        yield Call("添乗員", Shown("同行しない"), 1, "昼夜", Shown("なし"), "")
    else:
        yield from _rows("添乗員(現地)", person.name if person else None, [("昼夜", dossier.conductor.mobile, None)])


def _home(role: ContactRole, contact: HomeContact | None) -> Iterator[Call]:
    title = "留守校 責任者" if role is ContactRole.CHIEF else "留守校 副責任者"
    if contact is None and role is ContactRole.DEPUTY:
        yield Call(title, Shown("置かない"), 2, "夜間", Shown("なし"), "")
        yield Call("", NOTHING, 0, "休日", Shown("なし"), "")
        return
    held = contact or HomeContact(key="none")
    holiday = held.holiday_phone or (held.night_phone if held.holiday_same_as_night else None)
    yield from _rows(title, held.name, [("夜間", held.night_phone, None), ("休日", holiday, None)])


def _agent(role: AgentRole, dossier: Dossier, *, district: District | None) -> Iterator[Call]:
    country = district.mission.country if district and district.mission else None
    mine = [agent for agent in dossier.agents if agent.role is role]
    agent = next((each for each in mine if country and each.country == country), mine[0] if mine else None)
    if agent is None and role is AgentRole.LOCAL and dossier.no_local_agent_reason:
        yield Call(role.label, Shown("該当なし"), 2, "昼", Shown("なし"), "")
        yield Call("", NOTHING, 0, "夜間", Shown("なし"), "")
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
    """One line beside one number, two beside two."""
    shown = show(name)
    return _line(shown, NAME_LINE) if len(numbers) == 1 else _two_lines(shown, NAME_LINE)


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
    number = f"証券番号 {policy.number}" if policy.number else "証券番号 未記入"
    assistance = policy.assistance
    phone = partial(show_phone, country=None)
    return Cover(
        Pair(_two_lines(show(policy.insurer), INSURER_LINE), shorten(number, most=INSURER_LINE)),
        _phone(phone(policy.phone)),
        Pair(_two_lines(show(assistance.company), INSURER_LINE)),
        _phone(phone(assistance.phone)),
    )
