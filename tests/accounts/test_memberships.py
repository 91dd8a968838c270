"""Leaving, switching, profile: what a person and the head of an organisation do with memberships."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.test import Client

from portal.accounts import actions, queries
from portal.accounts.models import Membership, User
from portal.audit.models import Event
from portal.kit.roles import Role
from tests.accounts.cast import member, sign_in_fully

pytestmark = pytest.mark.django_db


def test_a_principal_removes_a_teacher(client: Client, principal: Membership, drafter: Membership) -> None:
    sign_in_fully(client, principal.user)
    path = f"/accounts/members/{drafter.pk}/remove/"
    assert "登録を外します" in client.get(path).content.decode()
    assert Membership.objects.get(pk=drafter.pk).active, "asking changes nothing"
    client.post(path)
    assert not Membership.objects.get(pk=drafter.pk).active
    assert Event.objects.filter(name="member.removed", school=principal.org).count() == 1


def test_the_last_principal_stays(client: Client, principal: Membership) -> None:
    sign_in_fully(client, principal.user)
    page = client.post(f"/accounts/members/{principal.pk}/remove/", follow=True)
    assert "最後の「校長」は外せません" in page.content.decode()
    assert Membership.objects.get(pk=principal.pk).active


def test_a_blocked_second_principal_does_not_count(world: SimpleNamespace, principal: Membership) -> None:
    second = member(world.school, Role.SCHOOL_PRINCIPAL, "fuku@school.example")
    User.objects.filter(pk=second.user_id).update(is_active=False)
    with pytest.raises(actions.Refused, match="最後の"):
        actions.deactivate_membership(principal.pk, by=principal)


def test_with_a_successor_the_principal_may_leave(world: SimpleNamespace, principal: Membership) -> None:
    member(world.school, Role.SCHOOL_PRINCIPAL, "konin@school.example")
    actions.deactivate_membership(principal.pk, by=principal)
    assert not Membership.objects.get(pk=principal.pk).active


@pytest.mark.parametrize("org", ["sibling", "town", "board"])
def test_people_of_other_organisations_do_not_exist(
    client: Client, world: SimpleNamespace, principal: Membership, org: str
) -> None:
    role = Role.SCHOOL_DRAFTER if org == "sibling" else Role.AUTHORITY_OFFICER
    foreign = member(getattr(world, org), role, "hoka@other.example")
    sign_in_fully(client, principal.user)
    for answer in (client.get, client.post):
        assert answer(f"/accounts/members/{foreign.pk}/remove/").status_code == 404
    assert Membership.objects.get(pk=foreign.pk).active


def test_only_the_head_removes(drafter: Membership, principal: Membership) -> None:
    with pytest.raises(actions.Refused, match="だけです"):
        actions.deactivate_membership(principal.pk, by=drafter)


def test_from_above_only_the_head_is_shown(
    client: Client, world: SimpleNamespace, officer: Membership, principal: Membership, drafter: Membership
) -> None:
    sign_in_fully(client, officer.user)
    page = client.get(f"/accounts/organisations/{world.school.pk}/").content.decode()
    assert principal.user.email in page
    assert drafter.user.email not in page


def test_switching_is_visible_and_lasts(client: Client, world: SimpleNamespace, drafter: Membership) -> None:
    second = member(world.board, Role.AUTHORITY_OFFICER, drafter.user.email)
    sign_in_fully(client, drafter.user)
    assert "見本県立葛󠄀西高等学校" in _chosen_line(client)
    answer = client.post("/accounts/switch/", {"membership": str(second.pk)})
    assert answer["Location"] == "/"
    assert "見本県教育委員会" in _chosen_line(client)
    assert client.get("/accounts/organisations/").status_code == 200


@pytest.mark.parametrize("wanted", ["", "not-an-id"])
def test_switching_to_nonsense_does_not_exist(client: Client, drafter: Membership, wanted: str) -> None:
    sign_in_fully(client, drafter.user)
    assert client.post("/accounts/switch/", {"membership": wanted}).status_code == 404


def test_nobody_switches_to_somebody_elses_membership(
    client: Client, principal: Membership, drafter: Membership
) -> None:
    sign_in_fully(client, drafter.user)
    answer = client.post("/accounts/switch/", {"membership": str(principal.pk)})
    assert answer["Location"] == "/accounts/memberships/"
    assert client.get("/accounts/members/").status_code == 404


def test_switching_by_a_link_is_impossible(client: Client, drafter: Membership) -> None:
    sign_in_fully(client, drafter.user)
    assert client.get(f"/accounts/switch/?membership={drafter.pk}").status_code == 405


def test_the_name_is_kept_exactly_as_typed(client: Client, drafter: Membership) -> None:
    sign_in_fully(client, drafter.user)
    answer = client.post("/accounts/profile/", {"name": "葛󠄀城 神\ufa19子", "language": "en"})
    assert answer.cookies["django_language"].value == "en"
    stored = User.objects.get(pk=drafter.user_id)
    assert (stored.name, stored.language) == ("葛󠄀城 神\ufa19子", "en")


def test_a_blank_name_is_refused_and_the_rest_kept(client: Client, drafter: Membership) -> None:
    sign_in_fully(client, drafter.user)
    answer = client.post("/accounts/profile/", {"name": " ", "language": "en"})
    assert answer.status_code == 422
    assert "氏名を入れてください" in answer.content.decode()


def test_holders_are_told_once_and_only_if_they_can_read_it(world: SimpleNamespace, approver: Membership) -> None:
    member(world.board, Role.AUTHORITY_OFFICER, approver.user.email)
    gone = member(world.board, Role.AUTHORITY_OFFICER, "yameta@board.example")
    Membership.objects.filter(pk=gone.pk).update(active=False)
    told = queries.holders_of(world.board.pk, (Role.AUTHORITY_OFFICER, Role.AUTHORITY_APPROVER))
    assert list(told) == [approver.user]


def _chosen_line(client: Client) -> str:
    page = client.get("/accounts/memberships/").content.decode()
    return next(row for row in page.split("<tr>") if "選択中" in row)
