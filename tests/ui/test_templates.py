"""House rules of every template: short, no inline style or script, nothing from elsewhere, no htmx that evaluates."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template.loader import get_template

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
# Paper: made into PDF without a browser, so its style sheets stand inside the page.
SCREENS = [path for path in TEMPLATES if path.relative_to(ROOT / "templates").parts[0] != "documents"]
FORBIDDEN = {
    "an inline style": r"<style|\sstyle\s*=",
    # A block of JSON is data and is never run.
    "an inline script": r"<script(?![^>]*\ssrc=)(?![^>]*type=\"application/json\")",
    "an inline handler": r"\son[a-z]+\s*=",
    "htmx that evaluates": r"hx-on|hx-vals\s*=\s*['\"]js:|hx-trigger\s*=\s*['\"][^'\"]*\[",
    "something from elsewhere": r"(?:src|href)\s*=\s*['\"](?:https?:)?//",
    "unescaped output": r"\|\s*safe\b|autoescape\s+off",
}


@pytest.mark.parametrize("path", SCREENS, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_no_template_breaks_the_content_policy(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    broken = [what for what, pattern in FORBIDDEN.items() if re.search(pattern, source, re.IGNORECASE)]
    assert broken == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_pages_and_fragments_stay_short_and_load(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    fragment = path.name.startswith("_") or path.parent.name == "components"
    assert lines <= (40 if fragment else 120)
    assert get_template(str(path.relative_to(ROOT / "templates")))


def test_scripts_keep_nothing_in_the_browser() -> None:
    for path in (ROOT / "static" / "js").glob("*.js"):
        source = path.read_text(encoding="utf-8")
        assert not re.search(r"localStorage|sessionStorage|indexedDB|\beval\(|innerHTML|new Function", source), (
            path.name
        )
        assert len(source.splitlines()) <= 150, path.name


def test_every_named_icon_is_in_the_sprite() -> None:
    sprite = (ROOT / "static" / "img" / "icons.svg").read_text(encoding="utf-8")
    symbols = set(re.findall(r'<symbol id="([a-z]+)"', sprite))
    used = {name for path in SCREENS for name in re.findall(r"{% icon ['\"]([a-z]+)['\"]", path.read_text("utf-8"))}
    assert used <= symbols
