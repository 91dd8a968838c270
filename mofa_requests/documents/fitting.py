"""Whole names in places of fixed room: a smaller size or another line, before a letter is given up, never in silence.

Not here: the places themselves (duty, running), their styles (templates/documents/duty.css).
"""

from __future__ import annotations

import dataclasses

from mofa_requests.documents.values import Shown, columns
from portal.kit.text import is_variation_selector

_OPENING, _PAUSES = "(（「『【[〔", " 　・、"


@dataclasses.dataclass(frozen=True)
class Room:
    """What a place holds in one size: half-width columns of a line, lines, and the CSS class of that size."""

    most: int
    lines: int = 1
    look: str = ""


def fitted(shown: Shown, *rooms: Room, elsewhere: str) -> Shown:
    """``shown`` in the first room that holds it whole; past the last one it says that ``elsewhere`` has the rest."""
    for room in rooms:
        if (lines := _lines(shown.text, room)) is not None:
            return _laid(shown, lines, room)
    last = rooms[-1]
    *before, tail = fold(shown.text, most=last.most)[: last.lines]
    pointer = f"…(続きは「{elsewhere}」)"
    return _laid(shown, [*before, cut(tail, most=last.most - columns(pointer)) + pointer], last)


def _laid(shown: Shown, lines: list[str], room: Room) -> Shown:
    return Shown("\n".join(lines), " ".join(filter(None, (shown.look, room.look))))


def _lines(text: str, room: Room) -> list[str] | None:
    """``text`` in the lines of ``room``, parted where a reader would if that is enough; None when it is too long."""
    parted = wrap(text, most=room.most)
    lines = parted if len(parted) <= room.lines else fold(text, most=room.most)
    return lines if len(lines) <= room.lines else None


def wrap(text: str, *, most: int) -> list[str]:
    """Lines of at most ``most`` columns, parted before a bracket or behind a blank or a dot where there is one."""
    lines = []
    while columns(text) > most:
        end = len(fold(text, most=most)[0])
        places = (at for at in range(end, 0, -1) if text[at] in _OPENING or text[at - 1] in _PAUSES)
        at = next(places, end)
        lines.append(text[:at])
        text = text[at:]
    return [*lines, text]


def fold(text: str, *, most: int) -> list[str]:
    """``text`` in lines of at most ``most`` half-width columns; nothing is dropped."""
    lines = [""]
    for char in text:
        if columns(lines[-1] + char) > most:
            lines.append("")
        lines[-1] += char
    return lines


def cut(text: str, *, most: int) -> str:
    """The beginning of ``text`` in ``most`` half-width columns, never between a character and its selector."""
    end = len(text)
    while end and (columns(text[:end]) > most or (end < len(text) and is_variation_selector(text[end]))):
        end -= 1
    return text[:end]


def shorten(text: str, *, most: int) -> str:
    """At most ``most`` half-width columns with … for the rest."""
    return text if columns(text) <= most else cut(text, most=most - 2) + "…"
