"""``render_dossier`` as an officer types it: no server, no environment, exit codes and plain sentences."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from PIL import Image

from tests.documents.cases import SPECIMENS
from tests.kit.pdf import paper

ROOT = SPECIMENS.parents[2]


def test_renders_with_no_environment_and_no_server(tmp_path: Path) -> None:
    out = tmp_path / "packet.pdf"
    done = subprocess.run(
        [sys.executable, ROOT / "manage.py", "render_dossier", SPECIMENS / "hawaii.json", "--out", out],
        env={"PATH": "/usr/bin:/bin"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert f"{len(paper.pages_of(out.read_bytes()))}枚 照合符号 " in done.stdout
    assert "緊急連絡体制表: " in done.stdout


def test_character_without_a_face_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "trip.json"
    source.write_text('{"schema_version": "1", "school": {"name": "見本\U0002fffc高校"}}', encoding="utf-8")
    call_command("render_dossier", str(source), out=tmp_path / "packet.pdf")
    assert "文字 U+2FFFC を印字できるフォントがありません: 学校 › 学校名" in capsys.readouterr().err


@pytest.mark.parametrize("content", ["", "{", '{"school": {"nmae": "x"}}'])
def test_no_dossier_exits_two_and_names_the_file(
    tmp_path: Path, content: str, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "trip.json"
    source.write_text(content, encoding="utf-8")
    with pytest.raises(SystemExit) as stopped:
        call_command("render_dossier", str(source), out=tmp_path / "packet.pdf")
    assert stopped.value.code == 2
    assert "trip.json: 旅行のファイルとして読めません" in capsys.readouterr().err
    assert not (tmp_path / "packet.pdf").exists()


def test_place_that_cannot_be_written_exits_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        call_command("render_dossier", str(SPECIMENS / "defects_all.json"), out=tmp_path / "no/packet.pdf")
    assert stopped.value.code == 1
    assert "別の場所を --out などで指定してください" in capsys.readouterr().err


def test_fax_files_are_written_beside_the_packet(tmp_path: Path) -> None:
    places = {name: tmp_path / f"{name}.tif" for name in ("fax", "fax_standard")}
    call_command("render_dossier", str(SPECIMENS / "korea_ferry.json"), out=tmp_path / "packet.pdf", **places)
    sheets = len(paper.pages_of((tmp_path / "packet.pdf").read_bytes()))
    for name, rows in (("fax", 2292), ("fax_standard", 1146)):
        with Image.open(places[name]) as image:
            assert (image.n_frames, image.size, image.info["compression"]) == (sheets, (1728, rows), "group4")


def test_one_sheet_alone_is_previewed_without_a_seal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "sheet.pdf"
    call_command("render_dossier", str(SPECIMENS / "hawaii.json"), out=out, sheet="duty")
    (page,) = paper.pages_of(out.read_bytes())
    assert "緊急対応票 1枚(確認用。封印はありません)" in capsys.readouterr().out
    assert "だれに電話するか" in page
    call_command("render_dossier", str(SPECIMENS / "hawaii.json"), out=out, sheet="letter")
    assert "計画書―枚" in paper.text_of(out.read_bytes())
    assert b"wataridori-packet" not in out.read_bytes()
