"""The faces our paper is set in: the stack, where the files lie, which face owns a variation sequence.

Not here: laying out pages (child), starting the renderer (press). Choice and measurements: docs/packet.md.
"""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Iterable
from pathlib import Path

from fontTools.ttLib import TTFont

CONFIG = Path(__file__).with_name("fonts.conf")
DEBIAN_PACKAGES = (
    "libpango-1.0-0",
    "libpangoft2-1.0-0",
    "libharfbuzz-subset0",
    "fonts-morisawa-bizud-gothic",
    "fonts-noto-cjk",
    "fonts-noto-core",
    "fonts-ipamj-mincho",
)
REQUIRED_FILES = (
    "BIZUDGothic-Regular.ttf",
    "BIZUDGothic-Bold.ttf",
    "NotoSansCJK-Regular.ttc",
    "NotoSans-Regular.ttf",
    "ipamjm.ttf",
)
STACK = (
    "'BIZ UDGothic', 'Noto Sans CJK JP', 'Noto Sans', 'Noto Sans Arabic', 'Noto Sans Thai', "
    "'Noto Sans Devanagari', 'Noto Sans Symbols', 'Noto Sans Symbols2', 'Noto Sans Math', 'IPAmjMincho'"
)
# Class of the wrapping span -> (file, index of the face in it), in order of preference.
SEQUENCE_FACES = {
    "vs-biz": ("BIZUDGothic-Regular.ttf", 0),
    "vs-noto": ("NotoSansCJK-Regular.ttc", 0),
    "vs-mj": ("ipamjm.ttf", 0),
}
SEQUENCE_CSS = (
    ".vs-biz{font-family:'BIZ UDGothic'}.vs-noto{font-family:'Noto Sans CJK JP'}.vs-mj{font-family:'IPAmjMincho'}"
)
_SEQUENCE = re.compile("(.)([\ufe00-\ufe0f\U000e0100-\U000e01ef])")


def font_folders() -> tuple[Path, ...]:
    """The folders that ``fonts.conf`` names, in its order."""
    data_home = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local/share")
    return Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path(data_home) / "fonts"


@functools.cache
def font_file(name: str) -> Path | None:
    """Where the font file ``name`` lies, or None when it is not installed."""
    found = (path for folder in font_folders() if folder.is_dir() for path in sorted(folder.rglob(name)))
    return next(found, None)


def missing_files(names: Iterable[str] = REQUIRED_FILES) -> tuple[str, ...]:
    """Those of ``names`` that this host lacks."""
    return tuple(name for name in names if font_file(name) is None)


def mend() -> str:
    """The one line an operator types on Debian to get every system part of the renderer."""
    return "apt-get install --no-install-recommends " + " ".join(DEBIAN_PACKAGES)


@functools.cache
def _sequences(name: str, face: int) -> frozenset[tuple[int, int]]:
    """(base, selector) pairs that the face draws as a shape of its own (cmap format 14)."""
    path = font_file(name)
    if path is None:
        return frozenset()
    with TTFont(path, fontNumber=face, lazy=True) as font:
        tables = [table for table in font["cmap"].tables if table.format == 14]
        return frozenset((base, vs) for table in tables for vs, bases in table.uvsDict.items() for base, _ in bases)


def face_of_sequence(base: str, selector: str) -> str | None:
    """The class of the first face that has ``base`` + ``selector``; a face without it draws the base in silence."""
    pair = (ord(base), ord(selector))
    return next((cls for cls, (name, face) in SEQUENCE_FACES.items() if pair in _sequences(name, face)), None)


def wrap_sequences(markup: str) -> str:
    """Escaped HTML with every variation sequence set in a face that has it, e.g. 葛󠄁 in Noto Sans CJK JP."""

    def wrap(match: re.Match[str]) -> str:
        cls = face_of_sequence(match[1], match[2])
        return f'<span class="{cls}">{match[0]}</span>' if cls else match[0]

    return _SEQUENCE.sub(wrap, markup)
