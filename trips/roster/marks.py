"""Marks inside the XML of a workbook that python-calamine does not report, found by searching the bytes.

Here: error cells, formulas without a value, hidden rows and columns, the 1904 epoch, DTDs. Not here: cell values.
calamine 0.9.1 hands error cells over as empty text; without these marks a ``#REF!`` would vanish silently.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from xml.etree.ElementTree import ParseError

from defusedxml.ElementTree import fromstring

from trips.roster.limits import MAX_SHEET_VALUES
from trips.roster.refusals import FileRefused


class SheetMarks(NamedTuple):
    """Addresses like ``C12`` of error cells (with their text) and of formulas never calculated; hidden lines."""

    errors: dict[str, str]
    uncalculated: frozenset[str]
    hidden_rows: tuple[int, ...]
    hidden_columns: tuple[int, ...]


NO_MARKS = SheetMarks({}, frozenset(), (), ())
_MAX_HIDDEN = 5_000
_VALUE_ELEMENTS = (b"<v>", b":v>", b"<is>", b":is>")

_ERROR_CELL = re.compile(rb"""<(?:\w+:)?c\s([^>]*\bt=["']e["'][^>]*)>(.*?)</(?:\w+:)?c>""", re.DOTALL)
_VALUE = re.compile(rb"<(?:\w+:)?v[^>]*>([^<]*)<")
_BARE_FORMULA = re.compile(
    rb"<(?:\w+:)?c\s([^>]*)>\s*<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_ADDRESS = re.compile(rb"""\br=["']([A-Z]{1,3}\d{1,7})["']""")
_IS_TEXT = re.compile(rb"""\bt=["']str["']""")
_HIDDEN_ROW = re.compile(rb"""<(?:\w+:)?row\s([^>]*\bhidden=["'](?:1|true)["'][^>]*)>""")
_ROW_NUMBER = re.compile(rb"""\br=["'](\d{1,7})["']""")
_HIDDEN_COLUMN = re.compile(rb"""<(?:\w+:)?col\s([^>]*\bhidden=["'](?:1|true)["'][^>]*)>""")
_COLUMN_SPAN = (re.compile(rb"""\bmin=["'](\d{1,5})["']"""), re.compile(rb"""\bmax=["'](\d{1,5})["']"""))
_EPOCH_1904 = re.compile(rb"""\bdate1904=["'](?:1|true)["']""")
_ODS_HIDDEN = re.compile(rb"""table:visibility=["'](?:collapse|filter)["']""")
_ENCODING = re.compile(rb"""^\s*<\?xml[^>]*\bencoding=["']([^"']+)["']""")
_RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION_ID = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


def refuse_dtd(part: bytes) -> None:
    """Refuse XML with a document type or entities, and codings in which they could hide."""
    head = part[:200].removeprefix(b"\xef\xbb\xbf")
    declared = _ENCODING.match(head)
    if b"\x00" in head or (declared and declared[1].lower() not in (b"utf-8", b"utf8", b"us-ascii", b"ascii")):
        raise FileRefused("archive_dtd")
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
        raise FileRefused("archive_dtd")


def uses_epoch_1904(workbook: bytes) -> bool:
    """Whether dates count from 1904-01-01 (workbooks born on old Macs)."""
    return _EPOCH_1904.search(workbook) is not None


def ods_shows_errors(content: bytes) -> bool:
    """Whether a formula of the .ods ended in an error such as ``#REF!``."""
    return b'calcext:value-type="error"' in content


def ods_hides_rows(content: bytes) -> bool:
    """Whether any row or column of the .ods is hidden or filtered away."""
    return _ODS_HIDDEN.search(content) is not None


def sheet_parts(workbook: bytes, relations: bytes) -> dict[str, str]:
    """Sheet name → part path (``xl/worksheets/sheet1.xml``) from workbook.xml and its relations."""
    try:
        targets = {one.get("Id", ""): one.get("Target", "") for one in fromstring(relations or b"<none/>")}
        sheets = [one for one in fromstring(workbook).iter() if one.tag.rpartition("}")[2] == "sheet"]
    except ParseError as error:
        raise FileRefused("archive_broken") from error
    found = {}
    for sheet in sheets:
        target = targets.get(sheet.get(_RELATION_ID) or sheet.get(_STRICT_RELATION_ID) or "", "")
        if target:
            found[sheet.get("name", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return found


def read_marks(part: bytes) -> SheetMarks:
    """The marks of one worksheet part; cells without an address of their own are not reported."""
    if not part:
        return NO_MARKS
    if sum(part.count(element) for element in _VALUE_ELEMENTS) > MAX_SHEET_VALUES:
        raise FileRefused("too_many_values")
    return SheetMarks(_error_cells(part), _bare_formulas(part), _hidden_rows(part), _hidden_columns(part))


def _error_cells(part: bytes) -> dict[str, str]:
    if b't="e"' not in part and b"t='e'" not in part:
        return {}
    found = {}
    for cell in _ERROR_CELL.finditer(part):
        at, value = _ADDRESS.search(cell[1]), _VALUE.search(cell[2])
        if at:
            found[at[1].decode()] = value[1].decode("utf-8", "replace")[:20] if value else "#N/A"
    return found


def _bare_formulas(part: bytes) -> frozenset[str]:
    if b"<f" not in part and b":f" not in part:
        return frozenset()
    attributes = (cell[1] for cell in _BARE_FORMULA.finditer(part))
    # A formula whose value is the empty text carries t="str": that one was calculated.
    found = (_ADDRESS.search(one) for one in attributes if not _IS_TEXT.search(one))
    return frozenset(at[1].decode() for at in found if at)


def _hidden_rows(part: bytes) -> tuple[int, ...]:
    if b"hidden=" not in part:
        return ()
    numbers = (_ROW_NUMBER.search(row[1]) for row in _HIDDEN_ROW.finditer(part))
    return tuple(int(number[1]) for number in numbers if number)[:_MAX_HIDDEN]


def _hidden_columns(part: bytes) -> tuple[int, ...]:
    columns: list[int] = []
    for column in _HIDDEN_COLUMN.finditer(part):
        first, last = (edge.search(column[1]) for edge in _COLUMN_SPAN)
        if first and last:
            columns.extend(range(int(first[1]) - 1, min(int(last[1]), 16_384)))
    return tuple(columns)[:_MAX_HIDDEN]
