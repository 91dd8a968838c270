"""Emergency contact table in English, for missions and homestays: the same numbers as 別添一, in a form to dial abroad.

Not here: a translation of what people typed; names of places and persons stand as in the plan.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from mofa_requests.documents import people
from mofa_requests.documents.blocks import Column, Grid, grid
from mofa_requests.documents.districts import in_order_of_nights
from mofa_requests.documents.itinerary_times import in_order
from mofa_requests.documents.lodging import uses_homestay
from mofa_requests.documents.nights import UNDER_WAY
from mofa_requests.documents.values import Fact, Shown
from portal.directory.airports import airport
from portal.directory.carriers import carrier_of_flight
from portal.directory.countries import country
from portal.directory.missions import missions
from portal.dossier.types import Dossier, Leg, Participant, Stay
from portal.kit.era import english_date
from portal.kit.phones import international

FIELDS = frozenset(
    [
        "trip_no",
        "revision",
        "school.english_name",
        "school.phone",
        "outline.departs_on",
        "outline.returns_on",
        "outline.party.total",
        "destinations.city",
        "leader.mobile",
        "conductor.mobile",
        "participants.passport_surname",
        "participants.passport_given",
        "home_contacts.name",
        "home_contacts.night_phone",
        "home_contacts.holiday_phone",
        "agents.name",
        "agents.phone",
        "agents.night_phone",
        "agents.person",
        "stays.name",
        "stays.local_name",
        "stays.address",
        "stays.phone",
        "stays.checks_in",
        "stays.checks_out",
        "homestay.representative",
        "homestay.representative_phone",
        "homestay.organisation",
        "missions.name",
        "missions.address",
        "missions.phone",
        "policies.insurer",
        "policies.number",
        "policies.phone",
        "policies.assistance.company",
        "policies.assistance.phone",
        "legs.number",
        "legs.carrier",
        "legs.origin",
        "legs.destination",
        "legs.departs_at",
        "legs.arrives_at",
    ]
)
BLANK = Shown("not filled in", "blank")


def english_sheet(dossier: Dossier) -> dict[str, Any]:
    """The context of contacts_en.html."""
    return {
        "trip": _trip_facts(dossier),
        "party": _party_grid(dossier),
        "stays": _stay_grid(dossier),
        "others": _other_grid(dossier),
        "flights": _flight_grid(dossier),
    }


def _trip_facts(dossier: Dossier) -> tuple[Fact, ...]:
    outline = dossier.outline
    places = "; ".join(
        f"{country(place.country).en if place.country else ''} {place.city or ''}".strip()
        for place in dossier.destinations
    )
    total = outline.party.total
    return (
        Fact("School", _text(dossier.school.english_name)),
        Fact("Dates", Shown(f"{_day(outline.departs_on)} – {_day(outline.returns_on)}")),
        Fact("Destinations", _text(places or None)),
        Fact("Number of people", _text(f"{total:,}" if total is not None else None)),
    )


def _party_grid(dossier: Dossier) -> Grid:
    """Whom to call first: the leader on the spot, then the people at home, by day and night."""
    leader = people.find(dossier, dossier.leader.participant)
    guide = people.find(dossier, dossier.conductor.participant)
    rows = [["Leader of the party", passport_name(leader), "day and night", phone(dossier.leader.mobile)]]
    if guide or dossier.conductor.mobile:
        rows.append(["Tour conductor", passport_name(guide), "day and night", phone(dossier.conductor.mobile)])
    rows.append(["School in Japan", _text(dossier.school.english_name), "by day", phone(dossier.school.phone)])
    for contact in dossier.home_contacts:
        holiday = contact.holiday_phone or (contact.night_phone if contact.holiday_same_as_night else None)
        who = _text(contact.name)
        rows.append(["Home contact in Japan", who, "at night", phone(contact.night_phone)])
        rows.append(["Home contact in Japan", who, "on holidays", phone(holiday)])
    columns = (Column("Who", 26), Column("Name", 28), Column("When", 16), Column("Telephone", 30))
    return grid(columns, [[_shown(cell) for cell in row] for row in rows])


def _stay_grid(dossier: Dossier) -> Grid:
    columns = (Column("Nights", 20), Column("Lodging", 26), Column("Address", 28), Column("Telephone", 26))
    return grid(columns, [_stay_row(stay) for stay in in_order_of_nights(dossier.stays)])


def _stay_row(stay: Stay) -> list[Shown]:
    nights = f"{_day(stay.checks_in, year=False)} –\n{_day(stay.checks_out, year=False)}"
    if stay.kind in UNDER_WAY and stay.phone is None:
        return [Shown(nights), Shown(stay.name or stay.kind.english), Shown("on the way"), Shown("none")]
    name = _text(stay.name)
    return [
        Shown(nights),
        Shown(name.text, name.look, stay.local_name or ""),
        _text(stay.address),
        phone(stay.phone, stay.country),
    ]


def _other_grid(dossier: Dossier) -> Grid:
    """Agents, homestay, missions, insurers, assistance companies: role, name, person or address, telephones."""
    rows = []
    for agent in dossier.agents:
        numbers = (phone(agent.phone, agent.country), phone(agent.night_phone, agent.country))
        rows.append([agent.role.english, _text(agent.name), _text(agent.person), _by_day_and_night(*numbers)])
    home = dossier.homestay
    if uses_homestay(dossier):
        # The host country is not on record, so the number stands as typed.
        number = phone(home.representative_phone, "0000")
        rows.append(["Homestay representative", _text(home.representative), _text(home.organisation), number])
    for mission in dossier.missions:
        number = phone(mission.phone, mission.country)
        rows.append(["Japanese mission", mission_name(mission.name), _text(mission.address), number])
    for policy in dossier.policies:
        rows.append(["Insurer", _text(policy.insurer), f"Policy {policy.number or '–'}", phone(policy.phone)])
        firm = policy.assistance
        rows.append(["Assistance company", _text(firm.company), f"Policy {policy.number or '–'}", phone(firm.phone)])
    columns = (Column("Role", 20), Column("Name", 28), Column("Person, address", 26), Column("Telephone", 26))
    return grid(columns, [[_shown(cell) for cell in row] for row in rows])


def _by_day_and_night(day: Shown, night: Shown) -> Shown:
    return Shown(f"{day.text}\n{night.text} (night)", "tel") if night.look == "tel" else day


def _flight_grid(dossier: Dossier) -> Grid:
    columns = (Column("Carriage", 26), Column("From", 37), Column("To", 37))
    return grid(columns, [_flight_row(leg) for leg in in_order(dossier.legs)])


def _flight_row(leg: Leg) -> list[Shown]:
    ends = ((leg.departs_at, leg.origin), (leg.arrives_at, leg.destination))
    cells = [Shown(_moment(at), "time", _place(place)) for at, place in ends]
    number, look = (leg.number, "strong") if leg.number else ("number not filled in", "blank")
    return [Shown(number, look, _carrier(leg)), *cells]


def _carrier(leg: Leg) -> str:
    """The airline in English where the flight's own code says which it is; anything else as it was typed."""
    known = carrier_of_flight(leg.number) if leg.number else None
    if known is not None and leg.carrier in (None, known.ja):
        return known.en
    return leg.carrier or leg.mode.english


