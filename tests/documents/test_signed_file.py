"""From a dossier file to a signed packet and back, as somebody types it; the environment alone holds the key."""

from __future__ import annotations

import base64
import subprocess
import sys
from pathlib import Path

import pytest

from portal.kit.pdf.keys import identity_of_name, parse_secrets, public_keys_of
from tests.documents.cases import SPECIMENS, numbered, specimen
from tests.kit.pdf.sealing import AUTHORITY

ROOT = SPECIMENS.parents[2]
KEY = f"2026-04-01:{base64.b64encode(bytes(range(32))).decode()}"

LATE_KEY = KEY.replace("2026", "2126")
BAD_KEY = "2026-04-01:c2VjcmV0"


def typed(folder: Path, *arguments: str, key: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, ROOT / "manage.py", *arguments],
        env={"PATH": "/usr/bin:/bin"} | ({"PORTAL_PACKET_KEYS": key} if key else {}),
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    dossier = numbered(specimen("korea_ferry"))
    (tmp_path / "trip.json").write_text(dossier.model_dump_json(exclude_none=True), encoding="utf-8")
    return tmp_path


def test_signed_verified_and_altered(folder: Path) -> None:
    made = typed(folder, "render_dossier", "trip.json", "--out", "packet.pdf", "--sign-as", AUTHORITY, key=KEY)
    assert (made.returncode, made.stderr) == (0, "")
    assert f"電子署名: {AUTHORITY}" in made.stdout
    (folder / "keys.json").write_text(typed(folder, "packet_keys", AUTHORITY, key=KEY).stdout, encoding="utf-8")
    judged = typed(folder, "verify_packet", "packet.pdf", "--keys", "keys.json")
    assert judged.returncode == 0
    assert f"signer: {AUTHORITY}" in judged.stdout
    packet = bytearray((folder / "packet.pdf").read_bytes())
    packet[len(packet) // 2] ^= 1
    (folder / "packet.pdf").write_bytes(packet)
    assert typed(folder, "verify_packet", "packet.pdf", "--keys", "keys.json").returncode == 1


def test_file_alone_gets_no_signature_and_no_other_body_gives_one(folder: Path) -> None:
    plain = typed(folder, "render_dossier", "trip.json", "--out", "packet.pdf", "--sheet", "letter", key=KEY)
    assert plain.returncode == 0
    other = typed(folder, "render_dossier", "trip.json", "--out", "other.pdf", "--sign-as", "別の機関", key=KEY)
    assert other.returncode == 1
    assert f"依頼書の発信機関は「{AUTHORITY}」です" in other.stderr
    assert not (folder / "other.pdf").exists()
    early = typed(folder, "render_dossier", "trip.json", "--out", "other.pdf", "--sign-as", AUTHORITY, key=LATE_KEY)
    assert early.returncode == 1
    assert "文書日付に使える署名の鍵がありません" in early.stderr


def test_name_that_looks_like_an_organisation_is_not_signed_with_its_key() -> None:
    secrets, org = parse_secrets(KEY), "01931f9e-0000-7000-8000-000000000001"
    by_name = public_keys_of(org, identity=identity_of_name(org), secrets=secrets)
    assert {each.key for each in by_name}.isdisjoint(
        each.key for each in public_keys_of("見本県教育委員会", identity=org, secrets=secrets)
    )


def test_bad_key_is_said_and_nothing_is_written(folder: Path) -> None:
    made = typed(folder, "render_dossier", "trip.json", "--out", "packet.pdf", "--sign-as", AUTHORITY, key=BAD_KEY)
    assert made.returncode == 1
    assert "PORTAL_PACKET_KEYS を使えません" in made.stderr
    assert "c2VjcmV0" not in made.stderr
    assert not (folder / "packet.pdf").exists()
    assert typed(folder, "packet_keys", AUTHORITY).returncode == 2
