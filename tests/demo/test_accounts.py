"""Specimen accounts: every role, in every organisation that needs one, one person several times."""

from __future__ import annotations

from collections import defaultdict

import pytest
from django.contrib.auth.password_validation import validate_password

from portal.demo.accounts import demo_accounts, featured_accounts
from portal.demo.organisations import demo_organisation, demo_organisations
from portal.directory.kinds import OrgKind
from portal.kit.roles import Audience, Role


def test_every_role_has_an_account_and_a_featured_one():
    assert {account.role for account in demo_accounts()} == set(Role)
    assert [account.role for account in featured_accounts()] == list(Role)


def test_an_account_belongs_to_an_organisation_of_its_audience():
    for account in demo_accounts():
        assert demo_organisation(account.organisation).kind.audience is account.role.audience, account.email


def test_every_school_can_submit_and_every_authority_can_decide():
    roles = defaultdict(set)
    for account in demo_accounts():
        roles[account.organisation].add(account.role)
    for organisation in demo_organisations():
        if organisation.kind is OrgKind.SCHOOL:
            assert {Role.SCHOOL_DRAFTER, Role.SCHOOL_PRINCIPAL} <= roles[organisation.key]
        if organisation.kind.audience is Audience.AUTHORITY:
            assert {Role.AUTHORITY_OFFICER, Role.AUTHORITY_APPROVER} <= roles[organisation.key]


def test_a_membership_is_given_once_and_one_person_has_one_name_and_password():
    memberships = [(account.email, account.organisation, account.role) for account in demo_accounts()]
    assert len(memberships) == len(set(memberships))
    people = defaultdict(set)
    for account in demo_accounts():
        people[account.email].add((account.name, account.password, account.language))
    assert all(len(faces) == 1 for faces in people.values())


def test_one_person_looks_through_two_windows_and_one_helper_serves_two_schools():
    windows = defaultdict(set)
    schools = defaultdict(set)
    for account in demo_accounts():
        windows[account.email].add(account.role.audience)
        schools[account.email].add(account.organisation)
    assert windows["kennin@wataridori.example"] == {Audience.SCHOOL, Audience.JCSOS}
    assert schools["tabi@mihon-travel.example"] == {"mihon-kita-high", "mihon-gakuen-high"}


def test_addresses_are_lower_case_specimens_and_the_principal_signs_as_the_school_says():
    for account in demo_accounts():
        assert account.email == account.email.lower()
        assert account.email.endswith(".example")
        if account.role is Role.SCHOOL_PRINCIPAL:
            assert account.name == demo_organisation(account.organisation).head_name


@pytest.mark.parametrize("account", featured_accounts(), ids=lambda account: account.role.value)
def test_a_role_has_a_password_that_the_sign_in_accepts(account):
    validate_password(account.password)
    assert account.password.split("-")[0] == account.email.split("@")[0]


def test_both_languages_occur():
    assert {account.language for account in demo_accounts()} == {"ja", "en"}
