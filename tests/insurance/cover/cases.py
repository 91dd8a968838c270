"""Reads the YAML cases into events, and draws events and covers for the properties. Not here: assertions."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import yaml
from hypothesis import strategies as st

from insurance.catalogue.jet import MID_TERM, Participant, period_of
from insurance.catalogue.load import product
from insurance.catalogue.types import Period
from insurance.cover.event import Cost, Event
from insurance.cover.layer import Layer, own_contract, published, school_liability
from insurance.enums import Cause, Circumstance, CostItem, Place, Season, Standing
from insurance.periods import cover_end_after_leaving
from portal.dossier.types import Benefit, BenefitKind, Policy

FILE = Path(__file__).with_name("jet_cases.yaml")
YEAR = Period(first=dt.date(2025, 9, 1), last=dt.date(2026, 8, 31))
BASE = dt.date(2026, 5, 1)
DAYS = st.dates(dt.date(2025, 8, 1), dt.date(2026, 12, 31))


def jet(period: Period | None = YEAR) -> Layer:
    return published(product("jet"), period=period)


def period_in(given: dict[str, Any] | None) -> Period:
    """The days of cover of the person of a case; ``left`` is the day on which the appointment ended in mid-term."""
    if given is None:
        return YEAR
    given = dict(given)
    left = given.pop("left", None)
    person = Participant(Season(given.pop("season")), Standing(given.pop("status")), given.pop("year"), **given)
    period = period_of(person)
    if left is None:
        return period
    return Period(first=period.first, last=cover_end_after_leaving(left, original_end=period.last), clause=MID_TERM)


def special() -> Layer:
    return published(product("special_compensation"), period=None, dated=False)


def read_cases() -> list[dict[str, Any]]:
    return yaml.safe_load(FILE.read_text(encoding="utf-8"))


def event_of(given: dict[str, Any]) -> Event:
    """The event of a case: what it says over an injury off duty in Japan on 1 May 2026."""
    given = dict(given)
    costs = tuple(Cost(**{**cost, "item": CostItem(cost["item"])}) for cost in given.pop("costs", ()))
    return Event(
        cause=Cause(given.pop("cause", "injury")),
        on=given.pop("on", BASE),
        place=Place(given.pop("place", "japan")),
        circumstances=frozenset(Circumstance(name) for name in given.pop("circumstances", ())),
        costs=costs,
        **given,
    )


def contract(**limits: int | None) -> Policy:
    """A contract of a trip with these limits, in force for the year."""
    benefits = tuple(Benefit(kind=BenefitKind(kind), limit=limit) for kind, limit in limits.items())
    return Policy(
        key="p1",
        insurer="例示損害保険株式会社(見本)",
        starts_at=dt.datetime(2025, 9, 1),
        ends_at=dt.datetime(2026, 8, 31, 23, 59),
        benefits=benefits,
    )


COSTS = st.builds(
    Cost,
    st.sampled_from(CostItem),
    st.integers(0, 6_000_000),
    st.none() | DAYS,
    persons=st.integers(1, 5),
    nights=st.integers(1, 20),
)


@st.composite
def events(draw: st.DrawFn) -> Event:
    on = draw(DAYS)
    later = st.none() | st.integers(0, 250).map(lambda days: on + dt.timedelta(days=days))
    return Event(
        cause=draw(st.sampled_from(Cause)),
        on=on,
        place=draw(st.sampled_from(Place)),
        on_duty=draw(st.booleans()),
        entered_home_on=draw(st.none() | DAYS),
        home_by_choice=draw(st.booleans()),
        first_visit=draw(later),
        hospital_days=draw(st.integers(0, 40)),
        died_on=draw(later),
        impediment_percent=draw(st.integers(0, 100)),
        impediment_on=draw(later),
        infection=draw(st.booleans()),
        distress=draw(st.booleans()),
        circumstances=draw(st.frozensets(st.sampled_from(Circumstance), max_size=2)),
        costs=tuple(draw(st.lists(COSTS, max_size=6))),
        social_insurance=draw(st.integers(0, 2_000_000)),
    )


@st.composite
def contracts(draw: st.DrawFn) -> Layer:
    kinds = draw(st.lists(st.sampled_from(BenefitKind), unique=True, max_size=8))
    shared = tuple(draw(st.lists(st.sampled_from(kinds), unique=True))) if kinds and draw(st.booleans()) else ()
    benefits = tuple(
        Benefit(
            kind=kind,
            limit=draw(st.none() | st.integers(0, 8_000_000)),
            unlimited=draw(st.booleans()),
            deductible=draw(st.sampled_from([0, 5000, 30_000])),
            shared_with=shared if kind in shared else (),
        )
        for kind in kinds
    )
    dated = draw(st.booleans())
    days = {"starts_at": dt.datetime(2025, 9, 1), "ends_at": dt.datetime(2026, 8, 31)} if dated else {}
    return own_contract(Policy(key="k", benefits=benefits, **days))


LAYERS = (
    contracts()
    | st.builds(jet, st.none() | st.just(YEAR))
    | st.builds(special)
    | st.builds(school_liability, st.none() | st.integers(0, 10**9))
)
