"""Characters of names and addresses: drawn by a face that has them, read back as they were typed, or named before."""

from __future__ import annotations

import dataclasses
import html
import io
import unicodedata

import pikepdf
import pytest

from portal.kit.pdf import PartSource, Printed, press
from portal.kit.pdf.coverage import undrawable, undrawable_sequences
from portal.kit.pdf.reading import page_texts, plain
from portal.kit.pdf.verify import verify
from tests.kit.pdf import paper, sealing
from tests.sizes import PROOF

# Old forms of 人名用漢字 (戸籍法施行規則 別表第二 二), and forms that families keep.
OF_NAMES = (
    "亞惡爲逸榮衞謁圓緣薗應櫻奧橫溫價禍悔海壞懷樂渴卷陷寬漢氣祈器僞戲虛峽狹響曉勤謹駈勳薰惠揭鷄藝擊縣儉劍"
    "險圈檢顯驗嚴廣恆黃國黑穀碎雜祉視兒濕實社者煮壽收臭從澁獸縱祝暑署緖諸敍將祥涉燒奬條狀乘淨剩疊孃讓釀神"
    "眞寢愼盡粹醉穗瀨齊靜攝節專戰纖禪祖壯爭莊搜巢曾裝僧層瘦騷增憎藏贈臟卽帶滯瀧單嘆團彈晝鑄著廳徵聽懲鎭轉"
    "傳都嶋燈盜稻德突難拜盃賣梅髮拔繁晚卑祕碑賓敏冨侮福拂佛勉步峯墨飜每萬默埜彌藥與搖樣謠來賴覽欄龍虜凉綠"
    "淚壘類禮曆歷練鍊郞朗廊錄"
)
ADDRESSES = {
    "hangul": "서울특별시 중구 을지로 30 롯데호텔",
    "thai": "โรงแรมโอเรียนเต็ล 48 ถนนเจริญกรุง กรุงเทพมหานคร",
    "vietnamese": "Khách sạn Đường Nguyễn Huệ, Quận 1, Thừa Thiên–Huế",
    "arabic": "فندق المدينة شارع الملك فيصل",
    "devanagari": "होटल दिल्ली",
    "chinese": "北京市东城区建国门内大街骨直",
    "latin": "Hôtel Škoda, Łódź, Ñandú, Þórsgata, İstanbul",
    "cyrillic": "гостиница Москва",
    "greek": "Ξενοδοχείο Αθήνα",
    "half_width_kana": "ｶﾄｳ ﾊﾙﾄ ﾊﾞﾋﾟ ｷﾞｭｳﾆｭｳ ﾍﾟｰｼﾞ｡",
    "extension_b": "𠮷野 𡈽屋 𣘺本 𠮟 𩸽 𠀋 𪘂 𢦏",
    "compatibility": "神福靖羽都塚晴祥諸逸隆﨑﨔髙",
    "enclosed": "①㈱㊞℡№ Ⅻ ㎡",
    "dashes": "03‑52 —–−～〜ー―",
}
# Their letters join, stack or run from the right.
SHAPED = ("arabic", "devanagari")
SEQUENCES = ("葛\U000e0100", "葛\U000e0101", "邉\U000e0101", "邉\U000e0111", "辻\U000e0100", "祇\U000e0100")
LINE = 40


def jis_x_0213() -> list[str]:
    """Every character of both planes, from Python's own table of the standard (and JIS X 0212 where it reaches)."""
    found = []
    for lead in (b"", b"\x8f"):
        for row in range(0xA1, 0xFF):
            for cell in range(0xA1, 0xFF):
                try:
                    found.append((lead + bytes((row, cell))).decode("euc_jis_2004"))
                except UnicodeDecodeError:
                    continue
    return found


def drawn(lines: list[str]) -> Printed:
    body = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
    style = sealing.STYLE + " p { margin: 0; white-space: pre }"
    return press.print_parts((PartSource("a", "氏名", body),), title="x", style=style, running=sealing.RUNNING)


