"""Finds every sentence to be translated in templates and Python, without gettext's own programs.

Not here: the translations (en/sources), making the binary catalogue (compile).
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[3]
PYTHON_FOLDERS = ("portal", "trips", "insurance", "mofa_requests", "jcsos")
# Legal paper and mail are Japanese by nature; their words are not translated.
JAPANESE_ONLY = frozenset({"documents", "email"})
_TEXT = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
_TEMPLATE_CALL = re.compile(rf"\b(_|n?p?gettext)\(({_TEXT}(?:,\s*{_TEXT})*)")
_CALLS = re.compile(r"_|n?p?gettext(?:_lazy|_noop)?")


@dataclass(frozen=True)
class Sentence:
    """One sentence to translate: its text, plural and context, and the file and line where it stands."""

    msgid: str
    plural: str
    context: str
    place: str


def sentences() -> list[Sentence]:
    """All sentences of the product, each occurrence, in order of files."""
    return [*_in_templates(), *_in_python()]


def _in_templates() -> Iterator[Sentence]:
    top = ROOT / "templates"
    for path in sorted(top.rglob("*.html")):
        if path.relative_to(top).parts[0] not in JAPANESE_ONLY:
            yield from template_sentences(path.read_text(encoding="utf-8"), str(path.relative_to(ROOT)))


def template_sentences(source: str, name: str) -> Iterator[Sentence]:
    """The sentences of one template; ``name`` goes into their places."""
    code = templatize(source)
    for call in _TEMPLATE_CALL.finditer(code):
        texts = list(ast.literal_eval(f"[{call[2]}]"))
        yield _sentence(call[1], texts, f"{name}:{code.count(chr(10), 0, call.start()) + 1}")


def _in_python() -> Iterator[Sentence]:
    for folder in PYTHON_FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            source = path.read_text(encoding="utf-8")
            if "gettext" in source:
                yield from python_sentences(source, str(path.relative_to(ROOT)))


def python_sentences(source: str, name: str) -> Iterator[Sentence]:
    """The sentences of one Python file: calls of gettext and its kin whose arguments are literal texts."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and _CALLS.fullmatch(_called(node)):
            texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
            if texts:
                yield _sentence(_called(node), texts, f"{name}:{node.lineno}")


def _called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def _sentence(call: str, texts: list[str], place: str) -> Sentence:
    context = texts.pop(0) if "pgettext" in call else ""
    plural = texts[1] if "n" in call.split("gettext")[0] and len(texts) > 1 else ""
    return Sentence(texts[0], plural, context, place)
