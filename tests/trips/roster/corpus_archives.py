"""Corpus 1–22, 29–37 and 57: containers that bomb, lie, hide or are something else."""

from __future__ import annotations

import random
import zlib

from tests.trips.roster.builders import (
    SHEET,
    STRINGS,
    bomb,
    csv_text,
    inline_sheet,
    ods,
    parts_of,
    raw_zip,
    rezip,
    stored,
    table,
    with_dtd,
    workbook,
)
from tests.trips.roster.case import Case
from tests.trips.roster.oldfiles import cfb, xls

_MIB = 1024 * 1024
_SST = b'<?xml version="1.0"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'


def _packed(parts: dict[str, bytes]) -> bytes:
    return raw_zip(
        [(name, zlib.compress(part, 6)[2:-4], zlib.crc32(part), len(part), 8) for name, part in parts.items()]
    )


def _strings_bomb() -> bytes:
    chosen = random.Random(2).choices([b"<si><t>%d</t></si>" % n for n in range(16)], k=6_500_000)
    return _packed({**parts_of(workbook()), STRINGS: _SST + b"".join(chosen) + b"</sst>"})


def _many_rows(count: int) -> bytes:
    row = b'<row r="%d"><c r="A%d" t="inlineStr"><is><t>x</t></is></c></row>'
    sheet = inline_sheet(row % (number, number) for number in range(1, count + 1))
    return _packed({**parts_of(workbook()), SHEET: sheet})


def _lying_dimension(dimension: bytes, rows: int) -> bytes:
    people = [("2", "1", str(n), f"生徒　{chr(0x4E00 + n)}", "せいと", "女", "2009/4/2") for n in range(1, rows + 1)]

    def lie(part: bytes) -> bytes:
        before, _, rest = part.partition(b'<dimension ref="')
        return before + b'<dimension ref="' + dimension + rest[rest.index(b'"') :]

    return rezip(workbook(table(*people)), edits={SHEET: lie})


def _far_cell() -> bytes:
    def fill(_book, sheet) -> None:
        for row, cells in enumerate(table()):
            sheet.write_row(row, 0, cells)
        sheet.write_string(1_048_575, 16_383, "x")

    return workbook(fill)


