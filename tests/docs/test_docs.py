"""The documents stay true: generated ones are current, links lead somewhere, and the project speaks of itself alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from portal.config.documents import outdated

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
FOREIGN = re.compile(r"/root/|/home/|https?://[a-z0-9.-]*(?:pypi|npmjs|debian)[a-z0-9.-]*")


def test_generated_documents_are_current() -> None:
    assert outdated() == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_to_a_file(page: Path) -> None:
    targets = [link for link in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in link]
    assert [target for target in targets if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_machine_or_registry_is_named(page: Path) -> None:
    assert FOREIGN.findall(page.read_text(encoding="utf-8")) == []


def test_where_things_live_names_only_what_exists() -> None:
    text = (ROOT / "docs" / "where-things-live.md").read_text(encoding="utf-8")
    named = list(re.findall(r"`([a-z_]+(?:/[\w.*{},-]+)+|static)`", text))
    assert named
    assert [name for name in named if "{" not in name and not list(ROOT.glob(name))] == []
