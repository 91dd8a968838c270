"""The seal of a packet: a manifest inside the file, byte ranges around its one fixed slot, sha256 and Ed25519.

Not here: whom to believe (keys), judging a file that somebody sent (verify).
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
import re
from typing import Any

from portal.kit.pdf.keys import Signer

FORMAT = "wataridori-packet/1"
NAME = "manifest.json"
# Text of a user can stand uncompressed only in metadata, where "<" or "(" is always written otherwise.
OPENING = b'{"manifest":"<(' + FORMAT.encode() + b')>"'
ENDING = b'"}'
DIGEST, SIGNATURE = 64, 128
SLOT = DIGEST + SIGNATURE
UNSIGNED = "0" * SIGNATURE
_WHOLE = re.compile(re.escape(OPENING) + rb'[^\n]{1,4000}?,"slot":"[0-9a-f]{%d}"\}' % SLOT)
_OFFSET = 10


class BrokenSealError(ValueError):
    """The file's manifest is missing, doubled or not as we write it."""


@dataclasses.dataclass(frozen=True)
class Manifest:
    """What the manifest says, and where it and its slot stand in the file (byte offsets).

    ``authority``, ``key`` and ``dated_on`` are None in an unsigned packet. ``digest`` and ``signature`` are the slot.
    """

    packet: str
    data_sha256: str
    authority: str | None
    key: str | None
    dated_on: dt.date | None
    ranges: tuple[tuple[int, int], tuple[int, int]]
    digest: str
    signature: str

    def write(self) -> bytes:
        """The one way to write this manifest; its length does not change with offsets and slot."""
        head = {
            "manifest": f"<({FORMAT})>",
            "packet": self.packet,
            "data": {"sha256": self.data_sha256},
            "signer": self._signer() if self.key else None,
        }
        ranges = ",".join(f"[{start:>{_OFFSET}},{length:>{_OFFSET}}]" for start, length in self.ranges)
        opened = json.dumps(head, separators=(",", ":")).removesuffix("}")
        return f'{opened},"ranges":[{ranges}],"slot":"{self.digest}{self.signature}"}}'.encode()

    def _signer(self) -> dict[str, str | None]:
        dated_on = self.dated_on.isoformat() if self.dated_on else None
        return {"authority": self.authority, "key": self.key, "dated_on": dated_on}


def draft_manifest(*, packet: str, data: bytes, signer: Signer | None) -> Manifest:
    """The manifest of a file that is still to be written: no offsets yet, an empty slot."""
    return Manifest(
        packet=packet,
        data_sha256=hashlib.sha256(data).hexdigest(),
        authority=signer.authority if signer else None,
        key=signer.key if signer else None,
        dated_on=signer.on if signer else None,
        ranges=((0, 0), (0, 0)),
        digest="0" * DIGEST,
        signature=UNSIGNED,
    )


def close(pdf: bytes, draft: Manifest, *, signer: Signer | None) -> bytes:
    """``pdf``, which holds ``draft`` once, with true byte ranges, digest and (with a signer) signature."""
    written = draft.write()
    at = pdf.index(written)
    slot = at + len(written) - len(ENDING) - SLOT
    ranged = dataclasses.replace(draft, ranges=((0, slot), (slot + SLOT, len(pdf) - slot - SLOT)))
    open_file = pdf[:at] + ranged.write() + pdf[at + len(written) :]
    digest = digest_outside(open_file, slot=slot)
    signature = signer.private.sign(signed_message(digest)).hex() if signer else UNSIGNED
    return open_file[:slot] + digest.encode() + signature.encode() + open_file[slot + SLOT :]


def digest_outside(pdf: bytes, *, slot: int) -> str:
    """sha256 of everything but the slot at offset ``slot``."""
    outside = hashlib.sha256(pdf[:slot])
    outside.update(pdf[slot + SLOT :])
    return outside.hexdigest()


def signed_message(digest: str) -> bytes:
    """What Ed25519 signs: the format's name, so that a signature for another purpose cannot serve, and the digest."""
    return FORMAT.encode() + b"\0" + bytes.fromhex(digest)


def find_manifest(pdf: bytes) -> tuple[int, Manifest]:
    """(offset of the slot, manifest). Raises ``BrokenSealError`` unless there is exactly one, written as we write."""
    at = pdf.find(OPENING)
    if at < 0 or pdf.find(OPENING, at + 1) >= 0:
        raise BrokenSealError("manifest missing or doubled")
    found = _WHOLE.match(pdf, at)
    if found is None:
        raise BrokenSealError("manifest cut short")
    manifest = read_manifest(found[0])
    if manifest.write() != found[0]:
        raise BrokenSealError("manifest in another spelling")
    return found.end() - len(ENDING) - SLOT, manifest


def read_manifest(raw: bytes) -> Manifest:
    """The manifest in its own bytes. Raises ``BrokenSealError``."""
    try:
        return _from_json(json.loads(raw))
    except (ValueError, KeyError, TypeError) as error:
        raise BrokenSealError("manifest cannot be read") from error


def _from_json(read: dict[str, Any]) -> Manifest:
    signer = read["signer"] or {"authority": None, "key": None, "dated_on": None}
    (first, second), slot = read["ranges"], str(read["slot"])
    return Manifest(
        packet=read["packet"],
        data_sha256=read["data"]["sha256"],
        authority=signer["authority"],
        key=signer["key"],
        dated_on=dt.date.fromisoformat(signer["dated_on"]) if signer["dated_on"] else None,
        ranges=((int(first[0]), int(first[1])), (int(second[0]), int(second[1]))),
        digest=slot[:DIGEST],
        signature=slot[DIGEST:],
    )
