"""The directory entries one packet uses, looked up once and frozen: desk, countries, airports, airlines.

Not here: the tables themselves (portal.directory), what the school typed (the dossier).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict

from portal.directory.airports import Airport, airport
from portal.directory.carriers import carrier_of_flight
from portal.directory.countries import country
from portal.directory.desks import Desk, mofa_desk
from portal.dossier.types import Dossier, Leg


class DirectoryEntries(BaseModel):
    """What the directory says, on the letter's date, about the codes of one dossier.

    ``countries``, ``places`` and ``carriers`` are (code as typed, name) pairs. Desks are None while the letter or the
    departure has no date yet.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    letter_desk: Desk | None = None
    emergency_desk: Desk | None = None
    countries: tuple[tuple[str, str], ...] = ()
    places: tuple[tuple[str, str], ...] = ()
    carriers: tuple[tuple[str, str], ...] = ()

    def country(self, code: str | None) -> str | None:
        return None if code is None else dict(self.countries).get(code, code)

    def place(self, typed: str | None) -> str | None:
        """台湾桃園国際空港(TPE) for an airport code, otherwise the place as typed."""
        return None if typed is None else dict(self.places).get(typed, typed)

    def carrier(self, leg: Leg) -> str | None:
        """The carrier as typed, else the airline whose code opens the flight number."""
        return leg.carrier or dict(self.carriers).get(leg.number or "")


def gather_entries(dossier: Dossier) -> DirectoryEntries:
    """Look up every code that the packet of ``dossier`` prints by name."""
    places = {place for leg in dossier.legs for place in (leg.origin, leg.destination) if place}
    flights = {leg.number for leg in dossier.legs if leg.number}
    found = {typed: airport(typed) for typed in places}
    airlines = {number: carrier_of_flight(number) for number in flights}
    return DirectoryEntries(
        letter_desk=_desk(dossier.request.letter.dated_on),
        emergency_desk=_desk(dossier.outline.departs_on),
        countries=_pairs({code: country(code).ja for code in _country_codes(dossier)}.items()),
        places=_pairs((typed, _place_name(entry)) for typed, entry in found.items() if entry),
        carriers=_pairs((number, entry.ja) for number, entry in airlines.items() if entry),
    )


def _desk(on: dt.date | None) -> Desk | None:
    desk = mofa_desk(on=on) if on else None
    return desk if desk and desk.listed else None


def _place_name(entry: Airport) -> str:
    return f"{entry.ja or entry.name}({entry.code})"


def _country_codes(dossier: Dossier) -> set[str]:
    typed = (
        *(place.country for place in dossier.destinations),
        *(stay.country for stay in dossier.stays),
        *(agent.country for agent in dossier.agents),
        *(mission.country for mission in dossier.missions),
        *(code for policy in dossier.policies for code in policy.assistance.strong_in),
    )
    return {code for code in typed if code}


def _pairs(items: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(items))
