"""How a page is looked at: the modes readers use, and what a machine can say against it.

Here: modes, axe, sideways scroll. Not here: which pages (test_shell, flows).
"""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

MODES: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light", "viewport": {"width": 1280, "height": 900}},
    "phone": {"color_scheme": "light", "viewport": {"width": 375, "height": 700}},
    "zoom": {"color_scheme": "light", "viewport": {"width": 320, "height": 256}},
    "dark": {"color_scheme": "dark", "viewport": {"width": 1280, "height": 900}},
    "forced": {"forced_colors": "active", "viewport": {"width": 1280, "height": 900}},
}
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    # What passed is told once a rule, not with every element of the page: asked for, it is most of the time.
    "resultTypes": ["violations"],
}


def faults(page: Page) -> list[str]:
    """What axe finds on the page with its folds open, and a page wider than its window; empty when all is well."""
    page.evaluate(_UNFOLD)
    result = Axe().run(page, options=RULES).response
    assert result["passes"], "axe looked at nothing"
    found = [f"{fault['id']}: {fault['nodes'][0]['html'][:200]}" for fault in result["violations"]]
    if not page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"):
        found.append(f"wider than the window: {page.evaluate(_WIDEST)}")
    return found


_UNFOLD = "() => document.querySelectorAll('details:not([data-menu])').forEach(fold => { fold.open = true })"
_WIDEST = """() => [...document.querySelectorAll("body *")]
  .filter(e => e.getBoundingClientRect().right > window.innerWidth + 1)
  .slice(0, 3).map(e => e.outerHTML.slice(0, 120)).join(" | ")"""
