"""Judging a file that somebody sent: is it a packet, is every byte as it was sealed, who signed, does text equal data.

Needs no server and believes nothing in the file but what its bytes prove. Not here: making seals (seal, finish).
"""

from __future__ import annotations

import dataclasses
import hashlib
import io
import json
import zlib
from collections.abc import Sequence
from enum import StrEnum
from typing import Any

import pikepdf
import pypdfium2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from portal.kit.pdf import data, reading, seal
from portal.kit.pdf.finish import MARK
from portal.kit.pdf.keys import PublicKey

MOST_DATA = 32 << 20
# A sealed file that is not of our making may hold anything where our data and pages should be.
_FOREIGN = (
    pikepdf.PdfError,
    pypdfium2.PdfiumError,
    zlib.error,
    AttributeError,
    KeyError,
    TypeError,
    ValueError,
    RecursionError,
)


class Standing(StrEnum):
    """What is known of the signer. Only ``PROVEN`` may be called genuine."""

    UNSIGNED = "unsigned"
    NO_KEYS = "no_keys"
    UNLISTED = "unlisted"
    OUT_OF_DATE = "out_of_date"
    IMPOSTOR = "impostor"
    PROVEN = "proven"


@dataclasses.dataclass(frozen=True)
class Verdict:
    """``claimed`` is the authority the file names; ``signer`` only the one whose listed key made the signature.

    ``text_equals_data`` is None where the file is altered: then nothing in it is worth comparing.
    """

    packet: bool
    intact: bool = False
    signed: bool = False
    standing: Standing = Standing.UNSIGNED
    claimed: str | None = None
    signer: str | None = None
    key: str | None = None
    text_equals_data: bool | None = None
    missing: tuple[str, ...] = ()

    @property
    def genuine(self) -> bool:
        return bool(self.intact and self.text_equals_data and self.standing is Standing.PROVEN)


def verify(pdf: bytes, *, keys: Sequence[PublicKey] | None = None) -> Verdict:
    """Judge a whole file. ``keys`` None means that no key file was given: a signature then proves no authority."""
    if MARK not in pdf:
        return Verdict(packet=False)
    try:
        manifest = unbroken_manifest(pdf)
        missing = reading.texts_not_on_paper(pdf, _attached_data(pdf, manifest))
    except (seal.BrokenSealError, *_FOREIGN):
        return Verdict(packet=True)
    standing, signer = _standing(manifest, keys)
    return Verdict(
        packet=True,
        intact=standing is not Standing.IMPOSTOR,
        signed=manifest.key is not None,
        standing=standing,
        claimed=manifest.authority,
        signer=signer,
        key=manifest.packet,
        text_equals_data=not missing,
        missing=missing,
    )


def unbroken_manifest(pdf: bytes) -> seal.Manifest:
    """The manifest, once ranges, digest and signature hold for every byte. Raises ``BrokenSealError``."""
    slot, manifest = seal.find_manifest(pdf)
    if manifest.ranges != ((0, slot), (slot + seal.SLOT, len(pdf) - slot - seal.SLOT)):
        raise seal.BrokenSealError("ranges do not cover the file")
    if seal.digest_outside(pdf, slot=slot) != manifest.digest:
        raise seal.BrokenSealError("digest differs")
    if manifest.key is None and manifest.signature != seal.UNSIGNED:
        raise seal.BrokenSealError("a signature without a signer")
    if manifest.key is not None:
        _check_signature(manifest, manifest.key)
    return manifest


def _check_signature(manifest: seal.Manifest, key: str) -> None:
    try:
        public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(key))
        public.verify(bytes.fromhex(manifest.signature), seal.signed_message(manifest.digest))
    except (InvalidSignature, ValueError) as error:
        raise seal.BrokenSealError("signature does not hold") from error


def _attached_data(pdf: bytes, manifest: seal.Manifest) -> dict[str, Any]:
    """The printed data, when the files a reader sees are the ones that the manifest speaks of."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        files = {name: _unfolded(document.attachments[name].get_file().obj) for name in (data.NAME, seal.NAME)}
    if files[seal.NAME] != manifest.write() or hashlib.sha256(files[data.NAME]).hexdigest() != manifest.data_sha256:
        raise seal.BrokenSealError("attached files are not the sealed ones")
    printed: dict[str, Any] = json.loads(files[data.NAME])
    return printed


def _unfolded(stream: pikepdf.Object) -> bytes:
    """An attached file's bytes; one that would unfold beyond all paper is refused before it fills the memory."""
    raw = stream.read_raw_bytes()
    if "/Filter" not in stream:
        return raw
    unfolded = zlib.decompressobj().decompress(raw, MOST_DATA)
    if stream.Filter != pikepdf.Name.FlateDecode or len(unfolded) == MOST_DATA:
        raise seal.BrokenSealError("attached file is packed in another way than ours")
    return unfolded


def _standing(manifest: seal.Manifest, keys: Sequence[PublicKey] | None) -> tuple[Standing, str | None]:
    """Who signed, by the key file alone; a name in the file is only a claim."""
    if manifest.key is None or manifest.dated_on is None:
        return Standing.UNSIGNED, None
    if keys is None:
        return Standing.NO_KEYS, None
    same_key = [each for each in keys if each.key == manifest.key]
    if not same_key:
        claims_a_listed_name = any(each.authority == manifest.authority for each in keys)
        return (Standing.IMPOSTOR if claims_a_listed_name else Standing.UNLISTED), None
    in_force = next((each for each in same_key if each.covers(manifest.dated_on)), None)
    return (Standing.PROVEN, in_force.authority) if in_force else (Standing.OUT_OF_DATE, None)
