"""The specimen tree: invented, complete, every founder's route present in it."""

from __future__ import annotations

from collections import Counter

import pytest

from portal.demo.organisations import demo_organisation, demo_organisations
from portal.directory.kinds import OrgKind
from portal.directory.routes import route_for
from portal.dossier.types import FounderType
from portal.kit import phones
from portal.kit.roles import Audience

SCHOOLS = [organisation for organisation in demo_organisations() if organisation.kind is OrgKind.SCHOOL]


def test_keys_and_mail_addresses_are_unique_and_parents_come_first():
    seen: set[str] = set()
    for organisation in demo_organisations():
        assert organisation.parent is None or organisation.parent in seen
        assert organisation.key not in seen
        seen.add(organisation.key)
    assert len({organisation.email for organisation in demo_organisations()}) == len(seen)


def test_there_are_the_authorities_of_two_prefectures():
    counted = Counter(organisation.kind for organisation in demo_organisations())
    assert counted[OrgKind.PREFECTURAL_BOARD] == counted[OrgKind.GOVERNOR_OFFICE] == 2
    assert counted[OrgKind.MUNICIPAL_BOARD] == 2
    assert counted[OrgKind.DESIGNATED_CITY_BOARD] == counted[OrgKind.NATIONAL_UNIVERSITY] == 1
    assert counted[OrgKind.JCSOS] == counted[OrgKind.PLATFORM] == 1


def test_every_founder_type_has_a_school():
    assert {school.founder for school in SCHOOLS} == set(FounderType)
    assert len(SCHOOLS) >= 8


@pytest.mark.parametrize("school", SCHOOLS, ids=lambda school: school.key)
def test_the_ancestors_of_a_school_are_its_route(school):
    ancestors = []
    parent = school.parent
    while parent and demo_organisation(parent).kind.audience is Audience.AUTHORITY:
        ancestors.append(demo_organisation(parent))
        parent = ancestors[-1].parent
    route = route_for(school.founder)
    assert tuple(authority.kind for authority in ancestors) == route.steps
    if ancestors:
        assert route.accepts_sender(ancestors[-1].head_title)


def test_a_member_university_and_several_member_schools_of_jcsos():
    members = [organisation for organisation in demo_organisations() if organisation.jcsos_member]
    assert all(member.kind is OrgKind.SCHOOL for member in members)
    assert FounderType.UNIVERSITY in {member.founder for member in members}
    assert {member.jcsos_member.consents_to_audit for member in members} == {True, False}
    assert len(members) >= 4


@pytest.mark.parametrize("organisation", demo_organisations(), ids=lambda organisation: organisation.key)
def test_an_organisation_is_marked_and_cannot_be_reached(organisation):
    assert "見本" in organisation.name
    assert "specimen" in organisation.english_name
    assert organisation.email.endswith(".example")
    for number in filter(None, (organisation.phone, organisation.fax)):
        assert phones.problems(number, phones.JAPAN, demo=True) == ()
        assert phones.is_specimen(phones.e164(number))
    assert organisation.postcode == "" or organisation.postcode.startswith("000-")


def test_the_real_body_has_no_invented_address_or_telephone():
    jcsos = demo_organisation("jcsos")
    assert (jcsos.address, jcsos.phone, jcsos.postcode, jcsos.head_name) == ("", "", "", "")
