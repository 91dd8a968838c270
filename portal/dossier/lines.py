"""In which line of a JSON text each value stands, and where it holds what no dossier can: names twice, NaN.

Read only when something is wrong, so the usual way stays fast. Not here: judging the values (files).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum

from portal.dossier.pointers import join_pointer

# An unfinished string runs to the end of the text: every pattern moves forward, so the scan is linear.
_STRING = r'"(?:[^"\\]++|\\.)*+\\?(?:"|\Z)'
_TOKEN = re.compile(rf'({_STRING})|([{{}}\[\],:])|\n|[^\s{{}}\[\],:"]++', re.DOTALL)
_BRACKET = re.compile(rf"{_STRING}|([{{\[])|([}}\]])", re.DOTALL)


_HALF_CHARACTER = re.compile("[\ud800-\udfff]")
MAX_DIGITS = 30
_NO_NUMBERS = ("NaN", "Infinity", "-Infinity")


class Oddity(Enum):
    """What the text of one value may not be."""

    NAME_TWICE = "name twice"
    NUMBER = "number"
    HALF_CHARACTER = "half a surrogate pair"


@dataclass
class _Level:
    """One open object or list while scanning."""

    is_object: bool
    step: str | int = 0
    awaits_name: bool = True
    seen: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Places:
    """Lines (from 1) by JSON pointer in order of the text, and what is odd where."""

    lines: dict[str, int]
    oddities: dict[str, Oddity]

    def line_of(self, pointer: str) -> int | None:
        """The line of the value, or of the nearest value around it when the place itself is missing."""
        return self.lines.get(self._known(pointer))

    def in_order(self, pointers: Iterable[str]) -> list[str]:
        """The pointers as a reader meets them in the text."""
        rank = {pointer: place for place, pointer in enumerate(self.lines)}
        return sorted(pointers, key=lambda pointer: rank.get(self._known(pointer), -1))

    def _known(self, pointer: str) -> str:
        while pointer not in self.lines and pointer:
            pointer = pointer.rpartition("/")[0]
        return pointer


def is_deeper_than(text: str, limit: int) -> bool:
    """Whether brackets are nested more than ``limit`` deep, found without recursion; strings do not count."""
    depth = 0
    for match in _BRACKET.finditer(text):
        depth += (match[1] is not None) - (match[2] is not None)
        if depth > limit:
            return True
    return False


def is_odd_number(text: str) -> bool:
    """Whether a bare word is NaN, an infinity, or a number longer than any this product counts."""
    return text in _NO_NUMBERS or (text[0] != '"' and len(text) > MAX_DIGITS)


def find_places(text: str) -> Places:
    """Scan a syntactically right JSON text once."""
    scan = _Scan()
    for match in _TOKEN.finditer(text):
        if match[0] == "\n":
            scan.line += 1
        elif match[2]:
            scan.punctuation(match[2])
        else:
            scan.word(match[0])
    return Places(scan.lines, scan.oddities)


class _Scan:
    """The state of one scan: where we are and what was seen."""

    def __init__(self) -> None:
        self.line = 1
        self.levels: list[_Level] = []
        self.lines: dict[str, int] = {}
        self.oddities: dict[str, Oddity] = {}

    def pointer(self) -> str:
        return join_pointer(tuple(level.step for level in self.levels))

    def punctuation(self, mark: str) -> None:
        if mark in "{[":
            self.note_value()
            self.levels.append(_Level(is_object=mark == "{"))
        elif mark in "}]":
            self.levels.pop()
        elif mark == ",":
            self.next_entry()

    def next_entry(self) -> None:
        level = self.levels[-1]
        level.awaits_name = True
        if isinstance(level.step, int):
            level.step += 1

    def word(self, text: str) -> None:
        level = self.levels[-1] if self.levels else None
        if level is not None and level.is_object and level.awaits_name:
            self.note_name(level, text)
        else:
            self.note_value()
            self.note_oddity(text)

    def note_name(self, level: _Level, text: str) -> None:
        name = _HALF_CHARACTER.sub("\ufffd", json.loads(text))
        level.step, level.awaits_name = name, False
        if name in level.seen:
            self.oddities[self.pointer()] = Oddity.NAME_TWICE
        level.seen.add(name)
        self.lines.setdefault(self.pointer(), self.line)
        self.note_oddity(text)

    def note_value(self) -> None:
        self.lines.setdefault(self.pointer(), self.line)

    def note_oddity(self, text: str) -> None:
        if is_odd_number(text):
            self.oddities.setdefault(self.pointer(), Oddity.NUMBER)
        elif "\\u" in text and _HALF_CHARACTER.search(json.loads(text)):
            self.oddities.setdefault(self.pointer(), Oddity.HALF_CHARACTER)
