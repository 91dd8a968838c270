"""The ministry's numbers of 1989 and 2003 stay dated; a trip of today never gets them."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.directory.desks import mofa_desk, mofa_desks, superseded_numbers

TODAY = dt.date(2026, 11, 22)


@pytest.mark.parametrize(
    ("on", "addressee", "day", "night"),
    [
        (dt.date(1989, 2, 9), "外務大臣官房領事移住部長", "580-3311", "580-3311"),
        (dt.date(2003, 6, 8), "外務大臣官房領事移住部長", "580-3311", "580-3311"),
        (dt.date(2003, 6, 9), "外務大臣官房領事移住部長", "03-6402-2635", "03-6402-2012"),
        (dt.date(2016, 3, 28), "外務大臣官房領事移住部長", "03-6402-2635", "03-6402-2012"),
        (dt.date(2016, 3, 29), "", "", ""),
        (dt.date(2024, 12, 11), "", "", ""),
        (dt.date(2024, 12, 12), "外務省領事局領事サービスセンター", "03-3580-3311", "03-3580-3311"),
        (TODAY, "外務省領事局領事サービスセンター", "03-3580-3311", "03-3580-3311"),
        (dt.date(1988, 3, 24), "", "", ""),
    ],
)
def test_the_desk_of_a_day(on, addressee, day, night):
    desk = mofa_desk(on=on)
    assert (desk.addressee, desk.day_phone, desk.night_phone) == (addressee, day, night)


def test_todays_request_goes_by_mail_to_the_service_centre():
    desk = mofa_desk(on=TODAY)
    assert (desk.phone, desk.extension, desk.email) == ("03-3580-3311", "2902、2903", "trip.ryousa@mofa.go.jp")
    assert desk.emergency_desk == "外務省領事局海外邦人安全課"
    assert desk.verified
    assert desk.source


def test_the_2003_fax_and_extensions_are_kept():
    desk = mofa_desk(on=dt.date(2005, 4, 1))
    assert (desk.fax, desk.night_extension) == ("03-6402-2636", "2264、3121")


@given(st.dates(min_value=dt.date(2024, 12, 12), max_value=dt.date(2099, 12, 31)))
def test_no_number_of_other_times_is_returned_for_a_trip_of_today(on):
    desk = mofa_desk(on=on)
    assert superseded_numbers(on=on) == {"580-3311", "03-6402-2635", "03-6402-2636", "03-6402-2012"}
    assert not {desk.phone, desk.day_phone, desk.night_phone, desk.fax} & superseded_numbers(on=on)


@given(st.dates())
def test_every_day_has_a_desk_and_an_unlisted_one_has_no_number(on):
    desk = mofa_desk(on=on)
    assert desk.holds_on(on)
    if not desk.listed:
        assert (desk.phone, desk.email, desk.day_phone, desk.night_phone, desk.verified) == ("", "", "", "", False)


def test_rows_are_in_order_and_do_not_overlap():
    for earlier, later in pairwise(mofa_desks()):
        assert earlier.valid_to is not None
        assert earlier.valid_to < later.valid_from


def test_every_row_names_its_source():
    assert all(desk.source for desk in mofa_desks())
    assert all(desk.note for desk in mofa_desks() if not desk.until_known and desk.key != "mofa-1989")
