"""A whole board behind one address signs in; one account under attack is protected however it is spelled."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.test import Client

from portal.accounts.adapters import fold_address
from portal.accounts.models import Membership
from portal.kit.roles import Role
from tests.accounts.cast import PASSWORD, add_totp, member, sign_in, totp_code

pytestmark = pytest.mark.django_db
WRONG = "これは違うパスワード"
LOCKED = "しばらくしてから"


def test_three_hundred_people_behind_one_address_sign_in(world: SimpleNamespace) -> None:
    """Every tenth mistypes first and goes through the second step, which counts per person; the others reach it."""
    staff = [member(world.board, Role.AUTHORITY_OFFICER, f"shokuin{n:03}@board.example") for n in range(300)]
    refused = []
    for number, held in enumerate(staff):
        browser, secret = Client(REMOTE_ADDR="203.0.113.5"), add_totp(held.user)
        if number % 10 == 0:
            sign_in(browser, held.user, WRONG)
        answer = sign_in(browser, held.user)
        if number % 10 == 0:
            answer = browser.post("/accounts/2fa/authenticate/", {"code": totp_code(secret)})
        if answer.headers.get("Location") != ("/" if number % 10 == 0 else "/accounts/2fa/authenticate/"):
            refused.append(number)
    assert refused == []


def test_one_account_is_locked_after_five_wrong_passwords(principal: Membership) -> None:
    for n in range(5):
        sign_in(Client(REMOTE_ADDR=f"198.51.100.{n}"), principal.user, WRONG)
    browser = Client(REMOTE_ADDR="198.51.100.99")
    page = sign_in(browser, principal.user)
    assert "_auth_user_id" not in browser.session
    assert "失敗" in page.content.decode() or LOCKED in page.content.decode()


def test_other_accounts_are_not_locked_with_it(principal: Membership, drafter: Membership) -> None:
    for _ in range(6):
        sign_in(Client(), principal.user, WRONG)
    assert sign_in(Client(), drafter.user)["Location"] == "/"


@pytest.mark.parametrize(
    "spelling",
    ["KOCHO@school.example", "kóchò@school.example", "ｋｏｃｈｏ@school.example", " kocho@School.Example "],
)
def test_every_spelling_of_an_address_is_one_counter(spelling: str) -> None:
    assert fold_address(spelling) == "kocho@school.example"


def test_spellings_share_the_limit(principal: Membership) -> None:
    for spelling in ("KOCHO@school.example", "Kocho@School.example", "kOCHO@school.example") * 2:
        Client().post("/accounts/login/", {"login": spelling, "password": WRONG})
    browser = Client()
    sign_in(browser, principal.user)
    assert "_auth_user_id" not in browser.session


def test_a_forged_forwarding_header_changes_nothing(principal: Membership, settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "3/m/ip,100/m/key"}
    for n in range(4):
        sign_in(Client(), principal.user, WRONG, headers={"X-Forwarded-For": f"198.51.100.{n}"})
    browser = Client()
    sign_in(browser, principal.user, PASSWORD, headers={"X-Forwarded-For": "198.51.100.200"})
    assert "_auth_user_id" not in browser.session


def test_behind_one_trusted_proxy_the_last_hop_counts(principal: Membership, settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "3/m/ip,100/m/key"}
    for _ in range(4):
        sign_in(Client(), principal.user, WRONG, headers={"X-Forwarded-For": "10.9.9.9, 198.51.100.1"})
    browser = Client()
    sign_in(browser, principal.user, headers={"X-Forwarded-For": "10.9.9.9, 198.51.100.2"})
    assert "_auth_user_id" in browser.session


def test_wrong_codes_of_the_app_are_counted_per_account(client: Client, principal: Membership) -> None:
    secret = add_totp(principal.user)
    sign_in(client, principal.user)
    for _ in range(5):
        client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    client.post("/accounts/2fa/authenticate/", {"code": totp_code(secret)})
    assert "_auth_user_id" not in client.session


def test_codes_by_mail_are_limited_per_address(principal: Membership) -> None:
    answers = [Client().post("/accounts/login/code/", {"email": principal.user.email}) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [302, 302, 302, 200]
