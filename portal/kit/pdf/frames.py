"""Frames, as the renderer's processes speak with each other: a line of JSON with ``"lengths"``, then that many bytes.

Not here: what is in them (warm, zygote, batches).
"""

from __future__ import annotations

import json
from typing import IO, Any

_SHORT = 1000


def write_frame(out: IO[bytes], head: dict[str, Any], *bodies: bytes) -> None:
    """One frame; ``head`` is JSON, ``bodies`` follow it."""
    lengths = [len(body) for body in bodies]
    out.write(json.dumps(head | {"lengths": lengths}).encode() + b"\n")
    for body in bodies:
        out.write(body)
    out.flush()


def read_frame(source: IO[bytes]) -> tuple[dict[str, Any], list[bytes]] | None:
    """The next frame; None when the other side has gone."""
    line = source.readline()
    if not line.endswith(b"\n"):
        return None
    head = json.loads(line)
    bodies = [source.read(length) for length in head["lengths"]]
    return (head, bodies) if [len(body) for body in bodies] == head["lengths"] else None


def how_far(chunk: bytes) -> tuple[int, int] | None:
    """Pieces and pages that lie behind a child, by the last line of a short chunk; files are long and say nothing."""
    line = chunk.rstrip(b"\n").rpartition(b"\n")[2]
    if len(chunk) > _SHORT or not line.startswith(b'{"piece"'):
        return None
    frame = json.loads(line)
    return frame["piece"], frame.get("pages", 0)


def last_frame(words: bytes) -> tuple[dict[str, Any] | None, list[bytes], int]:
    """(head, bodies, piece in work) of all that a child said; no head when it went before its answer."""
    rest, piece = words, 0
    head: dict[str, Any] | None = None
    bodies: list[bytes] = []
    while rest:
        line, _, after = rest.partition(b"\n")
        if not after and not rest.endswith(b"\n"):
            break
        frame = json.loads(line)
        if sum(frame["lengths"]) > len(after):
            break
        bodies, start = [], 0
        for length in frame["lengths"]:
            bodies.append(after[start : start + length])
            start += length
        rest = after[start:]
        piece = frame.get("piece", piece)
        head = None if "piece" in frame else frame
    return head, bodies, piece
