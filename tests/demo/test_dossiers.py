"""The specimen dossiers: valid, specimen through and through, and consistent where they are meant to be."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from portal.demo.organisations import demo_organisation
from portal.demo.story import demo_trips, dossier_folder
from portal.directory.airports import airport
from portal.directory.carriers import carrier_of_flight
from portal.directory.countries import country
from portal.directory.desks import mofa_desk
from portal.dossier import files
from portal.dossier.shift import shift
from portal.dossier.types import Dossier, LegMode, Part, ParticipantRole, Sex, StayKind
from portal.kit import phones
from portal.lawbook.deadlines import deadlines

TRIPS = {trip.dossier: trip for trip in demo_trips()}
DOSSIERS = {name: trip.load() for name, trip in TRIPS.items()}
UNFINISHED = {"defects_all", "draft_new_zealand"}
COMPLETE = {name: dossier for name, dossier in DOSSIERS.items() if name not in UNFINISHED}
IN_TIME = {name: dossier for name, dossier in COMPLETE.items() if name not in {"late_vietnam", "guam_past"}}

every = pytest.mark.parametrize("dossier", DOSSIERS.values(), ids=DOSSIERS)
complete = pytest.mark.parametrize("dossier", COMPLETE.values(), ids=COMPLETE)
in_time = pytest.mark.parametrize("dossier", IN_TIME.values(), ids=IN_TIME)


def values_of(part: Part, field: str = ""):
    """Every text in a dossier with the name of its field."""
    for name in type(part).model_fields:
        value = getattr(part, name)
        for entry in value if isinstance(value, tuple) else (value,):
            if isinstance(entry, Part):
                yield from values_of(entry, name)
            elif isinstance(entry, str):
                yield name, str(entry)


def parties(dossier: Dossier) -> list[str | None]:
    """The groups that travel; one nameless party where there are none."""
    return [group.key for group in dossier.groups] or [None]


def test_the_folder_holds_the_dossiers_of_the_story_and_nothing_else():
    assert {path.stem for path in dossier_folder().glob("*")} == set(DOSSIERS)
    assert len(DOSSIERS) >= 9


@every
def test_a_file_is_in_canonical_form_and_a_specimen_with_its_day(dossier):
    (name,) = [name for name, other in DOSSIERS.items() if other == dossier]
    assert files.dump(dossier) == TRIPS[name].path.read_bytes()
    assert dossier.demo
    assert dossier.as_of


@every
def test_keys_are_unique_in_each_list(dossier):
    for name in ("home_contacts", "destinations", "groups", "legs", "activities", "stays", "hosts", "agents"):
        keys = [entry.key for entry in getattr(dossier, name)]
        assert len(keys) == len(set(keys)), name
    for listed in (dossier.missions, dossier.policies, dossier.participants):
        assert len({entry.key for entry in listed}) == len(listed)


@every
def test_no_telephone_can_ring(dossier):
    """Specimens only, but for the ministry's own numbers as the directory has them (old ones in the defect file)."""
    days = [dossier.outline.departs_on, dt.date(2005, 4, 1)]
    ministry = {number for day in days for number in (mofa_desk(on=day).day_phone, mofa_desk(on=day).night_phone)}
    for field, text in values_of(dossier):
        if not field.endswith(("phone", "mobile", "fax")) or text in ministry:
            continue
        number = phones.e164(text)
        assert number, f"{field}: {text}"
        assert phones.is_specimen(number), f"{field}: {text}"


@every
def test_every_body_is_marked_as_invented(dossier):
    marked = [dossier.school, *dossier.agents, *(stay for stay in dossier.stays if stay.kind is StayKind.HOTEL)]
    assert all("見本" in part.name for part in (*marked, *dossier.missions))
    assert all("見本" in policy.insurer for policy in dossier.policies)
    assert all("見本" in host.family for host in dossier.hosts)
    mails = [text for field, text in values_of(dossier) if field == "email"]
    assert all(text.endswith(".example") for text in mails)


@every
def test_countries_airports_and_airlines_are_in_the_directory(dossier):
    codes = [text for field, text in values_of(dossier) if field in ("country", "nationality", "strong_in")]
    assert codes
    assert all(country(code).listed for code in codes)
    for leg in dossier.legs:
        if leg.mode is LegMode.FLIGHT:
            assert airport(leg.origin), leg.origin
            assert airport(leg.destination), leg.destination
        if leg.mode is LegMode.FLIGHT and leg.number:
            assert carrier_of_flight(leg.number).ja == leg.carrier


