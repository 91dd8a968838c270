"""The door of every view: gates in order, the scope inside, and what is given back outside."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.test import Client

from portal.accounts.models import Membership
from portal.kit.roles import Role
from portal.tenancy.scope import current_scope
from tests.accounts.cast import PASSWORD, add_totp, member, person, sign_in_fully, totp_code

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.accounts.probe")]
TYPED = {"destination": "台湾\r\n台北", "days": "5", "password": "秘密です", "code": "123456", "airline_code": "JL"}


@pytest.fixture(autouse=True)
def nothing_left_behind() -> Iterator[None]:
    yield
    assert current_scope() is None


@pytest.mark.parametrize(
    ("org", "role", "expected"),
    [
        ("school", Role.SCHOOL_ESCORT, "aud_school"),
        ("town", Role.AUTHORITY_OFFICER, "aud_endorser"),
        ("board", Role.AUTHORITY_APPROVER, "aud_forwarder"),
        ("jcsos", Role.JCSOS_AUDITOR, "aud_jcsos"),
        ("platform", Role.PLATFORM_OPERATOR, "aud_platform"),
    ],
)
def test_each_membership_looks_through_its_own_window(
    client: Client, world: SimpleNamespace, org: str, role: Role, expected: str
) -> None:
    held = member(getattr(world, org), role, "hito@org.example")
    sign_in_fully(client, held.user)
    scope = client.get("/probe/member/").json()
    assert scope["role"] == expected
    assert scope["org"] == str(held.org_id)
    assert scope["user"] == str(held.user_id)
    assert scope["health"] == ""


def test_open_and_personal_pages_run_in_no_scope(client: Client, drafter: Membership) -> None:
    sign_in_fully(client, drafter.user)
    for path in ("/probe/open/", "/probe/person/"):
        assert client.get(path).json()["role"] == "none"


def test_health_comes_into_view_only_where_declared(client: Client, drafter: Membership) -> None:
    sign_in_fully(client, drafter.user)
    assert client.get("/probe/health/").json()["health"] == "on"
    assert client.get("/probe/member/").json()["health"] == ""


def test_a_stream_is_read_in_its_scope_and_leaves_none_behind(client: Client, drafter: Membership) -> None:
    sign_in_fully(client, drafter.user)
    answer = client.get("/probe/streams/")
    assert current_scope() is None
    assert b"".join(answer.streaming_content) == b"aud_school\naud_school\n"


def test_a_page_rendered_late_still_sees_its_rows(client: Client, drafter: Membership) -> None:
    sign_in_fully(client, drafter.user)
    assert client.get("/probe/late/").content == b"aud_school"


def test_a_view_that_breaks_leaves_no_scope_behind(client: Client, drafter: Membership) -> None:
    sign_in_fully(client, drafter.user)
    client.raise_request_exception = False
    assert client.get("/probe/breaks/").status_code == 500
    assert client.get("/probe/open/").json()["role"] == "none"


def test_a_wrong_role_reads_the_same_as_a_page_that_does_not_exist(client: Client, officer: Membership) -> None:
    sign_in_fully(client, officer.user)
    client.get("/accounts/memberships/")
    forbidden, missing = client.get("/probe/health/"), client.get("/probe/no-such-page/")
    assert forbidden.status_code == missing.status_code == 404
    assert _plain(forbidden, "/probe/health/") == _plain(missing, "/probe/no-such-page/")


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS"])
def test_a_page_is_read_or_sent_and_nothing_else(client: Client, officer: Membership, method: str) -> None:
    sign_in_fully(client, officer.user)
    answer = client.generic(method, "/probe/member/")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD, POST")
    assert client.generic(method, "/probe/health/").status_code == 404, "a wrong role reads of no page even so"


def test_an_undeclared_view_does_not_exist(client: Client, officer: Membership) -> None:
    sign_in_fully(client, officer.user)
    assert client.get("/probe/undeclared/").status_code == 404
    assert Client().get("/probe/undeclared/").status_code == 404


def test_a_stranger_is_sent_to_sign_in_and_back(client: Client, db: None) -> None:
    assert client.get("/probe/member/?page=2")["Location"] == "/accounts/login/?next=%2Fprobe%2Fmember%2F%3Fpage%3D2"


def test_a_fragment_sends_the_whole_page_to_sign_in(client: Client, db: None) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/trips/7/?tab=2"}
    answer = client.get("/probe/member/", headers=headers)
    assert answer.status_code == 401
    assert answer["HX-Redirect"] == "/accounts/login/?next=%2Ftrips%2F7%2F%3Ftab%3D2"


def test_a_fragment_asked_from_elsewhere_leads_home(client: Client, db: None) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": "https://evil.example/trap/"}
    assert client.get("/probe/member/", headers=headers)["HX-Redirect"] == "/accounts/login/?next=%2F"


def test_autosave_after_the_session_ended_changes_nothing_on_the_page(client: Client, db: None) -> None:
    answer = client.post("/probe/member/", TYPED, headers={"HX-Request": "true"})
    assert answer.status_code == 401
    assert answer.content == b""
    assert answer["HX-Reswap"] == "none"
    assert json.loads(answer["HX-Trigger"])["session-ended"]["url"].startswith("/accounts/login/?next=")


def test_a_form_sent_after_the_session_ended_is_given_back(client: Client, db: None) -> None:
    answer = client.post("/probe/member/?step=2", TYPED)
    page = answer.content.decode()
    assert answer.status_code == 401
    assert 'action="/probe/member/?step=2"' in page
    assert "台湾\r\n台北</textarea>" in page
    assert 'name="airline_code"' in page
    assert "秘密です" not in page
    assert "123456" not in page
    assert "台北" not in str(dict(client.session.items())), "nothing typed is kept on the server"


def test_what_was_typed_survives_signing_in_again(drafter: Membership) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.get("/accounts/login/")
    held = _post(browser, "/probe/member/", TYPED)
    assert held.status_code == 401

    _sign_in_with_token(browser, drafter)
    stale = browser.post("/probe/member/", TYPED, headers={"Origin": "http://testserver"})
    page = stale.content.decode()
    assert stale.status_code == 403
    assert "台湾\r\n台北</textarea>" in page

    again = _post(browser, "/probe/member/", TYPED)
    assert again.json()["role"] == "aud_school"


def test_a_form_from_another_site_gets_nothing_back(drafter: Membership) -> None:
    browser = Client(enforce_csrf_checks=True)
    sign_in_fully(browser.__class__(), drafter.user)
    answer = browser.post("/probe/member/", TYPED, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403
    assert "台湾" not in answer.content.decode()


def test_a_stale_fragment_learns_the_new_token(drafter: Membership) -> None:
    browser = Client(enforce_csrf_checks=True)
    answer = browser.post("/probe/member/", TYPED, headers={"Origin": "http://testserver", "HX-Request": "true"})
    token = json.loads(answer["HX-Trigger"])["form-renewed"]["token"]
    retried = browser.post("/probe/member/", TYPED, headers={"X-CSRFToken": token, "HX-Request": "true"})
    assert "session-ended" in retried["HX-Trigger"]


def test_an_export_needs_a_fresh_proof(client: Client, drafter: Membership, time_machine) -> None:
    sign_in_fully(client, drafter.user)
    assert client.get("/probe/export/").content.decode() == "書き出しました"
    _later(time_machine, minutes=6)
    answer = client.get("/probe/export/?format=xlsx")
    assert answer["Location"] == "/accounts/reauthenticate/?next=%2Fprobe%2Fexport%2F%3Fformat%3Dxlsx"

    before = client.session.session_key
    back = client.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": "/probe/export/"})
    assert back["Location"] == "/probe/export/"
    assert client.session.session_key != before, "a new session id after every proof"
    assert client.get("/probe/export/").status_code == 200


def test_a_form_that_needs_a_fresh_proof_is_given_back(client: Client, drafter: Membership, time_machine) -> None:
    sign_in_fully(client, drafter.user)
    _later(time_machine, minutes=6)
    page = client.post("/probe/export/", TYPED)
    assert page.status_code == 401
    assert "新しいタブで本人を確認する" in page.content.decode()
    assert "台北" in page.content.decode()
    fragment = client.post("/probe/export/", TYPED, headers={"HX-Request": "true"})
    assert "step-up-needed" in json.loads(fragment["HX-Trigger"])


def test_a_role_taken_away_counts_from_the_next_request(client: Client, drafter: Membership) -> None:
    sign_in_fully(client, drafter.user)
    assert client.get("/probe/member/").status_code == 200
    Membership.objects.filter(pk=drafter.pk).update(active=False)
    assert client.get("/probe/member/").status_code == 403


def test_nobody_slides_into_another_organisation(client: Client, world: SimpleNamespace, drafter: Membership) -> None:
    second = member(world.sibling, Role.SCHOOL_DRAFTER, drafter.user.email)
    sign_in_fully(client, drafter.user)
    assert client.get("/probe/member/").json()["org"] == str(world.school.pk)
    Membership.objects.filter(pk=drafter.pk).update(active=False)
    assert client.post("/probe/member/", TYPED).status_code == 403, "told first, nothing done"
    assert client.get("/probe/member/").json()["membership"] == str(second.pk)


def test_a_closed_organisation_has_no_members(client: Client, world: SimpleNamespace, drafter: Membership) -> None:
    sign_in_fully(client, drafter.user)
    world.school.active = False
    world.school.save()
    assert client.get("/probe/member/").status_code == 403


def test_a_person_without_any_organisation_reads_why(client: Client, db: None) -> None:
    sign_in_fully(client, person("hitori@nowhere.example"))
    answer = client.get("/probe/member/")
    assert answer.status_code == 403
    assert "登録されていません" in answer.content.decode()
    assert client.get("/accounts/memberships/").status_code == 200


def test_a_page_of_another_organisation_is_not_sent_by_mistake(client: Client, drafter: Membership) -> None:
    sign_in_fully(client, drafter.user)
    mine, other = str(drafter.pk), "01900000-0000-7000-8000-000000000000"
    assert client.post("/probe/member/", {"acting_for": mine}).status_code == 200
    held = client.post("/probe/member/", {**TYPED, "acting_for": other})
    assert held.status_code == 409
    assert "台湾\r\n台北</textarea>" in held.content.decode()
    fragment = client.post("/probe/member/", TYPED, headers={"X-Acting-For": other, "HX-Request": "true"})
    assert fragment.status_code == 401
    assert "other-membership" in json.loads(fragment["HX-Trigger"])


def test_an_api_answers_in_json(client: Client, db: None) -> None:
    answer = client.get("/api/v1/probe/")
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"
    assert "サインイン" in answer.json()["detail"]


def _plain(answer, path: str) -> str:
    return re.sub(
        r'(value|Token": )="?[\w-]{20,}"?|"X-CSRFToken": "[^"]+"', "", answer.content.decode().replace(path, "")
    )


def _later(time_machine, *, minutes: int) -> None:
    time_machine.move_to(dt.datetime.now(dt.UTC) + dt.timedelta(minutes=minutes))


def _post(browser: Client, path: str, data: dict[str, str]):
    token = browser.cookies["csrftoken"].value
    return browser.post(path, {**data, "csrfmiddlewaretoken": token}, headers={"Origin": "http://testserver"})


def _sign_in_with_token(browser: Client, held: Membership) -> None:
    secret = add_totp(held.user)
    _post(browser, "/accounts/login/", {"login": held.user.email, "password": PASSWORD})
    _post(browser, "/accounts/2fa/authenticate/", {"code": totp_code(secret)})
