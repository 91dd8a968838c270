"""Text that people type: which characters are refused, what counts as blank. Names are never normalised here.

Not here: folding for search and sorting (names), telephone numbers (phones), dates (era).
"""

from __future__ import annotations

import re
import unicodedata

_ALLOWED_CONTROLS = {"\n", "\t"}
# Joiners that real names and emoji need, among the format characters (category Cf).
_ALLOWED_FORMATS = {"\u200c", "\u200d"}
# Letters and symbols that print as nothing: Hangul fillers and the empty Braille pattern.
_LOOKS_BLANK = {"\u115f", "\u1160", "\u3164", "\uffa0", "\u2800"}
MAX_MARKS_IN_A_ROW = 8
# Letters, kana, ideographs and forms of other width: none is a control, a format character or a mark, so that a text
# of these alone needs no look at each. Left out on purpose: U+302A-302F and U+3099-309A, which are marks.
_SEEN = "!-~、-〩ぁ-ゖァ-ヿ一-鿿\uf900-\ufaff！-～｡-ﾟ"
_ORDINARY = re.compile(f"[ \u3000{_SEEN}]*")
_PLAIN_LINE = re.compile(f"[ \u3000]*[{_SEEN}][ \u3000{_SEEN}]*")


class Refused(ValueError):
    """A typed value that cannot be taken; says in Japanese and in ``english`` what is wrong and how to mend it."""

    def __init__(self, message: str, english: str) -> None:
        super().__init__(message)
        self.english = english


def refuse_control_characters(value: str) -> str:
    """Return ``value`` unchanged, or raise :class:`Refused` naming the first character that paper cannot carry.

    Refused: control and most format characters (bidi overrides, zero-width space), Unicode line separators,
    unpaired surrogates, non-characters, and more than eight combining marks in a row, which can hang a renderer.
    """
    if _ORDINARY.fullmatch(value):
        return value
    marks = 0
    for position, char in enumerate(value, start=1):
        category = unicodedata.category(char)
        marks = marks + 1 if category in ("Mn", "Me") and not is_variation_selector(char) else 0
        if marks > MAX_MARKS_IN_A_ROW:
            raise Refused(
                f"{position}文字目: 重ね文字(結合文字)が多すぎます。減らしてください",
                f"Character {position}: too many combining marks; use fewer",
            )
        if _is_refused(char, category):
            raise Refused(
                f"{position}文字目: 使えない文字(U+{ord(char):04X})が入っています。消してから入力し直してください",
                f"Character {position}: U+{ord(char):04X} cannot be used; delete it and type again",
            )
    return value


def is_plain_line(value: str) -> bool:
    """Whether one look is enough: something visible on one line, of letters, kana and ideographs alone."""
    return _PLAIN_LINE.fullmatch(value) is not None


def refuse_line_breaks(value: str) -> str:
    """Return ``value`` unchanged, or raise :class:`Refused` when a one-line entry holds a line break or a tab."""
    if "\n" not in value and "\t" not in value:
        return value
    for position, char in enumerate(value, start=1):
        if char in _ALLOWED_CONTROLS:
            raise Refused(
                f"{position}文字目: この欄では改行とタブは使えません。1行で書いてください",
                f"Character {position}: no line breaks or tabs here; write it on one line",
            )
    return value


def refuse_blank(value: str) -> str:
    """Return ``value`` unchanged, or raise :class:`Refused` when nothing in it would be visible on paper."""
    if is_blank(value):
        raise Refused(
            "空白だけです。書く内容がなければ空欄(null)にしてください",
            "Nothing but blanks; leave it empty (null) when there is nothing to write",
        )
    return value


def is_blank(value: str) -> bool:
    """Whether ``value`` shows nothing: empty, spaces of any width, fillers, lone joiners or variation selectors."""
    return all(char.isspace() or char in _LOOKS_BLANK or _is_invisible(char) for char in value)


def is_variation_selector(char: str) -> bool:
    """Whether ``char`` is VS1–16 or VS17–256, as in 葛󠄀."""
    return "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"


def _is_invisible(char: str) -> bool:
    return char in _ALLOWED_FORMATS or is_variation_selector(char)


def _is_refused(char: str, category: str) -> bool:
    if category == "Cc":
        return char not in _ALLOWED_CONTROLS
    if category == "Cf":
        return char not in _ALLOWED_FORMATS
    return category in ("Cs", "Zl", "Zp") or _is_non_character(char)


def _is_non_character(char: str) -> bool:
    code = ord(char)
    return (code & 0xFFFE) == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
