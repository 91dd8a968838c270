"""Sealed files: written whole, opened only whole, and gone after their day."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage

from portal.kit import clock
from portal.vault.files import UPLOADS, FileLost, fetch, keep, purge
from portal.vault.keyring import TripCipher

CONTENT = "髙橋,𠮷子,葛󠄁城".encode()


@pytest.fixture
def cipher(settings: object, tmp_path: Path) -> TripCipher:
    settings.MEDIA_ROOT = str(tmp_path)  # type: ignore[attr-defined]
    return TripCipher(uuid4(), uuid4(), os.urandom(32))


def test_a_file_comes_back_as_it_was_and_is_unreadable_on_disk(cipher: TripCipher, tmp_path: Path) -> None:
    sha256 = keep(CONTENT, name="packets/a.sealed", cipher=cipher)
    assert fetch(name="packets/a.sealed", sha256=sha256, cipher=cipher) == CONTENT
    assert "髙橋".encode() not in (tmp_path / "packets" / "a.sealed").read_bytes()


def test_a_changed_exchanged_or_missing_file_is_never_given_out(cipher: TripCipher, tmp_path: Path) -> None:
    sha256 = keep(CONTENT, name="packets/a.sealed", cipher=cipher)
    keep(b"another", name="packets/b.sealed", cipher=cipher)
    (tmp_path / "packets" / "a.sealed").write_bytes((tmp_path / "packets" / "b.sealed").read_bytes())
    with pytest.raises(FileLost):
        fetch(name="packets/a.sealed", sha256=sha256, cipher=cipher)
    with pytest.raises(FileLost):
        fetch(name="packets/gone.sealed", sha256=sha256, cipher=cipher)


def test_old_uploads_go_and_fresh_ones_stay(cipher: TripCipher, tmp_path: Path) -> None:
    for name in ("old", "fresh"):
        keep(CONTENT, name=f"{UPLOADS}/trip/{name}", cipher=cipher)
    keep(CONTENT, name="packets/old", cipher=cipher)
    yesterday = (clock.now() - dt.timedelta(days=2)).timestamp()
    for path in (tmp_path / UPLOADS / "trip" / "old", tmp_path / "packets" / "old"):
        os.utime(path, (yesterday, yesterday))
    assert purge(UPLOADS, older_than=clock.now() - dt.timedelta(days=1)) == 1
    assert default_storage.exists(f"{UPLOADS}/trip/fresh")
    assert not default_storage.exists(f"{UPLOADS}/trip/old")
    assert default_storage.exists("packets/old")
    assert purge("nothing-here", older_than=clock.now()) == 0
