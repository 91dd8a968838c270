"""The same doors with the login that serves in production: no owner, no right on any tenant row of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.core import mail
from django.db import connection
from django.test import Client

from portal.accounts import actions
from portal.accounts.models import Invitation, Membership
from portal.config.supervisor.addresses import APP_ROLE, TEST_PASSWORDS
from portal.kit.roles import Role
from tests.accounts.cast import PASSWORD, member, sign_in_fully

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def serving(transactional_db: None, principal: Membership, world: SimpleNamespace) -> Iterator[None]:
    """From here on the connection is the application's; the owner comes back to clean up."""
    owner = {name: connection.settings_dict[name] for name in ("USER", "PASSWORD")}
    connection.close()
    connection.settings_dict.update(USER=APP_ROLE, PASSWORD=TEST_PASSWORDS.app)
    yield
    connection.close()
    connection.settings_dict.update(owner)


def test_the_whole_life_of_a_membership(client: Client, world, principal: Membership, serving: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_user, rolsuper FROM pg_roles WHERE rolname = session_user")
        assert cursor.fetchone() == (APP_ROLE, False)
    sign_in_fully(client, principal.user)
    client.post("/accounts/members/invite/", {"email": "atarashii@school.example", "role": "school_drafter"})
    link = re.search(r"https://portal\.example(\S+)", mail.outbox[-1].body)
    assert link is not None

    newcomer = Client()
    newcomer.get(link.group(1))
    form = {"name": "𠮷野 髙子", "password1": PASSWORD, "password2": PASSWORD}
    assert newcomer.post("/accounts/invitation/", form)["Location"] == "/accounts/second-factor/"

    joined = Membership.objects.get(user__email="atarashii@school.example")
    assert "𠮷野 髙子" in client.get("/accounts/members/").content.decode()
    assert client.post(f"/accounts/members/{joined.pk}/remove/").status_code == 302
    assert not Membership.objects.get(pk=joined.pk).active


def test_withdrawing_and_founding(client: Client, world, officer: Membership, serving: None) -> None:
    sign_in_fully(client, officer.user)
    form = {"email": "kocho2@school.example", "role": "school_principal"}
    assert client.post(f"/accounts/organisations/{world.sibling.pk}/", form).status_code == 302
    client.post(f"/accounts/invitations/{Invitation.objects.get().pk}/revoke/")
    assert Invitation.objects.get().revoked_at is not None


def test_delicate_pages_renew_and_switch(client: Client, principal: Membership, second: Membership, serving) -> None:
    sign_in_fully(client, principal.user)
    before = client.session.session_key
    client.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": "/accounts/profile/"})
    assert client.session.session_key != before
    client.post("/accounts/switch/", {"membership": str(second.pk)})
    assert client.session["membership"] == str(second.pk)
    assert client.get("/accounts/sessions/").status_code == 200


def test_machines_are_registered_and_served(client: Client, world, serving: None) -> None:
    made = actions.register_machine(world.school, role=Role.SCHOOL_DRAFTER, name="校務支援システム")
    form = {"grant_type": "client_credentials", "client_id": made.client_id, "client_secret": made.secret}
    assert Client().post("/identity/o/api/token", {**form, "scope": "portal.read"}).status_code == 200
    actions.revoke_machine(made.client_id)
    assert Client().post("/identity/o/api/token", {**form, "scope": "portal.read"}).status_code in (400, 401)


@pytest.fixture
def second(world: SimpleNamespace, principal: Membership) -> Membership:
    return member(world.board, Role.AUTHORITY_OFFICER, principal.user.email)
