"""The nights of a trip: which are slept where, and for which nobody has entered a place."""

from __future__ import annotations

import datetime as dt

import pytest

from mofa_requests.documents.nights import open_nights, sleeps_on, trip_days
from portal.dossier.types import Dossier, Stay, StayKind
from tests.documents.cases import specimen

MONDAY = dt.date(2027, 1, 18)
TUESDAY, WEDNESDAY, THURSDAY = (MONDAY + dt.timedelta(days=days) for days in (1, 2, 3))


@pytest.mark.parametrize(
    ("checks_in", "checks_out", "slept"),
    [
        (MONDAY, WEDNESDAY, {MONDAY, TUESDAY}),
        (TUESDAY, None, {TUESDAY}),
        (None, THURSDAY, {WEDNESDAY}),
        (None, None, set()),
        (WEDNESDAY, TUESDAY, set()),
    ],
)
def test_a_stay_covers_its_nights_and_one_when_half_of_it_is_known(
    checks_in: dt.date | None, checks_out: dt.date | None, slept: set[dt.date]
) -> None:
    stay = Stay(key="s", kind=StayKind.HOTEL, checks_in=checks_in, checks_out=checks_out)
    assert {date for date in (MONDAY, TUESDAY, WEDNESDAY, THURSDAY) if sleeps_on(stay, date)} == slept


def test_nights_without_a_place_are_open_and_the_day_of_return_is_no_night() -> None:
    dossier = specimen()
    assert open_nights(dossier) == ()
    without = dossier.model_copy(update={"stays": ()})
    assert open_nights(without) == trip_days(dossier)[:-1]
    assert open_nights(Dossier()) == ()
