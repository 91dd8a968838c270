"""The glossary holds every word of every vocabulary that the running product has, and names only code that exists."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator

import pytest

from portal.config.glossary_page import Word, glossary_page, terms, vocabularies
from portal.config.supervisor.places import ROOT
from portal.kit.choices import LabelledEnum

DRAWN = vocabularies(ROOT)


def descendants(kind: type) -> Iterator[type]:
    for child in kind.__subclasses__():
        yield child
        yield from descendants(child)


@pytest.mark.parametrize("drawn", DRAWN, ids=lambda drawn: drawn.name)
def test_a_vocabulary_is_drawn_as_it_runs(drawn) -> None:
    module = importlib.import_module(drawn.path.removesuffix(".py").removesuffix("/__init__").replace("/", "."))
    vocabulary = getattr(module, drawn.name)
    running = [Word(member.label, member.name, member.english) for member in vocabulary]
    assert list(drawn.words) == running


def test_no_running_vocabulary_is_left_out() -> None:
    here = {drawn.name for drawn in DRAWN}
    product = {kind for kind in descendants(LabelledEnum) if not kind.__module__.startswith("tests.")}
    assert {kind.__name__ for kind in product if len(kind)} <= here


def test_every_label_stands_on_the_page() -> None:
    page = glossary_page(ROOT)
    lines = {f"| {word.japanese} | `{word.code}` | {word.english} |" for drawn in DRAWN for word in drawn.words}
    assert [line for line in lines if line not in page] == []


@pytest.mark.parametrize("term", terms(), ids=lambda term: term.japanese)
def test_a_term_names_code_that_exists(term: Word) -> None:
    path, _, name = term.code.partition(":")
    source = (ROOT / path).read_text(encoding="utf-8")
    assert not name or re.search(rf"^(class|def) {name}\b", source, re.MULTILINE)


def test_a_term_has_one_name() -> None:
    names = [term.japanese for term in terms()]
    assert len(names) == len(set(names))
