"""Draw the glossary: what our users call a thing, its name in the code, and its English.

Here: the drawing of ``docs/glossary.md`` from the vocabularies' own source. Not here: the terms that are no member of
a vocabulary (``glossary.yaml``), writing (``documents``).
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

PACKAGES = ("portal", "trips", "insurance", "mofa_requests", "jcsos")
_BASE = "LabelledEnum"
_TERMS = Path(__file__).with_name("glossary.yaml")


@dataclass(frozen=True)
class Word:
    """One term: its Japanese, ``code`` (a member's name or ``path:Name``), its English."""

    japanese: str
    code: str
    english: str


@dataclass(frozen=True)
class Vocabulary:
    """One labelled enumeration as its source declares it; ``about`` is its docstring's first line."""

    path: str
    name: str
    about: str
    words: tuple[Word, ...]


def glossary_page(root: Path) -> str:
    """``docs/glossary.md`` of the tree at ``root``."""
    return "\n".join(_lines(root)) + "\n"


def terms() -> tuple[Word, ...]:
    """The terms that name a thing of the code other than a member of a vocabulary."""
    rows = yaml.safe_load(_TERMS.read_text(encoding="utf-8"))
    return tuple(Word(row["ja"], row["code"], row["en"]) for row in rows)


def vocabularies(root: Path) -> list[Vocabulary]:
    """Every labelled enumeration of the product, by file and place."""
    sources = sorted(path for package in PACKAGES for path in (root / package).rglob("*.py"))
    parsed = [(path.relative_to(root).as_posix(), ast.parse(path.read_text(encoding="utf-8"))) for path in sources]
    found = [(path, node) for path, tree in parsed for node in tree.body if isinstance(node, ast.ClassDef)]
    family = _family([node for _, node in found])
    drawn = [_vocabulary(path, node) for path, node in found if node.name in family]
    return [vocabulary for vocabulary in drawn if vocabulary.words]


def _family(classes: list[ast.ClassDef]) -> set[str]:
    """The names of all classes that descend from the labelled enumeration."""
    family, before = {_BASE}, 0
    while len(family) > before:
        before = len(family)
        family |= {node.name for node in classes if any(getattr(base, "id", "") in family for base in node.bases)}
    return family - {_BASE}


def _vocabulary(path: str, node: ast.ClassDef) -> Vocabulary:
    about = (ast.get_docstring(node) or "").partition("\n")[0]
    return Vocabulary(path, node.name, about, tuple(_members(node)))


def _members(node: ast.ClassDef) -> Iterator[Word]:
    for statement in node.body:
        if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Tuple):
            texts = [part.value for part in statement.value.elts if isinstance(part, ast.Constant)]
            yield Word(str(texts[1]), getattr(statement.targets[0], "id", ""), str(texts[2]))


def _lines(root: Path) -> Iterator[str]:
    yield "# 用語 / Glossary"
    yield ""
    yield "Drawn by `make docs` from the code and `portal/config/glossary.yaml`; do not edit."
    yield "Screens and paper speak the first column, the code the second; a term has one name in each."
    yield ""
    yield "## 物と人 / Things and people"
    yield ""
    yield from _table(terms())
    for vocabulary in vocabularies(root):
        yield ""
        yield f"## `{vocabulary.name}` ({vocabulary.path})"
        yield ""
        if vocabulary.about:
            yield vocabulary.about
            yield ""
        yield from _table(vocabulary.words)


def _table(words: tuple[Word, ...]) -> Iterator[str]:
    yield "| 用語 | code | English |"
    yield "|---|---|---|"
    yield from (f"| {word.japanese} | `{word.code}` | {word.english} |" for word in words)
