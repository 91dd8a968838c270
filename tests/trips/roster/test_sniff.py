"""Containers, character codes and shown names are judged by the bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.trips.roster.builders import workbook
from trips.roster.refusals import FileRefused
from trips.roster.sniff import Container, detect_encoding, display_name, sniff

_ROSTER = "学年,組,氏名\r\n2,1,髙橋　花子\r\n2,1,山﨑　翔太\r\n"


@pytest.mark.parametrize(
    ("encoding", "expected"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("cp932", "cp932"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)
def test_finds_the_coding_of_a_roster(encoding: str, expected: str) -> None:
    found = detect_encoding(_ROSTER.encode(encoding))
    assert found == expected
    assert _ROSTER.encode(encoding).decode(found) == _ROSTER


def test_tells_euc_jp_from_cp932() -> None:
    text = "氏名,ふりがな\n渡辺　葵,わたなべ　あおい\n高橋　結,たかはし　ゆい\n"
    assert detect_encoding(text.encode("euc_jp")) == "euc_jp"
    assert detect_encoding(text.encode("cp932")) == "cp932"


def test_keeps_cp932_for_a_list_of_half_width_kana_with_headings() -> None:
    text = "氏名,ﾌﾘｶﾞﾅ\n渡辺　葵,ﾜﾀﾅﾍﾞ ｱｵｲ\n高橋　結,ﾀｶﾊｼ ﾕｲ\n"
    assert detect_encoding(text.encode("cp932")) == "cp932"


def test_names_the_line_of_a_broken_utf8_file() -> None:
    with pytest.raises(FileRefused) as caught:
        detect_encoding("氏名\n髙橋\n".encode() + b"\xff\xfe\n")
    assert caught.value.code == "bytes_broken"
    assert "3行目" in caught.value.explanation.message


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \r\n\x00", "empty"),
        (b"x" * (10 * 1024 * 1024 + 1), "too_large"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"\xff\xd8\xff\xe0", "picture"),
        (b"\x00\x00\x00\x18ftypheic", "picture"),
        (b"{\\rtf1 x}", "document"),
        (b"MZ\x90\x00", "program"),
        (b"\x1f\x8b\x08", "archive_other"),
        (b"\x09\x04\x06\x00\x00", "xls_too_old"),
        (b"%PDF-1.4", "pdf"),
        (b"a,b\x01c", "binary"),
        (b"<!DOCTYPE html><p>", "html"),
        (b"\xef\xbb\xbf <table><tr>", "html"),
        (b"MIME-Version: 1.0\r\n", "html"),
        (b'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?><Workbook>', "xml_2003"),
        ("<html>".encode("utf-16"), "html"),
    ],
)
def test_refuses_what_is_no_roster(data: bytes, code: str) -> None:
    with pytest.raises(FileRefused) as caught:
        sniff(data)
    assert caught.value.code == code


def test_knows_workbooks_and_text() -> None:
    assert sniff(workbook()).container is Container.ZIP
    assert sniff(_ROSTER.encode("cp932")) == (Container.TEXT, "cp932")


@given(st.text(max_size=400))
def test_shown_names_hold_no_folder_and_no_control(name: str) -> None:
    shown = display_name(name)
    assert 0 < len(shown) <= 80
    assert shown.isprintable() or "\u3000" in shown or any(char.isspace() for char in shown)
    assert "/" not in shown
    assert "\\" not in shown


def test_shortening_keeps_the_ending() -> None:
    assert display_name("名" * 300 + ".xlsx").endswith("….xlsx")
    assert display_name("../../参加者名簿.xlsx") == "参加者名簿.xlsx"