@every
def test_the_school_part_is_the_organisations_own(dossier):
    (trip,) = [TRIPS[name] for name, other in DOSSIERS.items() if other == dossier]
    organisation = demo_organisation(trip.organisation)
    school = dossier.school
    assert (school.name, school.founder, school.kind) == (
        organisation.name,
        organisation.founder,
        organisation.school_kind,
    )
    for field in ("postcode", "address", "phone", "email", "kana"):
        assert getattr(school, field) in (getattr(organisation, field), None)


@complete
def test_figures_are_the_sums_of_the_roster(dossier):
    roles = Counter(person.role for person in dossier.participants)
    sexes = Counter(person.sex for person in dossier.participants)
    stated = dossier.outline.party
    assert stated.students == roles[ParticipantRole.STUDENT]
    assert stated.escorts == roles[ParticipantRole.ESCORT]
    assert stated.others == len(dossier.participants) - stated.students - stated.escorts
    assert (stated.male, stated.female) == (sexes[Sex.MALE], sexes[Sex.FEMALE])
    assert stated.total == stated.male + stated.female == len(dossier.participants)
    assert dossier.outline.enrolled == stated.students + dossier.outline.non_participants


@complete
def test_every_night_of_every_group_is_covered_once(dossier):
    for group in parties(dossier):
        nights: Counter[dt.date] = Counter()
        for stay in dossier.stays:
            if not stay.groups or group in stay.groups:
                nights.update(
                    stay.checks_in + dt.timedelta(day) for day in range((stay.checks_out - stay.checks_in).days)
                )
        away = (dossier.outline.returns_on - dossier.outline.departs_on).days
        assert nights == Counter(dossier.outline.departs_on + dt.timedelta(day) for day in range(away))


@complete
def test_the_legs_of_every_group_join_in_place_and_time(dossier):
    for group in parties(dossier):
        legs = [leg for leg in dossier.legs if not leg.groups or group in leg.groups]
        for earlier, later in pairwise(legs):
            assert earlier.destination == later.origin
            assert instant(earlier.arrives_at, earlier.arrives_zone) < instant(later.departs_at, later.departs_zone)
        for leg in legs:
            taken = instant(leg.arrives_at, leg.arrives_zone) - instant(leg.departs_at, leg.departs_zone)
            assert dt.timedelta(0) < taken < dt.timedelta(hours=20)
        assert legs[0].departs_at.date() == dossier.outline.departs_on
        assert legs[-1].arrives_at.date() == dossier.outline.returns_on
        assert legs[0].departs_zone == legs[-1].arrives_zone == "Asia/Tokyo"


def instant(local: dt.datetime, zone: str) -> dt.datetime:
    return local.replace(tzinfo=ZoneInfo(zone)).astimezone(dt.UTC)


@complete
def test_head_counts_on_legs_and_beds_are_those_of_the_groups(dossier):
    sizes = Counter(person.group for person in dossier.participants)
    for carried in (*dossier.legs, *dossier.stays):
        expected = sum(sizes[group] for group in carried.groups) if carried.groups else len(dossier.participants)
        assert carried.people == expected


@complete
def test_assembly_and_dismissal_enclose_the_journey_and_the_cover_encloses_them(dossier):
    outline = dossier.outline
    assert outline.assembles_at < dossier.legs[0].departs_at
    assert outline.dismissed_at > max(leg.arrives_at for leg in dossier.legs)
    for policy in dossier.policies:
        assert policy.starts_at <= outline.assembles_at
        assert policy.ends_at >= outline.dismissed_at


@complete
def test_persons_named_elsewhere_travel_or_stay_as_they_should(dossier):
    people = {person.key: person for person in dossier.participants}
    assert people[dossier.leader.participant].role is ParticipantRole.ESCORT
    assert not {contact.name for contact in dossier.home_contacts} & {person.name for person in people.values()}
    if dossier.conductor.participant:
        assert people[dossier.conductor.participant].role is ParticipantRole.CONDUCTOR
    for key in (*(out.participant for out in dossier.opt_outs), *(g.leader for g in dossier.groups)):
        assert key in people
    guests = [guest for host in dossier.hosts for guest in host.guests]
    assert len(guests) == len(set(guests))
    assert all(people[guest].role is ParticipantRole.STUDENT for guest in guests)