def notdef_fonts(pdf: bytes) -> int:
    """How many embedded fonts were asked for a glyph they lack: the layout gives those a map of their own."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        streams = [each for each in document.objects if isinstance(each, pikepdf.Stream)]
        return sum(stream.get("/CMapName") == "/WP-Encod-0" for stream in streams)


def test_every_character_of_the_standard_is_drawn_and_read_back() -> None:
    every = [char for char in jis_x_0213() if not unicodedata.combining(char[0])]
    every = every if PROOF else every[::3]
    lines = ["".join(every[at : at + LINE]) for at in range(0, len(every), LINE)]
    assert len(every) > 3500
    assert undrawable("".join(every)) == set()
    done = drawn(lines)
    text = plain("".join(page_texts(done.pdf)))
    assert (done.missing, notdef_fonts(done.pdf)) == (frozenset(), 0)
    assert [line for line in lines if plain(line) not in text] == []


def test_names_and_addresses_are_drawn_and_read_back() -> None:
    plainly = [text for script, text in ADDRESSES.items() if script not in SHAPED]
    lines = [OF_NAMES[at : at + LINE] for at in range(0, len(OF_NAMES), LINE)] + plainly
    done = drawn(lines)
    assert undrawable("".join(lines)) == set()
    assert (done.missing, notdef_fonts(done.pdf)) == (frozenset(), 0)
    for text in (plain("".join(page_texts(done.pdf))), plain(paper.text_of(done.pdf))):
        assert [line for line in lines if plain(line) not in text] == []


def test_shaped_scripts_are_drawn_and_checked_letter_by_letter() -> None:
    """Readers give their lines in the order of the eye or of the voice; the letters are the same, and none is lost."""
    parts = tuple(PartSource(script, script, f"<p>{ADDRESSES[script]} 48</p>") for script in SHAPED)
    laid = press.print_parts(parts, title="x", style=sealing.STYLE, running=sealing.RUNNING)
    other = tuple(dataclasses.replace(part, body=part.body.replace(part.body[4], part.body[6])) for part in parts)
    assert laid.missing == frozenset()
    for printed, equal in ((parts, True), (other, False)):
        pdf = sealing.finish(laid.pdf, printed, laid.page_counts, running=sealing.RUNNING, title="x", key=sealing.KEY)
        assert verify(pdf).text_equals_data is equal


def test_variation_sequences_are_drawn_in_a_face_that_has_them() -> None:
    done = drawn([f"{sequence}　{sequence[0]}" for sequence in SEQUENCES])
    assert undrawable_sequences("".join(SEQUENCES)) == set()
    assert (done.missing, notdef_fonts(done.pdf)) == (frozenset(), 0)
    shapes = sealing.press.fonts.SEQUENCE_FACES
    assert {sealing.press.fonts.face_of_sequence(*sequence) for sequence in SEQUENCES} <= set(shapes)


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        ("渡\ue000邉", {"\ue000"}),
        ("\U0002fffc", {"\U0002fffc"}),
        ("\u0378", {"\u0378"}),
        ("髙﨑\u200b\n\t\U000e0100\u202e", set()),
        ("", set()),
    ],
)
def test_what_no_face_has_is_known_before_laying_out(text: str, lacking: set[str]) -> None:
    assert undrawable(text) == lacking


def test_before_and_after_agree() -> None:
    """What the fonts are said to lack is what the finished page lacks."""
    text = "渡\ue000邉 \U0002fffc \u0378 \U0001f600 𠮷 ①"
    done = drawn([text])
    assert done.missing == undrawable(text)
    assert notdef_fonts(done.pdf) > 0


def test_lost_sequence_is_named_with_its_base() -> None:
    assert undrawable_sequences("山\U000e01ef田葛\U000e0100") == {"山\U000e01ef"}
