"""Which mission looks after each carriage, visit and night: every one of them falls to exactly one.

Not here: which mission a city should have (portal.directory), how the sheets look (duty, mission_sets).
"""

from __future__ import annotations

import dataclasses
import datetime as dt

from mofa_requests.documents.itinerary_times import in_order
from mofa_requests.documents.nights import UNDER_WAY, open_nights
from portal.dossier.types import Activity, Dossier, Leg, Mission, Stay


@dataclasses.dataclass(frozen=True)
class District:
    """One mission with what happens while the party is in its care; ``mission`` is None for what fell to none.

    ``open_nights`` are those for which no place is entered yet.
    """

    mission: Mission | None
    legs: tuple[Leg, ...] = ()
    stays: tuple[Stay, ...] = ()
    visits: tuple[Activity, ...] = ()
    open_nights: tuple[dt.date, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.legs or self.stays or self.visits or self.open_nights)


def districts(dossier: Dossier) -> tuple[District, ...]:
    """A district for each mission named, in the order of the plan; then one for the rest, if there is a rest."""
    legs = [(leg, mission_of_leg(dossier, leg)) for leg in in_order(dossier.legs)]
    stays = [(stay, mission_of_stay(dossier, stay)) for stay in in_order_of_nights(dossier.stays)]
    visits = [(visit, mission_of_visit(dossier, visit)) for visit in dossier.activities]
    nights = [(night, mission_of_night(dossier, night)) for night in open_nights(dossier)]
    found = [
        District(
            mission,
            tuple(leg for leg, its in legs if its is mission),
            tuple(stay for stay, its in stays if its is mission),
            tuple(visit for visit, its in visits if its is mission),
            tuple(night for night, its in nights if its is mission),
        )
        for mission in (*dossier.missions, None)
    ]
    return tuple(each for each in found if each.mission is not None or not each.is_empty)


def in_order_of_nights(stays: tuple[Stay, ...]) -> tuple[Stay, ...]:
    """By the first night; stays without one last, as typed."""
    return tuple(sorted(stays, key=lambda stay: stay.checks_in or dt.date.max))


def mission_of_stay(dossier: Dossier, stay: Stay) -> Mission | None:
    """The mission of the city, else the country's only one; a night on the way is the next night's on land, or the
    last one's when the party flies home.
    """
    if stay.kind not in UNDER_WAY or stay.city or stay.country:
        return _mission_of_place(dossier, country=stay.country, city=stay.city)
    return _mission_near(dossier, on=stay.checks_in, groups=stay.groups)


def mission_of_leg(dossier: Dossier, leg: Leg) -> Mission | None:
    """Where the party sleeps after arriving; on the way home, where it slept last."""
    moment = leg.arrives_at or leg.departs_at
    return _mission_near(dossier, on=moment.date() if moment else None, groups=leg.groups)


def mission_of_visit(dossier: Dossier, visit: Activity) -> Mission | None:
    """The mission that names the city of the visit, else that of the night before or after."""
    named = next((each for each in dossier.missions if visit.city and visit.city in each.cities), None)
    return named or _mission_near(dossier, on=visit.on, groups=visit.groups)


def mission_of_night(dossier: Dossier, night: dt.date) -> Mission | None:
    """Of a night without a place: where the party sleeps next, or slept last; else the only mission there is."""
    only = dossier.missions[0] if len(dossier.missions) == 1 else None
    return _mission_near(dossier, on=night, groups=()) or only


def _mission_of_place(dossier: Dossier, *, country: str | None, city: str | None) -> Mission | None:
    named = [each for each in dossier.missions if city and city in each.cities]
    abroad = [each for each in dossier.missions if country and each.country == country]
    return next(iter(named), abroad[0] if len(abroad) == 1 else None)


def _mission_near(dossier: Dossier, *, on: dt.date | None, groups: tuple[str, ...]) -> Mission | None:
    """The mission of the night that begins on ``on`` on land, else of the next one, else of the last one before."""
    if on is None:
        return None
    nights = [stay for stay in in_order_of_nights(dossier.stays) if _on_land(stay) and _shares(stay.groups, groups)]
    tonight = [stay for stay in nights if stay.checks_in and stay.checks_out and stay.checks_in <= on < stay.checks_out]
    later = [stay for stay in nights if stay.checks_in and stay.checks_in > on]
    before = [stay for stay in reversed(nights) if stay.checks_out and stay.checks_out <= on]
    return next((mission_of_stay(dossier, stay) for stay in (*tonight, *later, *before)), None)


def _on_land(stay: Stay) -> bool:
    return stay.kind not in UNDER_WAY or bool(stay.city or stay.country)


def _shares(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """Whether a group belongs to both; no group named means everybody."""
    return not first or not second or bool(set(first) & set(second))