@complete
def test_each_traveller_is_insured_by_one_policy_or_opted_out_in_writing(dossier):
    out = {opt_out.participant for opt_out in dossier.opt_outs}
    covered: Counter[str] = Counter()
    for policy in dossier.policies:
        everybody = [person.key for person in dossier.participants if person.key not in out]
        covered.update(everybody if policy.covers_all else policy.insured)
    assert covered == Counter(person.key for person in dossier.participants if person.key not in out)
    assert all(opt_out.signed_on for opt_out in dossier.opt_outs)


@complete
def test_there_is_something_to_do_on_every_day(dossier):
    length = (dossier.outline.returns_on - dossier.outline.departs_on).days + 1
    days = {dossier.outline.departs_on + dt.timedelta(day) for day in range(length)}
    assert days - {activity.on for activity in dossier.activities} <= {dossier.outline.departs_on}


@complete
def test_nothing_is_recorded_as_done_after_the_day_of_the_file(dossier):
    done = [
        dossier.emergency.told_all_on,
        dossier.handover.itinerary_on,
        dossier.handover.blood_list_on,
        dossier.readiness.orientation_on,
        dossier.readiness.parents_meeting_on,
        dossier.readiness.tabireji_on,
        *(person.consented_on for person in dossier.participants),
        *(confirmation.confirmed_on for confirmation in dossier.confirmations),
        *(destination.level_checked_on for destination in dossier.destinations),
    ]
    assert all(day <= dossier.as_of for day in done if day)


@complete
def test_hard_names_travel_on_every_complete_trip(dossier):
    names = "".join(person.name for person in dossier.participants)
    assert all(rare in names for rare in ("髙", "﨑", "𠮷", "葛\U000e0100"))
    assert all(person.kana for person in dossier.participants)


def test_among_all_trips_are_mononyms_hangul_latin_and_vietnamese_names():
    people = [person for dossier in DOSSIERS.values() for person in dossier.participants]
    assert any(person.passport_surname and person.passport_given is None for person in people)
    names = {person.name for person in people}
    assert {"김 민준", "Nguyễn Thị Lan Anh", "Emma Grace O'Connell", "Wulandari"} <= names


def test_the_trips_are_the_ones_that_were_promised():
    assert DOSSIERS["taiwan_161"].outline.party.students == 161
    assert {leg.number for leg in DOSSIERS["taiwan_161"].legs if leg.groups} == {"CI9157", "JX9821", "CI9172", "JX9822"}
    assert DOSSIERS["australia_homestay_40"].outline.party.students == 40
    homestay = DOSSIERS["australia_homestay_40"].homestay
    assert homestay.representative
    assert homestay.representative_phone
    assert homestay.list_due_on < DOSSIERS["australia_homestay_40"].outline.departs_on
    placed = {guest for host in DOSSIERS["australia_homestay_40"].hosts for guest in host.guests}
    assert 0 < len(placed) < 40
    assert {stay.kind for stay in DOSSIERS["korea_ferry"].stays} == {StayKind.ABOARD_SHIP, StayKind.HOTEL}
    assert DOSSIERS["late_vietnam"].late_filing_reason
    assert DOSSIERS["guam_past"].outline.returns_on < DOSSIERS["guam_past"].as_of


@pytest.mark.parametrize("weeks", range(0, 261, 4))
def test_specimens_in_time_stay_in_time_wherever_the_weeks_carry_them(weeks):
    """A shifted file may be up to six days older than today; holidays of other years must not make it late."""
    for name, dossier in IN_TIME.items():
        moved = shift(dossier, weeks)
        receipt = deadlines(moved.outline.departs_on, "2003").receipt
        assert receipt >= moved.as_of + dt.timedelta(days=6), name


@pytest.mark.parametrize("weeks", range(0, 261, 4))
def test_the_late_specimen_stays_late_and_ahead_of_its_departure(weeks):
    moved = shift(DOSSIERS["late_vietnam"], weeks)
    assert deadlines(moved.outline.departs_on, "2003").receipt < moved.as_of
    assert moved.outline.departs_on > moved.as_of + dt.timedelta(days=6)
