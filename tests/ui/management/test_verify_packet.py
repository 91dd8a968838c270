"""``verify_packet`` as an officer types it: no server, no environment, exit codes, four facts and a sentence."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from portal.kit.pdf import press
from portal.kit.pdf.keys import key_file
from tests.kit.pdf import sealing


def typed(folder: Path, *arguments: str | Path, given: bytes | None = None) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, press.ROOT / "manage.py", "verify_packet", *arguments],
        env={"PATH": "/usr/bin:/bin"},
        cwd=folder,
        input=given,
        capture_output=True,
        check=False,
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    packet = sealing.signed_packet()
    (tmp_path / "packet.pdf").write_bytes(packet)
    (tmp_path / "unsigned.pdf").write_bytes(sealing.unsigned_packet())
    (tmp_path / "flipped.pdf").write_bytes(packet[:5000] + bytes([packet[5000] ^ 1]) + packet[5001:])
    (tmp_path / "longer.pdf").write_bytes(packet + b"\n")
    (tmp_path / "letter.pdf").write_bytes(sealing.printed().pdf)
    (tmp_path / "keys.json").write_text(json.dumps(key_file(sealing.keys())), encoding="utf-8")
    others = sealing.keys(identity="org-2", authority="例示県教育委員会")
    (tmp_path / "others.json").write_text(json.dumps(key_file(others)), encoding="utf-8")
    return tmp_path


def test_signed_packet_with_its_key_file(folder: Path) -> None:
    done = typed(folder, "packet.pdf", "--keys", "keys.json")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "signed: yes",
        f"signer: {sealing.AUTHORITY}",
        "intact: yes",
        "text_equals_data: yes",
        "鍵ファイルの公開鍵で署名を確かめました",
    ]


def test_signed_packet_without_a_key_file(folder: Path) -> None:
    done = typed(folder, "packet.pdf")
    assert done.returncode == 0
    assert f"signer: unknown (claims {sealing.AUTHORITY})" in done.stdout
    assert "署名者を確かめられません" in done.stdout


def test_key_file_without_the_signer(folder: Path) -> None:
    done = typed(folder, "packet.pdf", "--keys", "others.json", "--json")
    shown = json.loads(done.stdout)
    assert done.returncode == 0
    assert (shown["signed"], shown["signer"], shown["intact"], shown["genuine"]) == (True, None, True, False)


def test_packet_without_a_signature_is_never_called_genuine(folder: Path) -> None:
    done = typed(folder, "unsigned.pdf", "--keys", "keys.json")
    assert done.returncode == 0
    assert done.stdout.splitlines()[:4] == [
        "signed: no",
        "signer: none (署名なし)",
        "intact: yes",
        "text_equals_data: yes",
    ]
    assert json.loads(typed(folder, "unsigned.pdf", "--json").stdout)["genuine"] is False


@pytest.mark.parametrize("name", ["flipped.pdf", "longer.pdf"])
def test_altered_packet_exits_one(folder: Path, name: str) -> None:
    done = typed(folder, name, "--keys", "keys.json")
    assert done.returncode == 1
    assert done.stdout.splitlines()[:4] == [
        "signed: no",
        "signer: none (署名なし)",
        "intact: no",
        "text_equals_data: not checked",
    ]
    assert "作られた後に変更されています" in done.stdout


@pytest.mark.parametrize(
    "arguments", [("letter.pdf",), ("keys.json",), ("no.pdf",), ("packet.pdf", "--keys", "packet.pdf")]
)
def test_no_packet_exits_two(folder: Path, arguments: tuple[str, ...]) -> None:
    assert typed(folder, *arguments).returncode == 2


def test_reads_standard_input(folder: Path) -> None:
    done = typed(folder, "-", "--keys", "keys.json", given=sealing.signed_packet())
    assert done.returncode == 0
