"""How long a sign-in lives, what its end does to the browser, and the list of sessions."""

from __future__ import annotations

import datetime as dt

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from portal.accounts.models import Membership
from tests.accounts.cast import PASSWORD, sign_in_fully

pytestmark = pytest.mark.django_db
PAGE = "/accounts/members/"
MORNING = dt.datetime(2026, 11, 24, 8, 0, tzinfo=dt.timezone(dt.timedelta(hours=9)))


@pytest.fixture
def morning(time_machine):
    time_machine.move_to(MORNING, tick=False)
    return time_machine


def test_nineteen_quiet_minutes_are_no_end(client: Client, principal: Membership, morning) -> None:
    sign_in_fully(client, principal.user)
    morning.move_to(MORNING + dt.timedelta(minutes=19, seconds=59), tick=False)
    assert client.get(PAGE).status_code == 200


def test_twenty_quiet_minutes_end_the_sign_in(client: Client, principal: Membership, morning) -> None:
    sign_in_fully(client, principal.user)
    morning.move_to(MORNING + dt.timedelta(minutes=20), tick=False)
    answer = client.get(PAGE)
    assert answer["Location"] == "/accounts/login/?next=%2Faccounts%2Fmembers%2F&ended=idle"
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert "20分間操作がない" in client.get(answer["Location"]).content.decode()
    assert client.get(PAGE)["Location"] == "/accounts/login/?next=%2Faccounts%2Fmembers%2F"


def test_work_keeps_the_sign_in_alive_until_ten_hours(client: Client, principal: Membership, morning) -> None:
    sign_in_fully(client, principal.user)
    for quarter in range(1, 40):
        morning.move_to(MORNING + dt.timedelta(minutes=15 * quarter), tick=False)
        assert client.get(PAGE).status_code == 200
    morning.move_to(MORNING + dt.timedelta(hours=10), tick=False)
    assert client.get(PAGE)["Location"].endswith("&ended=absolute")


def test_polling_keeps_no_abandoned_page_alive(client: Client, principal: Membership, morning) -> None:
    sign_in_fully(client, principal.user)
    for minute in range(1, 20):
        morning.move_to(MORNING + dt.timedelta(minutes=minute), tick=False)
        assert client.get(PAGE, headers={"X-Background": "1"}).status_code == 200
    morning.move_to(MORNING + dt.timedelta(minutes=20), tick=False)
    assert client.get(PAGE, headers={"X-Background": "1"}).status_code == 302


def test_pages_say_how_long_is_left(client: Client, principal: Membership, morning) -> None:
    sign_in_fully(client, principal.user)
    morning.move_to(MORNING + dt.timedelta(minutes=5), tick=False)
    assert client.get(PAGE, headers={"X-Background": "1"})["X-Session-Ends-In"] == "900"
    page = client.get(PAGE)
    assert page["X-Session-Ends-In"] == "1200"
    assert '<meta name="session-ends-in" content="1200">' in page.content.decode()


def test_signing_in_gives_a_new_session_id(client: Client, principal: Membership) -> None:
    client.get("/accounts/invitation/no-such-token/")
    before = client.session.session_key
    sign_in_fully(client, principal.user)
    assert client.session.session_key != before


def test_signing_out_clears_the_browser(client: Client, principal: Membership) -> None:
    sign_in_fully(client, principal.user)
    answer = client.post("/accounts/logout/")
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert answer["Cache-Control"] == "no-store"
    assert client.get(PAGE)["Location"].startswith("/accounts/login/")


def test_other_devices_are_listed_and_signed_out(client: Client, principal: Membership) -> None:
    sign_in_fully(client, principal.user)
    other = Client(headers={"user-agent": "ほかの端末"})
    other.force_login(principal.user)
    UserSession.objects.create(
        user=principal.user, ip="192.0.2.7", session_key=other.session.session_key, user_agent="ほかの端末"
    )
    assert "ほかの端末" in client.get("/accounts/sessions/").content.decode()

    client.post("/accounts/sessions/")

    assert other.get("/accounts/memberships/")["Location"].startswith("/accounts/login/")
    assert client.get("/accounts/memberships/").status_code == 200


def test_the_list_follows_the_renewed_session_id(client: Client, principal: Membership, morning) -> None:
    sign_in_fully(client, principal.user)
    morning.move_to(MORNING + dt.timedelta(minutes=6), tick=False)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": "/accounts/profile/"})
    assert [row.session_key for row in UserSession.objects.all()] == [client.session.session_key]


def test_a_new_password_ends_the_other_sessions(client: Client, principal: Membership) -> None:
    other = Client()
    other.force_login(principal.user)
    sign_in_fully(client, principal.user)
    changed = "渡り鳥は北へ帰る2028"
    form = {"oldpassword": PASSWORD, "password1": changed, "password2": changed}
    assert client.post("/accounts/password/change/", form).status_code == 302
    assert other.get("/accounts/memberships/").status_code == 302
    assert client.get("/accounts/memberships/").status_code == 200
