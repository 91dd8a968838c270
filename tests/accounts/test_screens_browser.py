"""Sign-in in a real browser under the strict policy: passkey set-up, passkey sign-in, and pages readable by all."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from playwright.sync_api import Page, expect

from portal.accounts.models import Membership
from portal.kit.roles import Role
from tests.accounts.cast import PASSWORD, member

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture
def address(live_server) -> str:
    return live_server.url.replace("127.0.0.1", "localhost")


@pytest.fixture
def said(page: Page) -> list[str]:
    """Everything the console and the policy complained about."""
    found: list[str] = []
    page.on("console", lambda message: found.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


def test_a_passkey_is_set_up_and_then_signs_in(
    page: Page, address: str, said: list[str], principal: Membership
) -> None:
    _give_authenticator(page)
    page.goto(f"{address}/accounts/login/?next=/accounts/members/")
    page.get_by_label("メールアドレス").fill(principal.user.email)
    page.get_by_label("パスワード", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="サインイン", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2段階認証の設定")

    page.get_by_role("link", name="パスキーを登録する").click()
    expect(page.get_by_label("パスワードなしでサインインする")).to_be_checked()
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url("**/2fa/recovery-codes/")
    page.goto(f"{address}/accounts/members/")
    expect(page.get_by_role("heading", level=1)).to_have_text("職員")

    page.locator("details.menu").last.locator("summary").click()
    page.get_by_role("button", name="サインアウト").click()
    page.goto(f"{address}/accounts/login/?next=/accounts/members/")
    page.get_by_role("button", name="パスキーでサインイン").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("職員")
    assert said == []


def test_typed_text_survives_an_ended_session_in_two_tabs(
    page: Page, address: str, world: SimpleNamespace, settings
) -> None:
    settings.PORTAL_RELAX_MFA = True
    head = member(world.school, Role.SCHOOL_PRINCIPAL, "kocho@school.example")
    _sign_in(page, address, head)
    page.goto(f"{address}/accounts/members/invite/")
    page.get_by_label("メールアドレス").fill("atarashii@school.example")
    page.get_by_label("起案者").check()
    page.get_by_label("職名").fill("教諭(𠮷野)")
    session = next(cookie for cookie in page.context.cookies() if cookie["name"] == settings.SESSION_COOKIE_NAME)
    page.context.clear_cookies(name=session["name"])

    page.get_by_role("button", name="招待を送る").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("サインインの時間が切れました")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="新しいタブでサインインする").click()
    _fill_sign_in(opened.value, head)
    expect(opened.value.get_by_role("heading", level=1)).to_have_text("確認できました")

    page.get_by_role("button", name="入力した内容を送る").click()
    page.get_by_role("button", name="入力した内容を送る").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("職員")
    expect(page.get_by_role("rowheader", name="atarashii@school.example")).to_be_visible()


def _sign_in(page: Page, address: str, held: Membership) -> None:
    page.goto(f"{address}/accounts/login/")
    _fill_sign_in(page, held)
    page.wait_for_url(f"{address}/**")


def _fill_sign_in(page: Page, held: Membership) -> None:
    page.get_by_label("メールアドレス").fill(held.user.email)
    page.get_by_label("パスワード", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="サインイン", exact=True).click()


def _give_authenticator(page: Page) -> None:
    """A fingerprint reader that always says yes."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
