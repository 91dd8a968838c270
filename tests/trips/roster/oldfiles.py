"""Old Excel containers made by hand, because no kept library writes them: CFB and the least of BIFF8."""

from __future__ import annotations

import struct

_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SMALLEST_STREAM = 4096  # shorter streams would need the mini FAT


def cfb(streams: dict[str, bytes], *, fat_sectors_claimed: int = 1) -> bytes:
    """A compound file with ``streams`` in its root; ``fat_sectors_claimed`` may lie."""
    bodies = {name: body.ljust(_SMALLEST_STREAM, b"\0") for name, body in streams.items()}
    bodies = {name: body + b"\0" * (-len(body) % _SECTOR) for name, body in bodies.items()}
    starts, fat, at = {}, [_FAT, _END], 2
    for name, body in bodies.items():
        starts[name] = at
        count = len(body) // _SECTOR
        fat += [*range(at + 1, at + count), _END]
        at += count
    fat += [_FREE] * (128 - len(fat))
    assert len(fat) == 128, "streams too long for one FAT sector"
    entries = [_entry("Root Entry", 5, _END, 0, child=1 if streams else _FREE)]
    names = list(bodies)
    for position, name in enumerate(names, start=1):
        right = position + 1 if position < len(names) else _FREE
        entries.append(_entry(name, 2, starts[name], len(bodies[name]), right=right))
    directory = b"".join(entries).ljust(_SECTOR, b"\0")
    return _header(fat_sectors_claimed) + struct.pack("<128I", *fat) + directory + b"".join(bodies.values())


def _header(fat_sectors: int) -> bytes:
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    head += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, fat_sectors, 1, 0, 4096, _END, 0, _END, 0)
    return head + struct.pack("<109I", 0, *([_FREE] * 108))


def _entry(name: str, kind: int, start: int, size: int, *, right: int = _FREE, child: int = _FREE) -> bytes:
    label = name.encode("utf-16-le") + b"\0\0"
    return (
        label.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(label), kind, 1, _FREE, right, child)
        + b"\0" * 36
        + struct.pack("<IQ", start, size)
    )


def xls(rows: list[list[str | float]], *, sheet: str = "名簿") -> bytes:
    """A BIFF8 workbook of one sheet with texts and numbers."""
    cells = b"".join(_cell(r, c, value) for r, row in enumerate(rows) for c, value in enumerate(row) if value != "")
    worksheet = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0)) + cells + _record(0x0A, b"")
    name = sheet.encode("utf-16-le")
    bound_size = 4 + 8 + len(name)
    head = _record(0x809, struct.pack("<HHHHII", 0x600, 0x05, 0, 0, 0, 0)) + _record(0x42, struct.pack("<H", 1200))
    offset = len(head) + bound_size + 4
    bound = _record(0x85, struct.pack("<IBBBB", offset, 0, 0, len(sheet), 1) + name)
    return cfb({"Workbook": head + bound + _record(0x0A, b"") + worksheet})


def _cell(row: int, column: int, value: str | float) -> bytes:
    if isinstance(value, str):
        text = value.encode("utf-16-le")
        return _record(0x204, struct.pack("<HHHHB", row, column, 0, len(value), 1) + text)
    return _record(0x203, struct.pack("<HHHd", row, column, 0, value))


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body
