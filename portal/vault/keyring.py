"""Master key → tenant key → trip key. The master key lives in settings, never in the database or its backup.

A tenant key is derived; a trip key is random, wrapped by its tenant key, and destroyed to erase a trip everywhere.
"""

from __future__ import annotations

import base64
import os
from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from portal.vault.models import TripKey
from portal.vault.seal import SealBroken, seal, unseal

_WRAP_NONCE = 12


class KeyDestroyed(Exception):
    """The trip's key was destroyed on purpose: its personal data can no longer be read by anybody."""


@dataclass(frozen=True)
class TripCipher:
    """Seals and opens values of one trip; cheap to pass around, never stored or logged."""

    school_id: UUID
    trip_id: UUID
    key: bytes

    def __repr__(self) -> str:
        return f"TripCipher({self.trip_id})"

    def seal(self, value: str | None, *, table: str, column: str, row: UUID) -> bytes | None:
        """Sealed bytes for one column of one row; ``None`` stays ``None``."""
        return None if value is None else seal(self.key, value.encode(), place=self._place(table, column, row))

    def open(self, sealed: bytes | memoryview[int] | None, *, table: str, column: str, row: UUID) -> str | None:
        """The text sealed at this place. Raises ``SealBroken`` if it was altered or moved."""
        return (
            None if sealed is None else unseal(self.key, bytes(sealed), place=self._place(table, column, row)).decode()
        )

    def seal_file(self, content: bytes, *, name: str) -> bytes:
        """Sealed content of one stored file, bound to its name and the school."""
        return seal(self.key, content, place=f"file|{name}|{self.school_id}")

    def open_file(self, sealed: bytes, *, name: str) -> bytes:
        """The content sealed under this name. Raises ``SealBroken`` if the file was altered or exchanged."""
        return unseal(self.key, sealed, place=f"file|{name}|{self.school_id}")

    def _place(self, table: str, column: str, row: UUID) -> str:
        return f"{table}|{column}|{self.school_id}|{row}"


def master_keys() -> dict[str, bytes]:
    """``PORTAL_MASTER_KEYS``: key id → 32 bytes; the first one wraps, all of them open."""
    keys = {name: base64.b64decode(text) for name, text in settings.PORTAL_MASTER_KEYS.items()}
    if not keys or any(len(key) != 32 for key in keys.values()):
        raise ImproperlyConfigured("PORTAL_MASTER_KEYS needs at least one key of 32 bytes (base64)")
    return keys


@dataclass(frozen=True)
class WrappedKey:
    """A random key as a table keeps it: which master key wrapped it, and the wrapped bytes."""

    master_id: str
    wrapped: bytes


def new_key(*, owner_id: UUID, subject_id: UUID) -> tuple[TripCipher, WrappedKey]:
    """A fresh key for one subject (a trip, an audit, a case), wrapped under the organisation that owns it."""
    key = AESGCM.generate_key(bit_length=256)
    master_id, master = next(iter(master_keys().items()))
    nonce = os.urandom(_WRAP_NONCE)
    wrapped = AESGCM(_tenant_key(master, owner_id)).encrypt(nonce, key, subject_id.bytes)
    return TripCipher(owner_id, subject_id, key), WrappedKey(master_id, nonce + wrapped)


def open_key(held: WrappedKey, *, owner_id: UUID, subject_id: UUID) -> TripCipher:
    """The cipher behind a wrapped key. Raises ``SealBroken`` if it was altered or moved."""
    master = master_keys().get(held.master_id)
    if master is None:
        raise ImproperlyConfigured(f"PORTAL_MASTER_KEYS lacks the key {held.master_id!r} that wrapped a key")
    tenant = AESGCM(_tenant_key(master, owner_id))
    try:
        key = tenant.decrypt(held.wrapped[:_WRAP_NONCE], held.wrapped[_WRAP_NONCE:], subject_id.bytes)
    except InvalidTag as error:
        raise SealBroken(f"wrapped key altered or moved: {subject_id}") from error
    return TripCipher(owner_id, subject_id, key)


def create_trip_key(*, school_id: UUID, trip_id: UUID) -> TripCipher:
    """Make and store the key of a new trip, wrapped under its tenant."""
    cipher, held = new_key(owner_id=school_id, subject_id=trip_id)
    TripKey.objects.create(school_id=school_id, trip_id=trip_id, master_id=held.master_id, wrapped=held.wrapped)
    return cipher


def cipher_for(trip_id: UUID) -> TripCipher:
    """The cipher of a trip in view of the present scope. Raises ``KeyDestroyed`` after erasure."""
    return cipher_from(TripKey.objects.get(trip_id=trip_id))


def cipher_from(row: TripKey) -> TripCipher:
    """Unwrap one stored key."""
    if row.wrapped is None:
        raise KeyDestroyed(str(row.trip_id))
    return open_key(WrappedKey(row.master_id, bytes(row.wrapped)), owner_id=row.school_id, subject_id=row.trip_id)


def _tenant_key(master: bytes, school_id: UUID) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"wataridori tenant " + school_id.bytes).derive(master)
