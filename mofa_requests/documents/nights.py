"""The nights of a trip: its dates, where each is slept, or nowhere yet, what a night on the way has for an address.

Not here: how the nights are laid out (lodging, itinerary, contacts).
"""

from __future__ import annotations

import datetime as dt

from mofa_requests.documents.values import Shown, show, show_phone
from portal.dossier.types import Dossier, Stay, StayKind

# Past this many days only days on which something happens are printed; no school trip is that long.
MOST_DAYS = 62
NO_PLACE = Shown("宿泊先未記入", "blank")
UNDER_WAY = frozenset({StayKind.IN_FLIGHT, StayKind.ABOARD_SHIP, StayKind.ON_TRAIN})


def trip_days(dossier: Dossier) -> tuple[dt.date, ...]:
    """Every date from departure to return, none when a date is missing, wrong way round or too far away."""
    first, last = dossier.outline.departs_on, dossier.outline.returns_on
    if first is None or last is None or not 0 <= (last - first).days < MOST_DAYS:
        return ()
    return tuple(first + dt.timedelta(days=number) for number in range((last - first).days + 1))


def sleeps_on(stay: Stay, date: dt.date) -> bool:
    """Whether the night that begins on ``date`` is spent there; of two days only one entered tells one night."""
    first, out = stay.checks_in, stay.checks_out
    if first is None or out is None:
        return date == first or (out is not None and date == out - dt.timedelta(days=1))
    return first <= date < out


def open_nights(dossier: Dossier) -> tuple[dt.date, ...]:
    """Nights of the trip for which nobody has entered where the party sleeps."""
    nights = trip_days(dossier)[:-1]
    return tuple(date for date in nights if not any(sleeps_on(stay, date) for stay in dossier.stays))


def is_under_way(stay: Stay) -> bool:
    """A night on the way of which nobody has entered a place."""
    return stay.kind in UNDER_WAY and stay.address is None and stay.city is None and stay.country is None


def phone_of(stay: Stay) -> Shown:
    """A night on the way has no telephone of its own; a blank one on land is 未記入."""
    if stay.phone is None and stay.kind in UNDER_WAY:
        return Shown(f"{stay.kind.label}のため電話なし")
    return show_phone(stay.phone, stay.country)


def address_of(stay: Stay) -> Shown:
    """As for the telephone."""
    if stay.address is None and stay.kind in UNDER_WAY:
        return Shown(f"{stay.kind.label}のため住所なし")
    return show(stay.address)
