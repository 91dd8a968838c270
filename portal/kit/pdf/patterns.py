"""The pattern of a sheet, its elements and classes without a word of its text: what the warm renderer may learn from.

Not here: when it learns (warm, zygote), marks inside a text (marks). Text is escaped when it gets here, as in every
sheet of ours, and nothing is kept but names of elements and the few attributes below, so no person's data passes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)((?:\s+[a-z-]+(?:="[^"]*")?)*)\s*/?>', re.ASCII | re.IGNORECASE)
_KEPT = re.compile(r'\s(?:class|colspan|rowspan|lang)="[\w -]*"', re.ASCII)
_DRAWINGS = {"svg", "path"}  # nothing without their numbers
_NEVER_CLOSED = {"br", "col", "hr", "img", "wbr"}
_WORD = "見本 0"


def pattern_of(body: str) -> str:
    """The HTML of ``body`` with one and the same word for every text."""
    return "".join(_written(body))


def _written(body: str) -> Iterator[str]:
    end = 0
    for tag in _TAG.finditer(body):
        if body[end : tag.start()].strip():
            yield _WORD
        end = tag.end()
        close, name, attributes = tag.groups()
        if name not in _DRAWINGS:
            yield f"<{close}{name}{''.join(_KEPT.findall(attributes))}>"


def paths_of(pattern: str) -> set[str]:
    """Every element with those around it, from the outermost inwards: two that have the same path mostly look alike."""
    paths, around = set(), [""]
    for tag in _TAG.finditer(pattern):
        close, name, _ = tag.groups()
        if close:
            del around[-1 if len(around) > 1 else 1 :]
            continue
        path = around[-1] + tag.group()
        paths.add(path)
        if name not in _NEVER_CLOSED:
            around.append(path)
    return paths
