"""AC04 reads the log of test calls: everybody at home reached, some, nobody, or no log; and only before departure."""

from __future__ import annotations

import datetime as dt

import pytest

from jcsos.enums import Verdict
from jcsos.rules.criteria import BY_CODE, Known
from portal.dossier.types import FounderType
from tests.factories.cast import ready_dossier
from trips.enums import CallOutcome
from trips.facts.calls import CallEntry

REACHED, SILENT = CallOutcome.REACHED, CallOutcome.NO_ANSWER


def reading_of(*tries: tuple[str, CallOutcome, int]) -> tuple[Verdict, str]:
    """Verdict and text of the log for tries of (place, outcome, days before departure)."""
    dossier, on = ready_dossier(FounderType.PREFECTURAL)
    leaving = dossier.outline.departs_on
    assert leaving is not None
    calls = tuple(
        CallEntry(place, leaving - dt.timedelta(days=days), outcome, None, dt.datetime(2026, 11, 1, tzinfo=dt.UTC))
        for place, outcome, days in tries
    )
    reading = BY_CODE["AC04"].read(Known(dossier, 1, on, None, None, None, late=False, on=on, calls=calls))
    return reading.proposes, reading.facts[0].text


@pytest.fixture
def places() -> list[str]:
    """One place for each contact at home."""
    dossier, _ = ready_dossier(FounderType.PREFECTURAL)
    assert len(dossier.home_contacts) > 1
    return [f"home_contacts/{contact.key}/night_phone" for contact in dossier.home_contacts]


def test_everybody_at_home_was_reached(places: list[str]) -> None:
    verdict, text = reading_of(*((place, REACHED, 20) for place in places))
    assert verdict is Verdict.MET
    assert text.startswith(f"試しに掛けた番号{len(places)}件のうち、最後につながったもの{len(places)}件")


def test_one_who_did_not_answer_in_the_end_makes_it_partial(places: list[str]) -> None:
    tries = [(place, REACHED, 20) for place in places]
    assert reading_of(*tries, (places[0], SILENT, 10))[0] is Verdict.PARTLY
    assert reading_of((places[0], SILENT, 20), *((place, REACHED, 10) for place in places))[0] is Verdict.MET


def test_nobody_reached_or_nothing_tried_in_time(places: list[str]) -> None:
    assert reading_of((places[0], SILENT, 20))[0] is Verdict.NOT_MET
    assert reading_of((places[0], REACHED, 0))[0] is Verdict.UNPROVEN, "a call on the day of departure is too late"
    assert reading_of()[0] is Verdict.UNPROVEN
