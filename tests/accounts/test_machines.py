"""Machine clients: a token acts for one organisation with one role, and stops when withdrawn."""

from __future__ import annotations

import base64
from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from portal.accounts import actions
from portal.kit.roles import Role

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.accounts.probe")]


def token_of(made: actions.NewMachine, scope: str = "portal.read") -> dict[str, str]:
    basic = base64.b64encode(f"{made.client_id}:{made.secret}".encode()).decode()
    answer = Client().post(
        "/identity/o/api/token",
        {"grant_type": "client_credentials", "scope": scope},
        headers={"Authorization": f"Basic {basic}"},
    )
    assert answer.status_code == 200, answer.content.decode()
    return {"Authorization": f"Bearer {answer.json()['access_token']}"}


def test_a_machine_reads_for_its_organisation(client: Client, world: SimpleNamespace) -> None:
    made = actions.register_machine(world.school, role=Role.SCHOOL_DRAFTER, name="校務支援システム")
    scope = client.get("/api/v1/probe/", headers=token_of(made)).json()
    assert (scope["role"], scope["org"], scope["user"]) == ("aud_school", str(world.school.pk), "")


def test_a_reading_machine_writes_nothing(client: Client, world: SimpleNamespace) -> None:
    made = actions.register_machine(world.school, role=Role.SCHOOL_DRAFTER, name="校務支援システム")
    assert client.post("/api/v1/probe/", headers=token_of(made)).status_code == 401


def test_a_writing_machine_writes(client: Client, world: SimpleNamespace) -> None:
    made = actions.register_machine(world.school, role=Role.SCHOOL_DRAFTER, name="校務支援システム", may_write=True)
    assert client.post("/api/v1/probe/", headers=token_of(made, "portal.write")).status_code == 200


def test_a_withdrawn_machine_is_out_at_once(client: Client, world: SimpleNamespace) -> None:
    made = actions.register_machine(world.school, role=Role.SCHOOL_DRAFTER, name="校務支援システム")
    bearer = token_of(made)
    actions.revoke_machine(made.client_id)
    answer = client.get("/api/v1/probe/", headers=bearer)
    assert answer.status_code == 401
    assert "invalid_token" in answer["WWW-Authenticate"]
    with pytest.raises(actions.Refused):
        actions.revoke_machine(made.client_id)


def test_a_token_opens_no_screen(client: Client, world: SimpleNamespace) -> None:
    made = actions.register_machine(world.school, role=Role.SCHOOL_DRAFTER, name="校務支援システム")
    assert client.get("/probe/member/", headers=token_of(made))["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("token", ["", "not-a-token", "a" * 300])
def test_an_unknown_token_is_told_so(client: Client, db: None, token: str) -> None:
    assert client.get("/api/v1/probe/", headers={"Authorization": f"Bearer {token}"}).status_code == 401


def test_a_machine_takes_no_role_of_another_kind_of_organisation(world: SimpleNamespace) -> None:
    with pytest.raises(actions.Refused, match="ない役割"):
        actions.register_machine(world.school, role=Role.AUTHORITY_APPROVER, name="取り違え")


def test_the_command_prints_id_and_secret_once(world: SimpleNamespace) -> None:
    printed = StringIO()
    call_command("register_machine", str(world.school.pk), "school_drafter", name="校務支援", stdout=printed)
    assert printed.getvalue().startswith("client_id: ")
    with pytest.raises(CommandError, match="no organisation"):
        call_command("register_machine", "nonsense", "school_drafter", name="校務支援")
