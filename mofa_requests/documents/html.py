"""Sheets to HTML by Django's template engine, standing alone: no settings, no loaders but our own folder, autoescaped.

Not here: what the sheets hold (letter, plan, …), pages (portal.kit.pdf).
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.template import Context, Engine

from portal.kit.pdf.fonts import STACK

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
DOCUMENTS = TEMPLATES / "documents"
# A misspelt name in a template must show on paper, never vanish.
MISSPELT = "【様式の誤り %s】"


@functools.cache
def engine() -> Engine:
    """The one that draws all paper."""
    return Engine(dirs=[str(TEMPLATES)], autoescape=True, string_if_invalid=MISSPELT)


def draw(template: str, sheet: Mapping[str, Any], *, folder: str = "documents") -> str:
    """The HTML of one sheet; every value is escaped, and is a text, a dataclass of texts or a part of the dossier."""
    return engine().get_template(f"{folder}/{template}").render(Context(dict(sheet), use_l10n=False, use_tz=False))


@functools.cache
def style(*names: str) -> str:
    """Style sheets of the paper with the font stack for the root and a class for each width of a column."""
    widths = "".join(f".w{percent}{{width:{percent}%}}" for percent in range(1, 101))
    sheets = "\n".join((DOCUMENTS / name).read_text(encoding="utf-8") for name in names)
    return f"html{{font-family:{STACK}}}\n{widths}\n{sheets}"
