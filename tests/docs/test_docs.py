"""The documents stay true: generated ones are current, links lead somewhere, and the project speaks of itself alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

from portal.config.documents import outdated

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
FOREIGN = re.compile(
    r"(?<![\w.}])/(?:root|home|work)\b|(?:pypi|npmjs|debian|pythonhosted|docker|ghcr)\.(?:org|com|io)", re.IGNORECASE
)
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
PICTURE_LIMIT = 300_000


def test_generated_documents_are_current() -> None:
    assert outdated() == []


@pytest.mark.parametrize("document", PAGES, ids=lambda document: document.name)
def test_every_link_leads_to_a_file(document: Path) -> None:
    targets = [link for link in LINK.findall(document.read_text(encoding="utf-8")) if "://" not in link]
    assert [target for target in targets if not (document.parent / target).exists()] == []


@pytest.mark.parametrize("document", PAGES, ids=lambda document: document.name)
def test_no_machine_or_registry_is_named(document: Path) -> None:
    assert FOREIGN.findall(document.read_text(encoding="utf-8")) == []


def test_where_things_live_names_only_what_exists() -> None:
    text = (ROOT / "docs" / "where-things-live.md").read_text(encoding="utf-8")
    named = list(re.findall(r"`([a-z_]+(?:/[\w.*{},-]+)+|static)`", text))
    assert named
    assert [name for name in named if "{" not in name and not list(ROOT.glob(name))] == []


def test_pictures_are_small_and_shown_somewhere() -> None:
    shown = {Path(link).name for page in PAGES for link in LINK.findall(page.read_text(encoding="utf-8"))}
    pictures = sorted((ROOT / "docs" / "img").glob("*.png"))
    assert pictures
    assert [picture.name for picture in pictures if picture.stat().st_size >= PICTURE_LIMIT] == []
    assert [picture.name for picture in pictures if picture.name not in shown] == []


@pytest.mark.parametrize("place", enumerate(DECISIONS, start=1), ids=lambda place: place[1].name)
def test_decisions_are_numbered_without_gaps_and_titled(place: tuple[int, Path]) -> None:
    number, page = place
    assert page.name.startswith(f"{number:04d}-")
    assert page.read_text(encoding="utf-8").startswith(f"# {number}. ")


def test_commands_of_the_readme_exist() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z]+)", text)) <= targets
    assert set(re.findall(r"manage\.py ([a-z_]+)", text)) <= set(get_commands())
