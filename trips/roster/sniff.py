"""What a file really is, judged by its bytes: the container, the character code, a name safe to show.

Here: looking only. Not here: opening archives or parsing rows (archive, reading), which happen in the child process.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from enum import StrEnum
from typing import NamedTuple

from trips.roster.limits import MAX_FILE_BYTES
from trips.roster.refusals import FileRefused


class Container(StrEnum):
    """How the bytes are wrapped; ``ZIP`` covers .xlsx and .ods, ``CFB`` .xls and protected files."""

    ZIP = "zip"
    CFB = "cfb"
    TEXT = "text"


class Sniffed(NamedTuple):
    """The container, and for text the Python codec that reads every byte (``utf-8-sig`` when there is a mark)."""

    container: Container
    encoding: str | None = None


CFB_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!"
_FOREIGN_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"),
    (b"{\\rtf", "document"),
    (b"Rar!", "archive_other"),
    (b"7z\xbc\xaf\x27\x1c", "archive_other"),
    (b"\x1f\x8b", "archive_other"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"\x09\x00\x04\x00", "xls_too_old"),
    (b"\x09\x02\x06\x00", "xls_too_old"),
    (b"\x09\x04\x06\x00", "xls_too_old"),
)
_MARKUP = re.compile(
    rb"\s*(?:<!--.*?-->\s*)*(?:<\?xml[^>]*>\s*)?(?:<\?mso[^>]*>\s*)?"
    rb"(?P<tag><!doctype\s+html|<html|<head|<meta|<table|<body|<style|<div|<(?:\w+:)?workbook\b|<\?xml|<svg)",
    re.IGNORECASE | re.DOTALL,
)
# Vertical tab and the group separators come from old database programs; 1A ends files written under DOS.
_TEXT_CONTROLS = frozenset(b"\t\n\r\x0b\x0c\x1b\x1d\x1a")
_SAMPLE_BYTES = 64 * 1024
_SURE_MULTIBYTE_CHARS = 4


def sniff(data: bytes) -> Sniffed:
    """Container and character code of ``data``; raises :class:`FileRefused` when no roster can be in it."""
    _refuse_size(data)
    if data.startswith(_EICAR):
        raise FileRefused("virus_test")
    _refuse_foreign(data)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return Sniffed(Container.ZIP)
    if data.startswith(CFB_MAGIC):
        return Sniffed(Container.CFB)
    encoding = detect_encoding(data)
    _refuse_markup(data, encoding)
    return Sniffed(Container.TEXT, encoding)


def _refuse_size(data: bytes) -> None:
    if not data.strip(b"\x00\t\r\n \x1a"):
        raise FileRefused("empty")
    if len(data) > MAX_FILE_BYTES:
        raise FileRefused("too_large", megabytes=f"{len(data) / 1024 / 1024:.1f}")


def _refuse_foreign(data: bytes) -> None:
    # A reader of PDF accepts its mark anywhere in the first kilobyte, so a file may be PDF and ZIP at once.
    if b"%PDF-" in data[:1024]:
        raise FileRefused("pdf")
    for magic, code in _FOREIGN_MAGIC:
        if data.startswith(magic):
            raise FileRefused(code)
    if data[4:12] in (b"ftypheic", b"ftypmif1", b"ftypavif", b"ftypheix"):
        raise FileRefused("picture")


def _refuse_markup(data: bytes, encoding: str) -> None:
    head = data[:4096].decode(encoding, errors="ignore").lstrip("\ufeff").encode("utf-8", errors="ignore")
    if re.match(rb"\s*MIME-Version:", head, re.IGNORECASE):
        raise FileRefused("html")
    found = _MARKUP.match(head)
    if found is None:
        return
    tag = found["tag"].lower()
    raise FileRefused("xml_2003" if b"workbook" in tag or tag.startswith(b"<?xml") else "html")


# --- character code ---------------------------------------------------------------------------------------------


def detect_encoding(data: bytes) -> str:
    """The Python codec that reads every byte of ``data`` without loss.

    Order: byte order mark, NUL pattern of UTF-16, ISO-2022-JP, UTF-8, then cp932 or EUC-JP, all strict.
    ``shift_jis`` is never used: it cannot read 髙 and turns ～ into another character.
    """
    if data.startswith(codecs.BOM_UTF8):
        return _strict(data, "utf-8-sig")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _strict(data, "utf-16")
    wide = _wide_encoding(data[:_SAMPLE_BYTES])
    if wide:
        return _strict(data, wide)
    if not _TEXT_CONTROLS.issuperset(byte for byte in set(data) if byte < 0x20):
        raise FileRefused("binary")
    if b"\x1b$" in data:
        return _strict(data, "iso2022_jp_ext")
    return _utf8_or_japanese(data)


def _wide_encoding(sample: bytes) -> str | None:
    """UTF-16 without a mark: ASCII commas and digits leave NUL bytes on one side only."""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 4 * even:
        return "utf-16-le"
    if even > 4 * odd:
        return "utf-16-be"
    return None


def _utf8_or_japanese(data: bytes) -> str:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        # cp932 text is hardly ever valid UTF-8 for several characters: such a file is UTF-8 with a broken place.
        before = data[: error.start].decode("utf-8")
        if sum(char > "\x7f" for char in before) >= _SURE_MULTIBYTE_CHARS:
            raise _broken(data, error.start) from error
        return _japanese_encoding(data)
    return "utf-8"


def _japanese_encoding(data: bytes) -> str:
    readable = [codec for codec in ("cp932", "euc_jp") if _reads(data, codec)]
    if not readable:
        raise _broken(data, max(_first_bad_byte(data, codec) for codec in ("cp932", "euc_jp")))
    if len(readable) == 2 and _half_width_share(data.decode("cp932")) > 0.5:
        # EUC-JP read as cp932 turns into runs of half-width kana.
        return "euc_jp"
    return readable[0]


def _reads(data: bytes, codec: str) -> bool:
    try:
        data.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


def _first_bad_byte(data: bytes, codec: str) -> int:
    try:
        data.decode(codec)
    except UnicodeDecodeError as error:
        return error.start
    return len(data)


def _half_width_share(text: str) -> float:
    foreign = [char for char in text if char > "\x7f"]
    return sum("\uff61" <= char <= "\uff9f" for char in foreign) / max(len(foreign), 1)


def _strict(data: bytes, codec: str) -> str:
    try:
        data.decode(codec)
    except UnicodeDecodeError as error:
        raise _broken(data, error.start) from error
    return codec


def _broken(data: bytes, position: int) -> FileRefused:
    return FileRefused("bytes_broken", line=str(data.count(b"\n", 0, position) + 1))


# --- file name --------------------------------------------------------------------------------------------------


def display_name(filename: str, *, limit: int = 80) -> str:
    """``filename`` fit to be shown: no folders, no control or direction characters, at most ``limit`` characters."""
    base = re.split(r"[/\\]", filename)[-1]
    shown = "".join(char for char in base if unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
    stem, dot, suffix = shown.rpartition(".")
    if len(shown) > limit and dot and len(suffix) <= 8:
        return f"{stem[: limit - len(suffix) - 2]}….{suffix}"
    return shown[:limit] or "名前のないファイル"
