"""The people of the story at their own computers, and the album of their screens.

Here: signing in, keeping a picture. Not here: what each of them does (school, desk).
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from portal.demo.accounts import demo_accounts

WIDTH, HEIGHT = 1280, 860
ALBUM = "PORTAL_ALBUM"
"""Environment variable: the folder into which the key pages are photographed; without it, nothing is kept."""


@dataclass(frozen=True)
class Person:
    """Somebody signed in, in a browser of their own."""

    email: str
    page: Page
    url: str

    def go(self, path: str) -> None:
        """Open a page by its path, as a bookmark would."""
        self.page.goto(f"{self.url}{path}")

    def look_at(self, path: str, *, viewport: ViewportSize, **media: Any) -> None:
        """Open a page as this reader's screen and colours show it."""
        self.page.set_viewport_size(viewport)
        self.page.emulate_media(**{"color_scheme": "light", "forced_colors": "none", **media})
        self.go(path)

    def heading(self, text: str) -> None:
        """Be on the page of this title."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(text)

    def told(self, words: str) -> None:
        """Be told this after an act, on the page that follows it."""
        expect(self.page.get_by_text(words).first).to_be_visible()

    def photograph(self, name: str) -> None:
        """Keep the page as it stands in the window."""
        if folder := os.environ.get(ALBUM):
            self.page.evaluate("window.scrollTo(0, 0)")
            self.page.screenshot(path=Path(folder) / f"{name}.png", animations="disabled")


def sign_in(browser: Browser, url: str, email: str) -> Person:
    """A demo person in a fresh browser, past the sign-in page."""
    context = _reader_in_tokyo(browser)
    page = context.new_page()
    page.goto(f"{url}/accounts/login/")
    page.get_by_label("メールアドレス").fill(email)
    page.get_by_label("パスワード", exact=True).fill(_password(email))
    page.get_by_role("button", name="サインイン", exact=True).click()
    page.wait_for_url(lambda address: "/accounts/login" not in address)
    return Person(email, page, url)


def _reader_in_tokyo(browser: Browser) -> BrowserContext:
    return browser.new_context(
        locale="ja-JP", timezone_id="Asia/Tokyo", viewport={"width": WIDTH, "height": HEIGHT}, accept_downloads=True
    )


def _password(email: str) -> str:
    return next(account.password for account in demo_accounts() if account.email == email)
