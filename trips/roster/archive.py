"""The zip directory and parts of an .xlsx or .ods, examined before any reader opens the workbook.

Here: bombs, lies, odd paths, DTDs, macros, passwords, and marks the reader does not report (errors, hidden rows).
Not here: cell values (reading). Runs in the confined child only.
"""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from typing import NamedTuple

from trips.roster import marks
from trips.roster.limits import (
    MAX_ARCHIVE_ENTRIES,
    MAX_UNPACK_RATIO,
    MAX_UNPACKED_BYTES,
    RATIO_APPLIES_FROM_BYTES,
)
from trips.roster.refusals import FileRefused


class Archive(NamedTuple):
    """What the parts tell: date epoch, notices, and per sheet name the marks found in its XML (.xlsx only)."""

    epoch_1904: bool
    notices: tuple[str, ...]
    sheet_marks: dict[str, marks.SheetMarks]


_END = b"PK\x05\x06"
_ENTRY = b"PK\x01\x02"
_LOCAL_HEADER = 30
_CHUNK = 256 * 1024
_ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"


def examine(data: bytes) -> Archive:
    """Examine the archive in ``data`` (≤ 10 MB); raises :class:`FileRefused` unless it is an honest .xlsx or .ods."""
    entries = _read_directory(data)
    _refuse_hostile_directory(data, entries)
    _refuse_bombs(data, entries)
    parts = Parts(data, entries)
    if _is_ods(parts):
        return _examine_ods(parts)
    _refuse_other_formats(parts)
    return _examine_xlsx(parts)


# --- directory --------------------------------------------------------------------------------------------------


def _read_directory(data: bytes) -> list[zipfile.ZipInfo]:
    if data.rfind(_END, max(0, len(data) - 66_000)) < 0:
        raise FileRefused("truncated")
    if data.count(_ENTRY) > MAX_ARCHIVE_ENTRIES:
        raise FileRefused("archive_entries")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError) as error:
        raise FileRefused("archive_broken") from error


def _refuse_hostile_directory(data: bytes, entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename for entry in entries]
    if len(set(names)) != len(names):
        raise FileRefused("archive_names")
    for entry in entries:
        if _leaves_folder(entry.orig_filename):
            raise FileRefused("archive_names")
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise FileRefused("archive_names")
        if entry.flag_bits & 0x1:
            raise FileRefused("password")
    _refuse_overlap(data, entries)


def _leaves_folder(name: str) -> bool:
    path = name.replace("\\", "/")
    return path.startswith("/") or ".." in path.split("/") or ":" in path or "\x00" in path


def _refuse_overlap(data: bytes, entries: list[zipfile.ZipInfo]) -> None:
    end = 0
    for entry in sorted(entries, key=lambda one: one.header_offset):
        if entry.header_offset < end:
            raise FileRefused("archive_overlap")
        end = _data_offset(data, entry) + entry.compress_size
        if end > len(data):
            raise FileRefused("truncated")


def _data_offset(data: bytes, entry: zipfile.ZipInfo) -> int:
    header = data[entry.header_offset : entry.header_offset + _LOCAL_HEADER]
    if len(header) < _LOCAL_HEADER or not header.startswith(b"PK\x03\x04"):
        raise FileRefused("archive_broken")
    name_length = int.from_bytes(header[26:28], "little")
    return entry.header_offset + _LOCAL_HEADER + name_length + int.from_bytes(header[28:30], "little")