def _billion_laughs() -> bytes:
    lines = [b'<!ENTITY l0 "lol">']
    lines += [b'<!ENTITY l%d "%b">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10)]
    return with_dtd(b"[" + b"".join(lines) + b"]", entity=b"l9")


def _linked() -> bytes:
    link = (
        b'<?xml version="1.0" encoding="UTF-8"?><externalLink '
        b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><ddeLink ddeService="cmd" '
        b'ddeTopic="/c calc"><ddeItems><ddeItem name="A1"/></ddeItems></ddeLink></externalLink>'
    )

    def fill(_book, sheet) -> None:
        for row, cells in enumerate(table()):
            sheet.write_row(row, 0, cells)
        sheet.write_formula(1, 3, "=[1]Sheet1!A1", None, "髙橋　花子")

    return rezip(workbook(fill), extra={"xl/externalLinks/externalLink1.xml": link})


def _symlink() -> bytes:
    data = bytearray(rezip(workbook(), extra={"xl/link": b"/etc/passwd"}))
    place = data.rindex(b"PK\x01\x02")  # the entry added last
    data[place + 5] = 3  # made on Unix
    data[place + 38 : place + 42] = (0o120777 << 16).to_bytes(4, "little")
    return bytes(data)


def _macro() -> bytes:
    macro = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    plain = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    types = {"[Content_Types].xml": lambda part: part.replace(plain, macro)}
    return rezip(workbook(), edits=types, extra={"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"})


def _polyglot() -> bytes:
    return raw_zip([*stored({"a": b"%PDF-1.7\n1 0 obj\n"}), *stored(parts_of(workbook()))])


_HTML = "<html><head><meta charset='utf-8'></head><body><table><tr><td>氏名</td></tr></table></body></html>"
_EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
_OLD = [list(row) for row in table()]
_HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'

CASES = (
    Case(number=1, title="zip bomb to 600 MB", build=lambda: bomb(SHEET, 600 * _MIB), refused="unpacks_too_large"),
    Case(
        number=1,
        title="zip bomb in a part nobody reads",
        build=lambda: raw_zip([*stored(parts_of(workbook())), ("xl/media/a.bin", b"", 0, 600 * _MIB, 8)]),
        refused="unpacks_too_large",
    ),
    Case(
        number=2,
        title="6,500,000 shared strings",
        build=_strings_bomb,
        refused="too_slow|too_heavy|no_header",
    ),
    Case(number=2, title="bomb in sharedStrings", build=lambda: bomb(STRINGS, 300 * _MIB), refused="unpacks_too_large"),
    Case(
        number=3,
        title="zip in a zip",
        build=lambda: raw_zip(stored({"名簿.xlsx": workbook(), "b.zip": raw_zip(stored({"c.xlsx": workbook()}))})),
        filename="名簿.zip",
        refused="archive_plain",
    ),
    Case(
        number=4,
        title="60,000 entries",
        build=lambda: raw_zip(stored({**parts_of(workbook()), **{f"x{n}": b"" for n in range(60_000)}})),
        refused="archive_entries",
    ),
    Case(
        number=5,
        title="overlapping entries",
        build=lambda: raw_zip(stored(dict.fromkeys(parts_of(workbook()), b"<a/>" * 20)), overlap=True),
        refused="archive_overlap",
    ),
    Case(
        number=6,
        title="directory lies about a bomb",
        build=lambda: bomb(SHEET, 600 * _MIB, claimed=2_000),
        refused="unpacks_too_large",
    ),
    Case(
        number=6,
        title="directory lies a little",
        build=lambda: bomb(SHEET, 2 * _MIB, head=_HEAD, tail=b"</sheetData></worksheet>", claimed=2_000),
        refused="archive_sizes",
    ),
    Case(number=7, title="billion laughs", build=_billion_laughs, refused="archive_dtd"),
    Case(
        number=8,
        title="quadratic entity",
        build=lambda: with_dtd(b'[<!ENTITY a "' + b"a" * 50_000 + b'">]', entity=b"a;&a" * 1000),
        refused="archive_dtd",
    ),
    Case(
        number=9,
        title="XXE of a file",
        build=lambda: with_dtd(b'[<!ENTITY x SYSTEM "file:///etc/passwd">]'),
        refused="archive_dtd",
    ),
    Case(
        number=10,
        title="XXE over http",
        build=lambda: with_dtd(b'[<!ENTITY x SYSTEM "http://example.invalid/x">]'),
        refused="archive_dtd",
    ),
    Case(
        number=11,
        title="external DTD",
        build=lambda: with_dtd(b'SYSTEM "http://example.invalid/x.dtd"'),
        refused="archive_dtd",
    ),
    Case(number=12, title="one cell at XFD1048576", build=_far_cell, kept=3, says=("XFD1048576", "別の方法で")),
    Case(number=13, title="dimension too small", build=lambda: _lying_dimension(b"A1:B2", 400), kept=400),
    Case(number=14, title="dimension A1:XFD1048576", build=lambda: _lying_dimension(b"A1:XFD1048576", 3), kept=3),
    Case(number=15, title="1,000,000 rows", build=lambda: _many_rows(1_000_000), refused="too_many_values"),
    Case(number=15, title="100,000 rows", build=lambda: _many_rows(100_000), refused="too_many_rows"),
    Case(
        number=16,
        title="16,384 columns",
        build=lambda: workbook([["氏名", *(f"列{n}" for n in range(16_383))], ["髙橋　花子", *["x"] * 16_383]]),
        refused="too_many_columns",
        says=("BI1",),
    ),
    Case(
        number=17,
        title="sharedStrings says it holds 2^32-1",
        build=lambda: rezip(
            workbook(), edits={STRINGS: lambda part: part.replace(b"uniqueCount=", b'uniqueCount="4294967295" x=')}
        ),
        kept=3,
    ),
    Case(
        number=18,
        title="CFB that claims a giant FAT",
        build=lambda: cfb({"Workbook": b"\x09\x08"}, fat_sectors_claimed=0x7FFFFFFF),
        filename="名簿.xls",
        refused="archive_broken|too_heavy|no_rows",
    ),
    Case(number=19, title="old .xls named .xlsx", build=lambda: xls(_OLD), kept=3, says=("古いExcelの形式",)),
    Case(
        number=20,
        title="password",
        build=lambda: cfb({"EncryptionInfo": b"\x04\0\x04\0", "EncryptedPackage": b"x" * 5000}),
        refused="password",
    ),
    Case(
        number=20,
        title="password on .ods",
        build=lambda: ods(table(), extra={"META-INF/manifest.xml": b"<m><manifest:encryption-data/></m>"}),
        filename="名簿.ods",
        refused="password|archive_names",
    ),
    Case(number=21, title="macros renamed .xlsx", build=_macro, refused="macro"),
    Case(number=22, title="external link and DDE", build=_linked, kept=3, says=("リンク",)),
    Case(
        number=29,
        title="path ../../x in the zip",
        build=lambda: rezip(workbook(), extra={"../../x": b"x"}),
        refused="archive_names",
    ),
    Case(number=30, title="symlink in the zip", build=_symlink, refused="archive_names"),
    Case(number=31, title="HTML saved as .xls", build=_HTML.encode, filename="名簿.xls", refused="html"),
    Case(
        number=31,
        title="HTML in cp932 saved as .xls",
        build=lambda: _HTML.encode("cp932"),
        filename="名簿.xls",
        refused="html",
    ),
    Case(number=32, title="PDF and zip at once", build=_polyglot, refused="pdf"),
    Case(number=32, title="PDF first, zip behind", build=lambda: b"%PDF-1.7\n" + workbook(), refused="pdf"),
    Case(number=33, title="EICAR", build=lambda: _EICAR, filename="名簿.csv", refused="virus_test"),
    Case(number=34, title="empty file", build=lambda: b"", refused="empty"),
    Case(number=35, title="headings only", build=lambda: workbook([list(table()[0])]), refused="header_only"),
    Case(
        number=36,
        title="truncated at half",
        build=lambda: (lambda data: data[: len(data) // 2])(workbook()),
        refused="truncated",
    ),
    *(
        Case(number=37, title=f"file name {label}", build=workbook, filename=name, kept=3)
        for label, name in {
            "with folders": "../a.xlsx",
            "of 300 characters": "名" * 295 + ".xlsx",
            "turned round": "名簿\u202exslx.exe",
            "with NUL": "a\x00.xlsx",
            "with CRLF": "a\r\nSet-Cookie: x.xlsx",
        }.items()
    ),
    Case(number=57, title="workbook called .csv", build=workbook, filename="名簿.csv", kept=3, says=(".csv",)),
    Case(
        number=57,
        title="text called .xlsx",
        build=lambda: csv_text(table()).encode("utf-8-sig"),
        kept=3,
        says=(".xlsx", "テキスト"),
    ),
    Case(number=57, title="picture called .xlsx", build=lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 50, refused="picture"),
)
