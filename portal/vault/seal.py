"""Authenticated encryption of single values: AES-256-GCM, bound to the place where the value lives.

Here: seal and open bytes with a given key. Not here: which key (``keyring``), which columns (models).
A tampered, moved or planted value raises ``SealBroken``; ``""`` and ``"0"`` are values like any other.
"""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_FORMAT = b"\x01"
_NONCE = 12


class SealBroken(Exception):
    """The stored bytes are not what was sealed for this place with this key."""


def seal(key: bytes, value: bytes, *, place: str) -> bytes:
    """Encrypt ``value`` for ``place``: ``table|column|tenant|row``. Output: format, nonce, ciphertext with tag."""
    nonce = os.urandom(_NONCE)
    return _FORMAT + nonce + AESGCM(key).encrypt(nonce, value, place.encode())


def unseal(key: bytes, sealed: bytes, *, place: str) -> bytes:
    """Decrypt what ``seal`` made for the same key and place, or raise ``SealBroken``."""
    stored = bytes(sealed)
    if stored[:1] != _FORMAT or len(stored) < 1 + _NONCE + 16:
        raise SealBroken(f"not a sealed value at {place}")
    try:
        return AESGCM(key).decrypt(stored[1 : 1 + _NONCE], stored[1 + _NONCE :], place.encode())
    except InvalidTag as error:
        raise SealBroken(f"sealed value altered or moved: {place}") from error
