"""Canonical JSON and its sha256: equal values give equal bytes, on every machine and in every year.

Not here: salting personal data (portal.dossier.privacy), hashing files for storage.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any


def canonical_json(value: Any) -> bytes:
    """JSON ``value`` as bytes: UTF-8, keys sorted by code point, no spaces, nothing escaped that need not be.

    Raises ``TypeError`` for what JSON has no form for (dates, tuples are lists, keys must be text), ``ValueError``
    for NaN, infinities and half surrogate pairs.
    """
    _refuse_other_keys(value)
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8")


def digest_of(value: Any) -> str:
    """sha256 of the canonical JSON, 64 hexadecimal digits."""
    return sha256_hex(canonical_json(value))


def sha256_hex(content: bytes) -> str:
    """sha256 of bytes, 64 hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def in_fours(digest: str) -> str:
    """The first twelve digits as paper shows them to be compared by eye (照合符号)."""
    return f"{digest[:4]} {digest[4:8]} {digest[8:12]}"


def _refuse_other_keys(value: Any) -> None:
    """``json`` writes the keys 1, True and "1" alike; two different values would get one digest."""
    if isinstance(value, dict):
        for key, member in value.items():
            if not isinstance(key, str):
                raise TypeError(f"keys must be text, not {type(key).__name__}")
            _refuse_other_keys(member)
    elif isinstance(value, list | tuple):
        for member in value:
            _refuse_other_keys(member)
