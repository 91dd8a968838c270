"""Sealed files in private storage: written whole or not at all, opened only with the trip's cipher."""

from __future__ import annotations

import datetime as dt

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from portal.kit.digest import sha256_hex
from portal.vault.keyring import TripCipher
from portal.vault.seal import SealBroken

UPLOADS = "uploads"
"""Where files wait that people sent and nobody has applied yet."""


class FileLost(Exception):
    """The stored file is missing or is not what the ledger says; it must be made again."""


def keep(content: bytes, *, name: str, cipher: TripCipher) -> str:
    """Seal and store ``content`` under ``name``; returns its sha256. A name already stored is written anew."""
    if default_storage.exists(name):
        default_storage.delete(name)
    stored = default_storage.save(name, ContentFile(cipher.seal_file(content, name=name)))
    if stored != name:
        default_storage.delete(stored)
        raise FileLost(f"another writer holds {name}")
    return sha256_hex(content)


def fetch(*, name: str, sha256: str, cipher: TripCipher) -> bytes:
    """The opened content, checked against its digest. Raises ``FileLost``."""
    try:
        with default_storage.open(name) as stored:
            content = cipher.open_file(stored.read(), name=name)
    except (FileNotFoundError, SealBroken) as error:
        raise FileLost(name) from error
    if sha256_hex(content) != sha256:
        raise FileLost(name)
    return content


def purge(folder: str, *, older_than: dt.datetime) -> int:
    """Delete every file below ``folder`` last written before ``older_than``; how many went."""
    gone = 0
    folders, names = default_storage.listdir(folder) if default_storage.exists(folder) else ([], [])
    for name in names:
        path = f"{folder}/{name}"
        if default_storage.get_modified_time(path) < older_than:
            default_storage.delete(path)
            gone += 1
    return gone + sum(purge(f"{folder}/{inner}", older_than=older_than) for inner in folders)
