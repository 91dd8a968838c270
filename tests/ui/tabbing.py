"""About a page by keyboard alone, as somebody without a mouse goes. Not here: what is done there (the stories)."""

from __future__ import annotations

import re

from playwright.sync_api import Page

MOST_TABS = 400
MOST_CHOICES = 30
FOCUSED = """() => {
  const here = document.activeElement;
  const named = here.getAttribute('aria-label') || here.innerText || '';
  const labels = [...(here.labels ?? [])].map((label) => label.innerText).join(' ');
  return [here.tagName.toLowerCase(), `${labels} ${named}`.replace(/\\s+/g, ' ').trim(), here.name ?? ''];
}"""


def reach(page: Page, tag: str, words: str, *, name: str = "") -> None:
    """Press Tab until the focus stands on an element of this kind that says ``words`` (or posts ``name``)."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        kind, said, posts = page.evaluate(FOCUSED)
        if kind == tag and re.search(words, said) and posts.endswith(name):
            return
    raise AssertionError(f"no {tag} {words} within {MOST_TABS} presses of Tab")


def enter(page: Page, tag: str, words: str) -> None:
    """Go there by Tab and press Enter."""
    reach(page, tag, words)
    page.keyboard.press("Enter")


def follow(page: Page, tag: str, words: str) -> None:
    """Go there by Tab, press Enter, and wait for the page it leads to."""
    reach(page, tag, words)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def choose(page: Page, words: str, *, name: str) -> None:
    """Tab to the radio buttons that post ``name`` and go by arrow keys to the one that says ``words``."""
    reach(page, "input", "", name=name)
    for _ in range(MOST_CHOICES):
        if re.search(words, page.evaluate(FOCUSED)[1]):
            page.keyboard.press("Space")
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"no choice {words} among those of {name}")


def overwrite(page: Page, words: str) -> None:
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(words)
