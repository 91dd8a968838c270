"""Text that people type: which characters are refused, how a search copy is folded. Names are never normalised."""

from __future__ import annotations

import unicodedata

_ALLOWED_CONTROLS = {"\n", "\t"}
# Joiners and variation selectors that real names and emoji need, among the format characters (category Cf).
_ALLOWED_FORMATS = {"\u200c", "\u200d"}
MAX_MARKS_IN_A_ROW = 8


def refuse_control_characters(value: str) -> str:
    """Return ``value`` unchanged, or raise ``ValueError`` naming the first character that paper cannot carry.

    Refused: control and most format characters (bidi overrides, zero-width space), unpaired surrogates,
    non-characters, and more than eight combining marks in a row, which can hang a PDF renderer.
    """
    marks = 0
    for position, char in enumerate(value, start=1):
        category = unicodedata.category(char)
        marks = marks + 1 if category in ("Mn", "Me") and not is_variation_selector(char) else 0
        if marks > MAX_MARKS_IN_A_ROW:
            raise ValueError(f"{position}文字目: 重ね文字(結合文字)が多すぎます")
        if _is_refused(char, category):
            raise ValueError(f"{position}文字目: 使えない文字(U+{ord(char):04X})が入っています。消してから入力し直してください")
    return value


def is_variation_selector(char: str) -> bool:
    """Whether ``char`` is VS1–16 or VS17–256, as in 葛󠄀."""
    return "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"


def _is_refused(char: str, category: str) -> bool:
    if category == "Cc":
        return char not in _ALLOWED_CONTROLS
    if category == "Cf":
        return char not in _ALLOWED_FORMATS
    return category == "Cs" or (ord(char) & 0xFFFE) == 0xFFFE
