"""Coming and going leaves lines in the history: of whom, for whose eyes, and without an address."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from portal.accounts import actions, sessions
from portal.accounts.models import Membership
from portal.audit.models import Event
from portal.kit.roles import Role
from tests.accounts.cast import add_totp, member, sign_in, sign_in_fully
from tests.accounts.test_machines import token_of

pytestmark = pytest.mark.django_db
OWN, EVERYBODY = "/accounts/sign-ins/", "/accounts/members/sign-ins/"


def told(org: Any) -> list[str]:
    """Names of the events of an organisation, in order."""
    names = Event.objects.filter(actor_org=org).order_by("id").values_list("name", flat=True)
    return [name.partition(".")[2] for name in names]


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_a_day_of_a_principal_is_told_in_order(client: Client, world: SimpleNamespace, principal: Membership) -> None:
    add_totp(principal.user)
    sign_in(client, principal.user, "ちがうパスワード")
    sign_in(client, principal.user)
    client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert told(world.school) == ["sign_in_failed", "sign_in_failed"], "a password alone is no sign-in"
    sign_in_fully(client, principal.user)
    cache.clear()  # a code of the second factor counts once
    other = sign_in_fully(Client(), principal.user)
    client.post("/accounts/sessions/")
    assert other.get(OWN).status_code == 302
    client.post("/accounts/logout/")
    assert told(world.school)[2:] == ["signed_in", "signed_in", "sessions_ended", "signed_out"]
    assert principal.user.email not in str(list(Event.objects.values()))


def test_every_organisation_of_a_person_is_told(client: Client, world: SimpleNamespace, approver: Membership) -> None:
    second = member(world.school, Role.SCHOOL_PRINCIPAL, approver.user.email)
    sign_in_fully(client, approver.user)
    client.post("/accounts/switch/", {"membership": str(second.pk)})
    assert (told(world.board), told(world.school)) == (["signed_in"], ["signed_in", "switched"])
    assert told(world.sibling) == []


def test_an_address_that_nobody_has_is_the_operators_affair(client: Client, world: SimpleNamespace) -> None:
    client.post("/accounts/login/", {"login": "dare@nowhere.example", "password": "whatever it is"})
    event = Event.objects.get()
    assert (event.name, event.actor_org, event.actor_user, event.facts) == (
        "account.sign_in_failed",
        world.platform,
        None,
        {"account": None},
    )
    operator = member(world.platform, Role.PLATFORM_OPERATOR, "unyo@platform.example")
    assert "登録のないメールアドレス" in page(sign_in_fully(client, operator.user), EVERYBODY)


@pytest.mark.parametrize(("stamp", "reason"), [(sessions.SEEN, "idle"), (sessions.STARTED, "absolute")])
def test_a_sign_in_that_ran_out_is_told(
    client: Client, world: SimpleNamespace, principal: Membership, stamp: str, reason: str
) -> None:
    sign_in_fully(client, principal.user)
    session = client.session
    session[stamp] -= dt.timedelta(hours=10).total_seconds()
    session.save()
    client.get(OWN)
    assert told(world.school) == ["signed_in", "sign_in_ended"]
    assert Event.objects.get(name="account.sign_in_ended").facts == {"reason": reason}


@pytest.mark.parametrize(
    ("org", "role", "head"),
    [
        ("school", Role.SCHOOL_DRAFTER, Role.SCHOOL_PRINCIPAL),
        ("board", Role.AUTHORITY_OFFICER, Role.AUTHORITY_APPROVER),
        ("town", Role.AUTHORITY_OFFICER, Role.AUTHORITY_APPROVER),
        ("jcsos", Role.JCSOS_AUDITOR, Role.JCSOS_MEMBERS),
    ],
)
def test_people_see_their_own_and_the_head_sees_all(world: SimpleNamespace, org: str, role: Role, head: Role) -> None:
    house = getattr(world, org)
    worker = member(house, role, "tanaka@house.example", "田中 葛󠄀子")
    chief = member(house, head, "kocho@house.example", "髙橋 﨑")
    stranger = member(world.other_board, Role.AUTHORITY_APPROVER, "kessai@far.example", "遠山 遠")
    there = sign_in_fully(Client(), worker.user)
    at_the_top = sign_in_fully(Client(), chief.user)
    assert (page(there, OWN).count("サインインしました"), there.get(EVERYBODY).status_code) == (1, 404)
    shown = page(at_the_top, EVERYBODY)
    assert ("田中 葛󠄀子" in shown, "髙橋 﨑" in shown, shown.count("サインインしました")) == (True, True, 2)
    far = page(sign_in_fully(Client(), stranger.user), EVERYBODY)
    assert ("田中" in far, "遠山" in far) == (False, True)


def test_a_machine_is_told_from_its_registration_to_its_end(
    client: Client, world: SimpleNamespace, principal: Membership
) -> None:
    made = actions.register_machine(world.school, role=Role.SCHOOL_DRAFTER, name="校務支援システム")
    token_of(made)
    actions.revoke_machine(made.client_id)
    assert told(world.school) == ["registered", "token_issued", "revoked"]
    assert made.secret not in str(list(Event.objects.values()))
    shown = page(sign_in_fully(client, principal.user), EVERYBODY)
    assert [shown.count(words) for words in ("登録をしました", "トークンを出しました", "取り消しました")] == [1, 1, 1]
