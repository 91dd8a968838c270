"""Who may seal a packet, and whose seals are believed: Ed25519 keys by authority and date, and the file they stand in.

Not here: sealing (seal), where a secret is kept (settings). A key file holds public halves only.
"""

from __future__ import annotations

import base64
import binascii
import dataclasses
import datetime as dt
import itertools
import json
from collections.abc import Iterable
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

FORMAT = "wataridori-keys/1"
SECRET_LENGTH = 32
MOST_OF_A_NAME = 200


class KeyFileError(ValueError):
    """A key file or secret that cannot be read; the message says what is wrong and never quotes a secret."""


@dataclasses.dataclass(frozen=True)
class PublicKey:
    """The public half (64 hexadecimal digits) of one authority's key and the letters' dates it seals, both included."""

    authority: str
    key: str
    since: dt.date
    until: dt.date | None = None

    def covers(self, on: dt.date) -> bool:
        return self.since <= on and (self.until is None or on <= self.until)


@dataclasses.dataclass(frozen=True)
class Signer:
    """One authority with its private half, for letters dated ``on``."""

    authority: str
    on: dt.date
    private: Ed25519PrivateKey = dataclasses.field(repr=False)

    @property
    def key(self) -> str:
        return self.private.public_key().public_bytes_raw().hex()


@dataclasses.dataclass(frozen=True)
class Secret:
    """What all keys of one span of dates are derived from; 32 bytes."""

    since: dt.date
    value: bytes = dataclasses.field(repr=False)


def parse_secrets(text: str) -> tuple[Secret, ...]:
    """``2026-04-01:base64[,2027-04-01:base64…]``: each secret seals letters dated from its day on; oldest first."""
    pairs = [item.strip().partition(":") for item in text.split(",") if item.strip()]
    secrets = sorted((_secret(day, value) for day, _, value in pairs), key=lambda each: each.since)
    if len({each.since for each in secrets}) < len(secrets):
        raise KeyFileError("同じ日から使う署名の鍵が二つあります")
    return tuple(secrets)


def _secret(day: str, value: str) -> Secret:
    try:
        secret = Secret(dt.date.fromisoformat(day), base64.b64decode(value, validate=True))
    except (ValueError, binascii.Error):
        raise KeyFileError("署名の鍵は 2026-04-01:base64 の形で並べてください") from None
    if len(secret.value) != SECRET_LENGTH:
        raise KeyFileError(f"署名の鍵({day}から)が{SECRET_LENGTH}バイトではありません")
    return secret


def signer_of(authority: str, *, identity: str, secrets: Iterable[Secret], on: dt.date | None) -> Signer | None:
    """The signer for a letter dated ``on``: the newest secret of that day; None without a date or a secret.

    ``identity`` tells authorities apart (two may share a name); one secret gives each of them a key of its own.
    """
    valid = [secret for secret in secrets if on is not None and secret.since <= on]
    if on is None or not valid:
        return None
    return Signer(authority[:MOST_OF_A_NAME], on, _private(valid[-1], identity))


def identity_of_name(name: str) -> str:
    """The identity of a body that is known by its name alone: never that of an organisation of the portal, whose id
    somebody might write for a name.
    """
    return f"name {name}"


def public_keys_of(authority: str, *, identity: str, secrets: Iterable[Secret]) -> tuple[PublicKey, ...]:
    """All keys of an authority; each ends on the day before the next begins."""
    secrets = tuple(secrets)
    ends = [after.since - dt.timedelta(days=1) for after in secrets[1:]]
    return tuple(
        PublicKey(authority[:MOST_OF_A_NAME], _public_half(secret, identity), secret.since, until)
        for secret, until in itertools.zip_longest(secrets, ends)
    )


def _public_half(secret: Secret, identity: str) -> str:
    return _private(secret, identity).public_key().public_bytes_raw().hex()


def _private(secret: Secret, identity: str) -> Ed25519PrivateKey:
    info = b"wataridori packet signature " + identity.encode()
    return Ed25519PrivateKey.from_private_bytes(HKDF(SHA256(), 32, None, info).derive(secret.value))


def key_file(keys: Iterable[PublicKey]) -> dict[str, Any]:
    """The key file as JSON; what ``read_key_file`` reads."""
    listed = [
        {
            "authority": each.authority,
            "key": each.key,
            "since": each.since.isoformat(),
            "until": each.until and each.until.isoformat(),
        }
        for each in keys
    ]
    return {"format": FORMAT, "keys": listed}


def read_key_file(content: bytes) -> tuple[PublicKey, ...]:
    """Every key of a key file. Raises ``KeyFileError``: a file that is half right is believed in nothing."""
    try:
        read = json.loads(content)
        if read["format"] != FORMAT:
            raise KeyFileError(f"鍵ファイルの書式が {FORMAT} ではありません")
        return tuple(_public_key(entry) for entry in read["keys"])
    except (ValueError, KeyError, TypeError) as error:
        if isinstance(error, KeyFileError):
            raise
        raise KeyFileError("鍵ファイルとして読めません。公開鍵のファイル(JSON)を指定してください") from error


def _public_key(entry: dict[str, Any]) -> PublicKey:
    if len(bytes.fromhex(entry["key"])) != 32 or entry["key"] != entry["key"].lower():
        raise KeyFileError("鍵ファイルに64桁の16進数ではない公開鍵があります")
    until = entry.get("until")
    return PublicKey(
        str(entry["authority"]),
        entry["key"],
        dt.date.fromisoformat(entry["since"]),
        dt.date.fromisoformat(until) if until else None,
    )
