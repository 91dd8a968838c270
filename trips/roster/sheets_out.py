"""Rows of text given back as .xlsx or .csv so that nothing in them is ever calculated, and no loss is silent.

Here: writing. Not here: which rows (errorfile, export).
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from portal.kit.text import is_variation_selector
from trips.roster.cells import FORMULA_STARTS
from trips.roster.table import address

GETA = "〓"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# cp932 holds only one of each pair of look-alikes (JIS X 0208 has one cell for both).
LOOK_ALIKES = str.maketrans({"〜": "～", "−": "－", "‖": "∥", "—": "―", "¢": "￠", "£": "￡", "¬": "￢"})
_VOICED = re.compile(r"[\u3041-\u30ff][\u3099\u309a]")
_STRINGS_ONLY = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


class Loss(NamedTuple):
    """Characters of one cell that the chosen coding cannot hold, and what stands there instead."""

    cell: str
    text: str
    characters: tuple[str, ...]
    written: str


class GivenBack(NamedTuple):
    """A file for the person: bytes, a name, a media type, and every loss by cell (none for .xlsx and Unicode)."""

    data: bytes
    filename: str
    media_type: str
    losses: tuple[Loss, ...] = ()


def new_workbook(buffer: io.BytesIO) -> xlsxwriter.Workbook:
    """A workbook in ``buffer`` that never turns text into formulas, links or numbers."""
    return xlsxwriter.Workbook(buffer, _STRINGS_ONLY)


def write_texts(sheet: Worksheet, row: int, texts: Sequence[str], *, formats: Mapping[int, Any], plain: Any) -> None:
    """Write ``texts`` into the 0-based ``row`` as strings; ``formats`` by column, ``plain`` elsewhere."""
    for column, text in enumerate(texts):
        sheet.write_string(row, column, text, formats.get(column, plain))


def delimited_bytes(
    rows: Sequence[Sequence[str]], *, encoding: str, delimiter: str = ","
) -> tuple[bytes, tuple[Loss, ...]]:
    """``rows`` as delimited text with CRLF; formula starts are guarded by an apostrophe.

    What ``encoding`` cannot hold becomes 〓 (a variation selector is left out) and is listed; never ``?``.
    """
    losses: list[Loss] = []
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n")
    for number, row in enumerate(rows, start=1):
        texts = []
        for column, text in enumerate(row):
            fitted = _fit(text, encoding)
            if fitted.characters:
                losses.append(fitted._replace(cell=address(number, column)))
            texts.append(_guard(fitted.written))
        writer.writerow(texts)
    return buffer.getvalue().encode(encoding), tuple(losses)


def _guard(text: str) -> str:
    return f"'{text}" if text and text[0] in FORMULA_STARTS else text


def _fit(text: str, encoding: str) -> Loss:
    if _holds(text, encoding):
        return Loss("", text, (), text)
    if not encoding.startswith("utf"):
        text_fitted = _VOICED.sub(lambda pair: unicodedata.normalize("NFC", pair[0]), text.translate(LOOK_ALIKES))
    else:
        text_fitted = text
    lost = tuple(char for char in text_fitted if not _holds(char, encoding))
    written = "".join(_stand_in(char) if char in lost else char for char in text_fitted)
    return Loss("", text, lost, written)


def _stand_in(char: str) -> str:
    return "" if is_variation_selector(char) or unicodedata.combining(char) else GETA


def _holds(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