def _refuse_bombs(data: bytes, entries: list[zipfile.ZipInfo]) -> None:
    total = sum(entry.file_size for entry in entries)
    if total > MAX_UNPACKED_BYTES or (total > RATIO_APPLIES_FROM_BYTES and total > MAX_UNPACK_RATIO * len(data)):
        raise FileRefused("unpacks_too_large", megabytes=str(total // 1024 // 1024))


# --- parts ------------------------------------------------------------------------------------------------------


class Parts:
    """The XML parts by name, unpacked one at a time while counting what they really measure."""

    def __init__(self, data: bytes, entries: list[zipfile.ZipInfo]) -> None:
        self._data = data
        self._entries = {entry.filename: entry for entry in entries}
        self._left = MAX_UNPACKED_BYTES
        self._checked: set[str] = set()

    @property
    def names(self) -> list[str]:
        return list(self._entries)

    def read(self, name: str) -> bytes:
        """The bytes of part ``name``, empty when it is missing; refuses lies about its size and any DTD."""
        entry = self._entries.get(name)
        if entry is None:
            return b""
        part = self._unpack(entry)
        if name.lower().endswith((".xml", ".rels")):
            marks.refuse_dtd(part)
        self._checked.add(name)
        return part

    def check_rest(self) -> None:
        """Measure every XML part that was not read yet."""
        for name in self._entries:
            if name not in self._checked and name.lower().endswith((".xml", ".rels")):
                self.read(name)

    def _unpack(self, entry: zipfile.ZipInfo) -> bytes:
        start = _data_offset(self._data, entry)
        packed = self._data[start : start + entry.compress_size]
        if entry.compress_type == zipfile.ZIP_STORED:
            part = packed
        elif entry.compress_type == zipfile.ZIP_DEFLATED:
            part = self._inflate(packed)
        else:
            raise FileRefused("archive_method")
        if len(part) != entry.file_size:
            raise FileRefused("archive_sizes")
        if entry.filename not in self._checked:
            self._left -= len(part)
        return part

    def _inflate(self, packed: bytes) -> bytes:
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        unpacked = bytearray()
        rest = packed
        try:
            while not inflater.eof and rest:
                unpacked += inflater.decompress(rest, _CHUNK)
                rest = inflater.unconsumed_tail
                if len(unpacked) > self._left:
                    raise FileRefused("unpacks_too_large", megabytes=str(MAX_UNPACKED_BYTES // 1024 // 1024))
            unpacked += inflater.flush()
        except zlib.error as error:
            raise FileRefused("archive_broken") from error
        return bytes(unpacked)


# --- formats ----------------------------------------------------------------------------------------------------


def _is_ods(parts: Parts) -> bool:
    return parts.read("mimetype").strip().startswith(_ODS_TYPE)


def _examine_ods(parts: Parts) -> Archive:
    if b"encryption-data" in parts.read("META-INF/manifest.xml"):
        raise FileRefused("password")
    content = parts.read("content.xml")
    found = {"hidden_ods": marks.ods_hides_rows(content), "ods_errors": marks.ods_shows_errors(content)}
    notices = tuple(code for code, present in found.items() if present)
    parts.check_rest()
    return Archive(epoch_1904=False, notices=notices, sheet_marks={})


def _refuse_other_formats(parts: Parts) -> None:
    names = {name.lower() for name in parts.names}
    if "xl/workbook.xml" in names:
        return
    if any(name.endswith((".iwa", "index.zip")) for name in names):
        raise FileRefused("numbers")
    for prefix, code in (("xl/workbook.bin", "xlsb"), ("word/", "word"), ("ppt/", "powerpoint")):
        if any(name.startswith(prefix) for name in names):
            raise FileRefused(code)
    raise FileRefused("archive_plain")


def _examine_xlsx(parts: Parts) -> Archive:
    lower = {name.lower(): name for name in parts.names}
    if "xl/vbaproject.bin" in lower or b"macroEnabled" in parts.read("[Content_Types].xml"):
        raise FileRefused("macro")
    workbook = parts.read(lower["xl/workbook.xml"])
    relations = parts.read(lower.get("xl/_rels/workbook.xml.rels", ""))
    found = {
        sheet: marks.read_marks(parts.read(lower.get(part.lower(), part)))
        for sheet, part in marks.sheet_parts(workbook, relations).items()
    }
    parts.check_rest()
    linked = any(name.startswith(("xl/externallinks/", "xl/connections")) for name in lower)
    return Archive(marks.uses_epoch_1904(workbook), ("link",) if linked else (), found)
