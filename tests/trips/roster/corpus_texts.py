"""Corpus 38–46: text files in every coding, cut in every way."""

from __future__ import annotations

from tests.trips.roster.builders import csv_text, table
from tests.trips.roster.case import Case

_TEXT = csv_text(table())
_RARE = csv_text(
    [
        ["氏名", "ふりがな"],
        ["𠮷田　葵", "よしだ　あおい"],
        ["葛󠄀城　蓮", "かつらぎ　れん"],
        ["髙橋　結", "たかはし　ゆい"],
    ]
)


def _broken_in_the_middle() -> bytes:
    lines = _TEXT.encode("utf-8").split(b"\r\n")
    return b"\r\n".join([*lines[:2], lines[2][:12] + b"\xff\xfe" + lines[2][12:], *lines[3:]])


def _unclosed_quote() -> bytes:
    return (_TEXT + '2,3,1,"閉じない　名前,' + "あ,い,う\r\n" * 400_000).encode("utf-8")


CASES = (
    Case(number=38, title="cp932 with 髙﨑", build=lambda: _TEXT.encode("cp932"), filename="名簿.csv", kept=3),
    Case(
        number=38,
        title="EUC-JP",
        build=lambda: csv_text([["氏名", "性別"], ["高橋　花子", "女"]]).encode("euc_jp"),
        filename="名簿.csv",
        kept=1,
    ),
    Case(
        number=38,
        title="ISO-2022-JP",
        build=lambda: csv_text([["氏名", "性別"], ["高橋　花子", "女"]]).encode("iso2022_jp"),
        filename="名簿.csv",
        kept=1,
    ),
    Case(number=39, title="UTF-8 with mark", build=lambda: _TEXT.encode("utf-8-sig"), filename="名簿.csv", kept=3),
    Case(number=39, title="UTF-8 without", build=lambda: _TEXT.encode("utf-8"), filename="名簿.csv", kept=3),
    Case(number=40, title="UTF-16 with mark", build=lambda: _TEXT.encode("utf-16"), filename="名簿.csv", kept=3),
    Case(number=40, title="UTF-16 LE without", build=lambda: _TEXT.encode("utf-16-le"), filename="名簿.csv", kept=3),
    Case(number=40, title="UTF-16 BE without", build=lambda: _TEXT.encode("utf-16-be"), filename="名簿.csv", kept=3),
    Case(
        number=41,
        title="bytes that are no text",
        build=_broken_in_the_middle,
        filename="名簿.csv",
        refused="bytes_broken",
        says=("3行目",),
    ),
    Case(
        number=42,
        title="𠮷 and 葛 with a selector",
        build=lambda: _RARE.encode("utf-8-sig"),
        filename="名簿.csv",
        kept=3,
    ),
    Case(
        number=43,
        title="line breaks and quotes inside cells",
        build=lambda: '氏名,アレルギー\r\n"髙橋　""花""子","卵\r\nそば"\r\n山﨑　翔太,なし\r\n'.encode(),
        filename="名簿.csv",
        kept=2,
    ),
    Case(
        number=44,
        title="quote that never closes, 5 MB",
        build=_unclosed_quote,
        filename="名簿.csv",
        refused="quote_unclosed",
        says=("5行目",),
    ),
    Case(
        number=45,
        title="semicolons",
        build=lambda: csv_text(table(), delimiter=";").encode(),
        filename="名簿.csv",
        kept=3,
    ),
    Case(
        number=45, title="tabs", build=lambda: csv_text(table(), delimiter="\t").encode(), filename="名簿.tsv", kept=3
    ),
    Case(
        number=46, title="one line of 50 MB", build=lambda: b"x" * 50_000_000, filename="名簿.csv", refused="too_large"
    ),
    Case(
        number=46,
        title="one line of 9 MB",
        build=lambda: b"x" * 9_000_000,
        filename="名簿.csv",
        refused="line_too_long",
    ),
    Case(
        number=46,
        title="one line of 9 MB in commas",
        build=lambda: b"x," * 4_500_000,
        filename="名簿.csv",
        refused="too_many_columns",
    ),
)
