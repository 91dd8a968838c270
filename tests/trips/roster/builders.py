"""Building blocks of roster files, honest and hostile: workbooks, zip archives, texts."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import xlsxwriter

HEADINGS = ("学年", "組", "番号", "氏名", "ふりがな", "性別", "生年月日")
PEOPLE = (
    ("2", "1", "1", "髙橋　花子", "たかはし　はなこ", "女", "2009/4/2"),
    ("2", "1", "2", "山﨑　翔太", "やまさき　しょうた", "男", "2009/7/15"),
    ("2", "2", "1", "渡邉　葵", "わたなべ　あおい", "女", "2010/2/28"),
)
SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
_MIB = 1024 * 1024


def table(*rows: Sequence[Any], headings: Sequence[str] = HEADINGS) -> list[list[Any]]:
    """Headings and rows; the three people when no rows are given."""
    return [list(headings), *(list(row) for row in rows or PEOPLE)]


def workbook(*sheets: Sequence[Sequence[Any]] | Callable[[Any, Any], None], names: Sequence[str] = ()) -> bytes:
    """An .xlsx: each sheet from rows, or filled by ``fill(book, sheet)``."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    for number, content in enumerate(sheets or (table(),)):
        sheet = book.add_worksheet(names[number] if number < len(names) else f"Sheet{number + 1}")
        if callable(content):
            content(book, sheet)
        else:
            for row, cells in enumerate(content):
                sheet.write_row(row, 0, cells)
    book.close()
    return buffer.getvalue()


def csv_text(rows: Iterable[Sequence[Any]], *, delimiter: str = ",", newline: str = "\r\n") -> str:
    """Rows as delimited text without any quoting."""
    return newline.join(delimiter.join(str(cell) for cell in row) for row in rows) + newline


def edited(data: bytes, **changes: Callable[[bytes], bytes]) -> bytes:
    """``data`` with parts changed; keys are part names with ``__`` for ``/`` and ``_dot_`` for the dot."""
    edits = {name.replace("__", "/").replace("_dot_", "."): change for name, change in changes.items()}
    return rezip(data, edits=edits)


def rezip(
    data: bytes, *, edits: dict[str, Callable[[bytes], bytes]] | None = None, extra: dict[str, bytes] | None = None
) -> bytes:
    """``data`` zipped anew with ``edits`` applied to its parts and ``extra`` parts added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            part = old.read(entry)
            change = (edits or {}).get(entry.filename)
            new.writestr(entry.filename, change(part) if change else part)
        for name, part in (extra or {}).items():
            new.writestr(name, part)
    return out.getvalue()


def bomb(name: str, size: int, *, head: bytes = b"", tail: bytes = b"", claimed: int | None = None) -> bytes:
    """An .xlsx whose part ``name`` unpacks to ``size`` blanks between ``head`` and ``tail``; ``claimed`` may lie."""
    packed, checksum = _blanks(size, head, tail)
    true_size = len(head) + size + len(tail)
    entries = []
    with zipfile.ZipFile(io.BytesIO(workbook())) as old:
        for entry in old.infolist():
            part = old.read(entry)
            if entry.filename == name:
                entries.append((name, packed, checksum, true_size if claimed is None else claimed, 8))
            else:
                entries.append((entry.filename, part, zlib.crc32(part), len(part), 0))
    return raw_zip(entries)


def _blanks(size: int, head: bytes, tail: bytes) -> tuple[bytes, int]:
    """Deflated ``head`` + ``size`` blanks + ``tail``, one compressed megabyte repeated; and the CRC of it all."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(b" " * _MIB) + packer.flush(zlib.Z_FULL_FLUSH)
    first = zlib.compressobj(9, zlib.DEFLATED, -15)
    start = first.compress(head) + first.flush(zlib.Z_FULL_FLUSH)
    last = zlib.compressobj(9, zlib.DEFLATED, -15)
    end = last.compress(tail) + last.flush()
    checksum = zlib.crc32(head)
    for _ in range(size // _MIB):
        checksum = zlib.crc32(b" " * _MIB, checksum)
    return start + block * (size // _MIB) + end, zlib.crc32(tail, checksum)


def raw_zip(entries: Sequence[tuple[str, bytes, int, int, int]], *, overlap: bool = False) -> bytes:
    """A zip from (name, packed bytes, crc, size claimed, method); ``overlap`` points every entry at the first."""
    body, central = bytearray(), bytearray()
    for name, packed, checksum, size, method in entries:
        offset = 0 if overlap else len(body)
        label = name.encode()
        common = struct.pack("<HHHHHIIIHH", 20, 0, method, 0, 33, checksum, len(packed), size, len(label), 0)
        if not overlap or not body:
            body += b"PK\x03\x04" + common + label + packed
        central += b"PK\x01\x02" + struct.pack("<H", 20) + common + struct.pack("<HHHII", 0, 0, 0, 0, offset) + label
    count = min(len(entries), 0xFFFF)
    end = struct.pack("<HHHHIIH", 0, 0, count, count, len(central), len(body), 0)
    return bytes(body + central) + b"PK\x05\x06" + end


def stored(parts: dict[str, bytes]) -> list[tuple[str, bytes, int, int, int]]:
    """``parts`` as uncompressed entries for :func:`raw_zip`."""
    return [(name, part, zlib.crc32(part), len(part), 0) for name, part in parts.items()]


def parts_of(data: bytes) -> dict[str, bytes]:
    """The parts of an archive by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


def with_dtd(dtd: bytes, *, entity: bytes = b"x") -> bytes:
    """A workbook whose shared strings declare ``dtd`` and use ``entity`` in the first text."""

    def poison(part: bytes) -> bytes:
        part = part.replace(b"<sst", b"<!DOCTYPE sst " + dtd + b"><sst", 1)
        return re.sub(rb"<t>[^<]*</t>", b"<t>&" + entity + b";</t>", part, count=1)

    return rezip(workbook(), edits={STRINGS: poison})


def inline_sheet(rows: Iterable[bytes], *, dimension: bytes = b"A1:A1") -> bytes:
    """A worksheet part from ready ``<row>`` elements."""
    head = b'<?xml version="1.0" encoding="UTF-8"?>'
    head += b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    return head + b'<dimension ref="' + dimension + b'"/><sheetData>' + b"".join(rows) + b"</sheetData></worksheet>"


def ods(rows: Sequence[Sequence[str]], *, extra: dict[str, bytes] | None = None, tail: str = "") -> bytes:
    """A small OpenDocument spreadsheet; ``tail`` is put behind the last row."""
    lines = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} office:version="1.2">'
        f'<office:body><office:spreadsheet><table:table table:name="名簿">{lines}{tail}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    )
    parts = {"mimetype": kind.encode(), "content.xml": content.encode(), "META-INF/manifest.xml": manifest.encode()}
    return raw_zip(stored({**parts, **(extra or {})}))
