"""Cells of guardians, blood type and health, kept apart from the participant and never in a dossier.

Here: reading only. Not here: sealing them (portal.vault), showing or logging them.
"""

from __future__ import annotations

import re

from trips.roster.cells import narrow_text, plain_text, widen_half_kana
from trips.roster.limits import MAX_CELL_CHARS
from trips.roster.table import Cell
from trips.roster.values import read_name
from trips.roster.verdicts import CellRefused

_UNKNOWN = frozenset(["不明", "わからない", "分からない", "未検査", "未測定", "知らない", "?", "-", "UNKNOWN"])
_BLOOD = re.compile(r"(?P<abo>AB|A|B|O|0)型?(?:RH)?(?P<rh>[+\-])?")
_BLOOD_AFTER = re.compile(r"RH(?P<rh>[+\-])(?P<abo>AB|A|B|O|0)型?")
_RH = re.compile(r"(?:RH)?(?P<rh>[+\-])")
UNKNOWN_BLOOD = "不明"


def read_blood_type(cell: Cell) -> str:
    """``A``, ``AB Rh-``, ``O Rh+`` or 不明; "" when blank."""
    text = _blood_text(cell)
    if not text:
        return ""
    if text in _UNKNOWN:
        return UNKNOWN_BLOOD
    found = _BLOOD.fullmatch(text) or _BLOOD_AFTER.fullmatch(text)
    if not found:
        raise CellRefused(
            "血液型が読めません。",
            "「A」「B」「O」「AB」(Rhが分かれば「AB Rh-」)か「不明」と書いてください。",
            "The blood type cannot be read. Write A, B, O or AB (with Rh if known), or 不明.",
        )
    return found["abo"].replace("0", "O") + _rhesus(found["rh"])


def read_blood_rh(cell: Cell) -> str:
    """`` Rh+``, `` Rh-`` or "" when blank or unknown, to stand behind the ABO type."""
    text = _blood_text(cell)
    if not text or text in _UNKNOWN - {"-"}:
        return ""
    found = _RH.fullmatch(text)
    if not found:
        raise CellRefused(
            "血液型のRhが読めません。",
            "「+」か「-」、分からなければ空欄にしてください。",
            "The Rh factor cannot be read. Write + or -, or leave it empty.",
        )
    return _rhesus(found["rh"])


def read_guardian_name(cell: Cell) -> str:
    """The guardian's name exactly as typed, "" when blank."""
    return read_name(cell) or ""


def read_relation(cell: Cell) -> str:
    """父, 母, 祖母 … as typed."""
    return plain_text(cell)


def read_phone(cell: Cell) -> str:
    """A telephone as typed; the leading 0 that Excel drops is put back.

    Refused when it cannot be a number at all; whether it can ring is judged later (portal.kit.phones).
    """
    text = plain_text(cell, limit=60)
    if not text:
        return ""
    digits = re.sub(r"\D", "", narrow_text(cell))
    if text == digits and len(digits) in (9, 10) and not digits.startswith("0"):
        return f"0{digits}"
    if not 8 <= len(digits) <= 40:
        raise CellRefused(
            "電話番号として読めません。",
            "市外局番から書いてください(例: 090-0000-0000)。なければ空欄にしてください。",
            "This cannot be a telephone number. Write it with its area code, or leave it empty.",
        )
    return text


def read_health(cell: Cell) -> str:
    """A health note as typed, half-width kana made full-width."""
    return widen_half_kana(plain_text(cell, limit=MAX_CELL_CHARS))


def _blood_text(cell: Cell) -> str:
    text = narrow_text(cell).upper()
    for written, mark in (("プラス", "+"), ("マイナス", "-"), ("陽性", "+"), ("陰性", "-")):
        text = text.replace(written, mark)
    return re.sub("[()]", "", re.sub("[−‐–—ー]", "-", text))


def _rhesus(mark: str | None) -> str:
    if not mark:
        return ""
    return " Rh-" if mark == "-" else " Rh+"
