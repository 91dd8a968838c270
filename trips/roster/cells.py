"""What every cell reader shares: blanks, errors of the spreadsheet, width, line breaks, plain text.

Not here: what a certain column means (values, dates, sealed).
"""

from __future__ import annotations

import re
import unicodedata

from portal.kit.text import Refused, is_blank, is_plain_line, refuse_control_characters
from trips.roster.table import Cell, CellKind
from trips.roster.verdicts import CellRefused

FORMULA_STARTS = "=+-@\t\r＝＋－＠"
_HALF_KANA = re.compile(r"[\uff61-\uff9f]+")
_NARROW = re.compile(r"[\uff01-\uff5e]+")
_BREAKS = re.compile(r"[ \u3000]*[\r\n\x0b\x0c\x1d\t]+[ \u3000]*")
_SHORT = 80


def plain_text(cell: Cell, *, limit: int = _SHORT) -> str:
    """The cell as one line without outer blanks, "" when it shows nothing; otherwise exactly as typed.

    Raises :class:`CellRefused` for spreadsheet errors, formulas without a value, characters paper cannot carry,
    and text over ``limit``.
    """
    if cell.kind in (CellKind.ERROR, CellKind.UNCALCULATED):
        _refuse_spreadsheet_faults(cell)
    text = without_guard(cell.text).strip()
    if len(text) > limit or not is_plain_line(text):
        text = _BREAKS.sub(" ", text).strip()
        if is_blank(text):
            return ""
        _refuse_unprintable(text)
    if len(text) > limit:
        raise CellRefused(
            f"長すぎます({len(text)}文字)。",
            f"{limit}文字までにしてください。",
            f"Too long ({len(text)} characters); use at most {limit}.",
        )
    return text


def narrow_text(cell: Cell, *, limit: int = _SHORT) -> str:
    """Like :func:`plain_text`, for codes and choices: full-width letters and figures made narrow, NFKC, no blanks."""
    return "".join(unicodedata.normalize("NFKC", plain_text(cell, limit=limit)).split())


def narrow_ascii(text: str) -> str:
    """Full-width letters and figures made narrow, blanks taken out, everything else (kanji above all) untouched."""
    return "".join(_NARROW.sub(lambda run: unicodedata.normalize("NFKC", run[0]), text).split())


def widen_half_kana(text: str) -> str:
    """Half-width kana made full-width, in whole runs so that ﾀﾞ becomes one character; the rest untouched."""
    return _HALF_KANA.sub(lambda run: unicodedata.normalize("NFKC", run[0]), text)


def without_guard(text: str) -> str:
    """Take off the apostrophe that an export put before = + - @ so that Excel would not calculate."""
    return text[1:] if len(text) > 1 and text[0] == "'" and text[1] in FORMULA_STARTS else text


def _refuse_unprintable(text: str) -> None:
    # Letters and figures alone need no closer look.
    if text.replace(" ", "").replace("\u3000", "").isalnum():
        return
    try:
        refuse_control_characters(text)
    except Refused as refused:
        raise CellRefused.from_kit(refused) from refused


def _refuse_spreadsheet_faults(cell: Cell) -> None:
    if cell.kind is CellKind.ERROR:
        raise CellRefused(
            f"計算のエラー({cell.text})になっています。",
            "元の式を直すか、正しい値を入力してください。",
            f"The cell shows the error {cell.text}. Mend the formula or type the value.",
        )
    raise CellRefused(
        "計算式の結果が保存されていません。",
        "Excelで開いて保存し直すか、値を入力してください。",
        "The result of the formula is not saved. Open and save the file in Excel, or type the value.",
    )
