"""The rulebook keeps itself true: whole declarations, verbatim quotes, every duty cited, documents up to date."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from pathlib import Path

import pytest

from mofa_requests.rules import BOOK
from portal.dossier.pointers import properties
from portal.dossier.types import Dossier, Part
from portal.lawbook.catalogue import catalogue, complaints
from portal.lawbook.citation import passages
from portal.lawbook.explain import rules_markdown
from trips.enums import Section

ROOT = Path(__file__).parents[2]
CHAPTERS = {
    "A3": "mofa_requests/rules/annex3_must_report/",
    "A1": "mofa_requests/rules/annex1_contacts/",
    "A2": "insurance/rules/",
    "CO": "trips/rules/",
    "BD": "mofa_requests/rules/body_duties.py",
    "LT": "mofa_requests/rules/lead_time.py",
    "JC": "mofa_requests/rules/orientation.py",
    "PD": "mofa_requests/rules/present_day.py",
    "LR": "mofa_requests/rules/local_rules.py",
}
SECTIONS = {section.value for section in Section} | {"submit", "request"}


def test_every_declaration_is_whole():
    assert complaints(BOOK) == []


@pytest.mark.parametrize("row", catalogue(BOOK), ids=lambda row: row["code"])
def test_every_quoted_line_stands_in_its_source(row):
    assert (ROOT / "docs" / "sources" / row["source"]).exists()
    for passage in row["passages"]:
        if passage["quote"] is not None:
            assert passage["quote"] in (ROOT / "docs" / "sources" / passage["source"]).read_text(encoding="utf-8")


@pytest.mark.parametrize("rule", BOOK.rules, ids=lambda rule: rule.code)
def test_a_code_leads_to_its_chapters_file(rule):
    assert Path(rule.file).relative_to(ROOT).as_posix().startswith(CHAPTERS[rule.code[:2]])


@pytest.mark.parametrize("rule", BOOK.rules, ids=lambda rule: rule.code)
def test_a_remedy_leads_to_a_section_of_the_workspace(rule):
    assert rule.remedy.split("#")[0] in SECTIONS


@pytest.mark.parametrize("rule", BOOK.rules, ids=lambda rule: rule.code)
def test_titles_are_sentences_in_two_languages(rule):
    assert not rule.title.isascii()
    assert rule.english.isascii() or "“" in rule.english or "’" in rule.english
    assert rule.hint[0] or rule.judge is not None


def test_every_passage_of_the_annexes_and_bodies_is_cited_by_some_rule():
    cited = {label for rule in BOOK.rules for label in rule.citation}
    only_told = {
        "別添一 一",
        "別添三 なお書",
        "領保第六一五七号 記一(一)",
        "領保第六一五七号 記一(二)",
        "文初高第七五号 記二",
    }
    assert set(passages()) - cited == only_told


def parts_of(part: type[Part], seen: set[type[Part]]) -> set[type[Part]]:
    seen.add(part)
    for prop in properties(part).values():
        if prop.part is not None and prop.part not in seen:
            parts_of(prop.part, seen)
    return seen


def test_every_citation_of_the_dossiers_schema_is_cited_by_a_rule():
    cited = {label for rule in BOOK.rules for label in rule.citation}
    in_schema = {
        label for part in parts_of(Dossier, set()) for prop in properties(part).values() for label in prop.citations
    }
    assert in_schema <= cited


def test_only_the_duty_to_insure_blocks_in_the_insurance_chapter():
    blocking = {rule.code for rule in BOOK.rules if rule.code.startswith("A2") and "block" in rule.severities.values()}
    assert blocking == {"A201", "A213"}


def test_thresholds_are_never_shown_as_law():
    proposals = {"A202", "A203", "A204", "A205", "A206", "A211", "CO22", "CO27", "CO82", "LT02", "LT03"}
    assert proposals <= {rule.code for rule in BOOK.rules if not rule.verified}


def test_present_day_duties_are_advice_under_the_old_notices():
    for rule in BOOK.rules:
        if rule.code.startswith("PD"):
            assert rule.severities.get("2003", "advice") == "advice"


def test_an_authoritys_rules_stop_nobody():
    assert {rule.severities["2003"].value for rule in BOOK.rules if rule.code.startswith("LR")} == {"warn"}


def test_every_module_of_a_chapter_is_bound_into_the_book():
    """A forgotten import would silently drop its rules."""
    files = {Path(rule.file) for rule in BOOK.rules}
    for name in ("mofa_requests.rules", "insurance.rules", "trips.rules"):
        package = importlib.import_module(name)
        for found in pkgutil.walk_packages(package.__path__, f"{name}."):
            module = importlib.import_module(found.name)
            source = inspect.getsource(module)
            if "BOOK.rule(" in source or "BOOK.require(" in source:
                assert Path(inspect.getfile(module)) in files


def test_the_generated_list_of_rules_is_up_to_date():
    assert (ROOT / "docs" / "rules.md").read_text(encoding="utf-8") == rules_markdown(BOOK, root=ROOT)