def _place(typed: str | None) -> str:
    found = airport(typed) if typed else None
    return f"{found.name} ({found.code})" if found else typed or "not filled in"


def passport_name(person: Participant | None) -> Shown:
    """SURNAME Given as in the passport; a person without one is called by nobody's guess."""
    parts = (person.passport_surname, person.passport_given) if person else ()
    return _text(" ".join(part for part in parts if part) or None)


def phone(typed: str | None, code: str | None = None) -> Shown:
    """The number as it is dialled from another country, large; as typed where that cannot be told."""
    return BLANK if typed is None else Shown((dialled(typed, code) or typed).replace("内線", "ext. "), "tel")


def dialled(typed: str, code: str | None) -> str | None:
    """The form to dial from abroad; as typed where it has its country code, grouped as that country groups it."""
    return typed if typed.startswith("+") else international(typed, code)


def mission_name(name: str | None) -> Shown:
    """The mission's own English name where the directory knows it; otherwise as typed."""
    known = next((entry.en for entry in missions() if entry.ja == name), None)
    return _text(known or name)


def _text(value: str | None) -> Shown:
    return BLANK if value is None else Shown(value)


def _shown(cell: object) -> Shown:
    return cell if isinstance(cell, Shown) else Shown(str(cell))


def _day(value: dt.date | None, *, year: bool = True) -> str:
    if value is None:
        return "not filled in"
    return english_date(value) if year else f"{value:%a} {value.day} {value:%b}"


def _moment(at: dt.datetime | None) -> str:
    return f"{_day(at.date(), year=False)} {at:%H:%M}" if at else "not filled in"
