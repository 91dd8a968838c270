"""A copied plan asks everything again that may have changed, and gives each value back where it belongs."""

from __future__ import annotations

import datetime as dt

import pytest

from portal.demo.story import demo_trips
from portal.dossier.types import Dossier, HomeContact, Policy, Stay
from trips.facts.copying import TAKEN, Carried, copy_plan, put_back, waits

PLANS = {trip.dossier: trip.load() for trip in demo_trips()}
WRITTEN = Dossier(
    home_contacts=(HomeContact(key="c1", name="髙橋 美保", title="教頭", night_phone="090-0000-0001"),),
    policies=(Policy(key="p1", insurer="見本海上保険(見本)", number="A-123", phone="03-0000-0000"),),
    stays=(Stay(key="s1", name="見本大飯店", phone="+886-2-0000-0000", checks_in=dt.date(2027, 1, 19)),),
)


def test_texts_come_along_and_the_rest_waits_moved_by_whole_weeks() -> None:
    plan, waiting = copy_plan(WRITTEN)
    assert plan.home_contacts == (HomeContact(key="c1", title="教頭"),)
    assert plan.policies == (Policy(key="p1", insurer="見本海上保険(見本)"),)
    assert plan.stays == (Stay(key="s1", name="見本大飯店"),)
    assert waiting == (
        Carried("stays/s1/phone", "+886-2-0000-0000", "+886-2-0000-0000"),
        Carried("stays/s1/checks_in", "2027-01-19", "2028-01-18"),
        Carried("home_contacts/c1/name", "髙橋 美保", "髙橋 美保"),
        Carried("home_contacts/c1/night_phone", "090-0000-0001", "090-0000-0001"),
        Carried("policies/p1/phone", "03-0000-0000", "03-0000-0000"),
        Carried("policies/p1/number", "A-123", "A-123"),
    )


@pytest.mark.parametrize("name", PLANS)
def test_no_person_number_or_date_is_left_in_a_copy(name: str) -> None:
    plan, waiting = copy_plan(PLANS[name])
    assert copy_plan(plan)[1] == ()
    text = plan.model_dump_json()
    people = [person.name for person in PLANS[name].participants if person.name]
    people += [contact.name for contact in PLANS[name].home_contacts if contact.name]
    assert not [person for person in people if person in text]
    assert (plan.participants, plan.opt_outs, plan.hosts, plan.confirmations) == ((), (), (), ())
    assert all(waits(plan, one.path) for one in waiting)


@pytest.mark.parametrize("name", PLANS)
def test_every_value_goes_back_to_its_place_once(name: str) -> None:
    plan, waiting = copy_plan(PLANS[name])
    whole = put_back(plan, waiting)
    assert copy_plan(whole, weeks=0) == (plan, tuple(Carried(one.path, one.value, one.value) for one in waiting))
    assert not [one.path for one in waiting if waits(whole, one.path)]
    lists = [prop for prop in TAKEN if isinstance(getattr(whole, prop), tuple)]
    assert [len(getattr(whole, prop)) for prop in lists] == [len(getattr(PLANS[name], prop)) for prop in lists]


def test_a_place_that_is_gone_or_written_in_takes_nothing() -> None:
    plan, waiting = copy_plan(WRITTEN)
    written = plan.model_copy(update={"home_contacts": (HomeContact(key="c1", name="﨑田"),)})
    name = next(one for one in waiting if one.path.endswith("c1/name"))
    for refusing in (written, plan.model_copy(update={"home_contacts": ()})):
        assert not waits(refusing, name.path)
        with pytest.raises(LookupError):
            put_back(refusing, [name])
