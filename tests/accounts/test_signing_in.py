"""Sign-in by password and by e-mailed code, the second factor, and what strangers can learn from the answers."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client

from portal.accounts.models import Membership, User
from tests.accounts.cast import PASSWORD, add_totp, person, sign_in, sign_in_fully, totp_code

pytestmark = pytest.mark.django_db


def test_password_and_second_factor_open_the_members_page(client: Client, principal: Membership) -> None:
    secret = add_totp(principal.user)
    answer = sign_in(client, principal.user)
    assert answer["Location"] == "/accounts/2fa/authenticate/"
    assert "_auth_user_id" not in client.session

    client.post("/accounts/2fa/authenticate/", {"code": totp_code(secret)})

    page = client.get("/accounts/members/")
    assert page.status_code == 200
    assert "見本県立葛󠄀西高等学校" in page.content.decode()


def test_staff_without_a_factor_are_led_to_set_one_up(client: Client, principal: Membership) -> None:
    sign_in(client, principal.user)
    answer = client.get("/accounts/members/?page=2")
    assert answer["Location"] == "/accounts/second-factor/?next=%2Faccounts%2Fmembers%2F%3Fpage%3D2"
    assert "認証アプリ" in client.get("/accounts/second-factor/").content.decode()


def test_a_factor_set_up_in_this_session_counts_at_once(client: Client, principal: Membership) -> None:
    sign_in(client, principal.user)
    setup = client.get("/accounts/2fa/totp/activate/")
    assert setup.status_code == 200, "a sign-in of a moment ago needs no second confirmation"
    secret = client.session["mfa.totp.secret"]

    client.post("/accounts/2fa/totp/activate/", {"code": totp_code(secret)})

    # The new factor is announced after commit, which a test's transaction never reaches.
    assert Authenticator.objects.filter(user=principal.user, type="totp").exists()


@pytest.mark.django_db(transaction=True)
def test_a_factor_set_up_in_this_session_opens_the_door(client: Client, principal: Membership) -> None:
    sign_in(client, principal.user)
    client.get("/accounts/2fa/totp/activate/")
    client.post("/accounts/2fa/totp/activate/", {"code": totp_code(client.session["mfa.totp.secret"])})
    assert client.get("/accounts/members/").status_code == 200


def test_a_session_older_than_the_factor_must_prove_it(client: Client, principal: Membership) -> None:
    sign_in(client, principal.user)
    add_totp(principal.user)
    answer = client.get("/accounts/members/")
    assert answer["Location"].startswith("/accounts/2fa/reauthenticate/?next=")


def test_the_secret_of_a_factor_is_stored_sealed(principal: Membership) -> None:
    secret = add_totp(principal.user)
    stored = Authenticator.objects.get(user=principal.user).data["secret"]
    assert secret not in stored
    assert stored.startswith("test:")


@pytest.mark.parametrize("later", [0, 31])
def test_a_code_of_the_app_works_once(client: Client, principal: Membership, time_machine, later: int) -> None:
    start = dt.datetime(2026, 11, 24, 8, 0, 1, tzinfo=dt.UTC)
    time_machine.move_to(start, tick=False)
    secret = add_totp(principal.user)
    code = totp_code(secret)
    sign_in(client, principal.user)
    client.post("/accounts/2fa/authenticate/", {"code": code})
    assert "_auth_user_id" in client.session
    time_machine.move_to(start + dt.timedelta(seconds=later), tick=False)
    second = Client()
    sign_in(second, principal.user)
    second.post("/accounts/2fa/authenticate/", {"code": f"{code[:3]} {code[3:]}"})
    assert "_auth_user_id" not in second.session


@pytest.mark.parametrize(("late", "accepted"), [(29, True), (70, False)])
def test_a_code_typed_slowly_is_accepted_for_one_period(
    client: Client, principal: Membership, time_machine, late: int, accepted: bool
) -> None:
    start = dt.datetime(2026, 11, 24, 8, 0, 1, tzinfo=dt.UTC)
    time_machine.move_to(start, tick=False)
    code = totp_code(add_totp(principal.user))
    sign_in(client, principal.user)
    time_machine.move_to(start + dt.timedelta(seconds=late), tick=False)
    client.post("/accounts/2fa/authenticate/", {"code": code})
    assert ("_auth_user_id" in client.session) is accepted


def test_a_recovery_code_works_once(client: Client, principal: Membership) -> None:
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    add_totp(principal.user)
    code = RecoveryCodes.activate(principal.user).get_unused_codes()[0]
    for browser, expected in ((client, True), (Client(), False)):
        sign_in(browser, principal.user)
        browser.post("/accounts/2fa/authenticate/", {"code": code})
        assert ("_auth_user_id" in browser.session) is expected


def test_the_last_factor_cannot_be_taken_away(client: Client, principal: Membership) -> None:
    sign_in_fully(client, principal.user)
    client.post("/accounts/2fa/totp/deactivate/")
    assert Authenticator.objects.filter(user=principal.user, type="totp").exists()


def test_the_demo_may_do_without_a_second_factor(client: Client, principal: Membership, settings) -> None:
    settings.PORTAL_RELAX_MFA = True
    sign_in(client, principal.user)
    assert client.get("/accounts/members/").status_code == 200


def test_sign_in_by_mailed_code(client: Client, principal: Membership, settings) -> None:
    settings.PORTAL_RELAX_MFA = True
    client.post("/accounts/login/code/", {"email": principal.user.email})
    message = mail.outbox[-1]
    assert message.subject.startswith("【渡り鳥】")
    code = re.search(r"^([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})$", message.body, re.MULTILINE)
    assert code is not None, message.body

    client.post("/accounts/login/code/confirm/", {"code": code.group(1)})

    assert client.get("/accounts/members/").status_code == 200


def test_a_mailed_code_does_not_replace_the_second_factor(client: Client, principal: Membership) -> None:
    add_totp(principal.user)
    client.post("/accounts/login/code/", {"email": principal.user.email})
    code = re.search(r"^([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})$", mail.outbox[-1].body, re.MULTILINE)
    assert code is not None
    answer = client.post("/accounts/login/code/confirm/", {"code": code.group(1)})
    assert answer["Location"] == "/accounts/2fa/authenticate/"


def test_wrong_password_says_so_and_keeps_the_address(client: Client, principal: Membership) -> None:
    page = sign_in(client, principal.user, "これは違うパスワード")
    assert "正しくありません" in page.content.decode()
    assert principal.user.email in page.content.decode()
    assert PASSWORD not in page.content.decode()


@pytest.mark.parametrize(
    ("path", "field"), [("/accounts/login/code/", "email"), ("/accounts/password/reset/", "email")]
)
def test_known_and_unknown_addresses_read_the_same(principal: Membership, path: str, field: str) -> None:
    answers = [Client().post(path, {field: email}) for email in (principal.user.email, "dare@nowhere.example")]
    assert len({(answer.status_code, answer.headers.get("Location")) for answer in answers}) == 1
    assert [len(mail.outbox[0].to), len(mail.outbox[1].to)] == [1, 1], "one mail each: equal work"


@pytest.mark.parametrize("path", ["/accounts/login/code/", "/accounts/password/reset/"])
def test_a_mail_server_that_is_away_is_told_and_the_form_comes_back(
    principal: Membership, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: EmailMessage, fail_silently: bool = False) -> int:
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailMessage, "send", refuse)
    answer = Client(raise_request_exception=False).post(path, {"email": principal.user.email})
    assert (answer.status_code, answer.headers.get("Retry-After")) == (503, "20")
    assert principal.user.email in answer.content.decode()


def test_known_and_unknown_addresses_fail_with_the_same_words(principal: Membership) -> None:
    pages = []
    for email in (principal.user.email, "dare@nowhere.example"):
        page = Client().post("/accounts/login/", {"login": email, "password": "これは違うパスワード"})
        pages.append(_without_what_was_typed(page.content.decode(), email))
    assert pages[0] == pages[1]


def test_nobody_registers_without_an_invitation(client: Client, db: None) -> None:
    assert "登録は招待から" in client.get("/accounts/signup/").content.decode()
    form = {"email": "dare@nowhere.example", "password1": PASSWORD, "password2": PASSWORD}
    client.post("/accounts/signup/", form)
    assert not User.objects.filter(email="dare@nowhere.example").exists()


def test_a_blocked_person_stays_outside(client: Client, principal: Membership) -> None:
    User.objects.filter(pk=principal.user_id).update(is_active=False)
    sign_in(client, principal.user)
    assert "_auth_user_id" not in client.session


def test_a_person_blocked_during_a_session_is_out_at_the_next_request(client: Client, principal: Membership) -> None:
    sign_in_fully(client, principal.user)
    User.objects.filter(pk=principal.user_id).update(is_active=False)
    assert client.get("/accounts/members/")["Location"].startswith("/accounts/login/")


def test_the_language_of_the_profile_follows_the_person(client: Client, db: None) -> None:
    user = person("smith@school.example", "Smith Ann")
    User.objects.filter(pk=user.pk).update(language="en")
    answer = sign_in(client, user)
    assert answer.cookies["django_language"].value == "en"


def _without_what_was_typed(page: str, email: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"|"X-CSRFToken": "[^"]+"', "", page.replace(email, ""))
