"""What we lean on beside WeasyPrint's public names: pages are those of the stock engine, and a face is found again."""

from __future__ import annotations

import os
import subprocess
import sys

from portal.kit.pdf import fonts, press

# In a process of its own, as the renderer's: the fonts are those of our own configuration.
CODE = r"""
import sys
from weasyprint import CSS, HTML
from weasyprint.html import UA_STYLESHEET
from weasyprint.text.fonts import FontConfiguration
from portal.kit.pdf import engine, levers
from portal.kit.pdf.fonts import STACK
BODY = '''<h1>緊急連絡体制表</h1><p>甲<br>乙 <b>太字</b></p><table><thead><tr><th>氏名<th>年齢</thead>
<tr><td>髙橋 𠮷<td>17<tr><td>﨑山<td>16</table><pre>a  b\n c</pre><p hidden>x</p><svg width="9pt" height="9pt"
viewBox="0 0 9 9"><path d="M0 0H9" stroke="#000"/></svg>'''
SHEET = CSS(string='html{font-family:' + STACK +
            '}@page{size:A4}table{border-collapse:collapse}td,th{border:1pt solid}')
faces = FontConfiguration()
def drawn(kind):
    return kind(string=BODY).render(stylesheets=[SHEET], font_config=faces)
# Each of the ways that a lever has to leave to the stock engine, beside those it takes.
ROWS = ''.join(f'<tr><td>{n}</td><td>髙橋 𠮷 葛\U000e0100 ガブ</td><td class="wide">Phạm 서울 {n * 7919}</td></tr>'
               for n in range(90))
HARD = [
    '<table><thead><tr><th>番号</th><th>氏名</th><th>欄</th></tr></thead><tbody>' + ROWS + '</tbody></table>',
    '<table class="apart"><tbody>' + ROWS[:900] + '</tbody></table><p class="half"><i class="key">鍵</i>値の長い文'
    + 'です。' * 60 + '</p><p class="half"><i class="key">鍵</i><b>太</b>字 <u>下線 gyj</u> <s>取消</s></p>',
    '<p class="spread">字間 A V</p><p class="even">' + 'word 語 ' * 60 + '</p><p class="dots">' + '省略 ' * 90 + '</p>'
    '<p class="small">ﾊﾝｶｸ ｶﾞ 1/2 ffi</p><p dir="rtl" lang="ar">مدرسة 12 اليابان</p><p>\U0002fffc 欠字</p>',
    '<div class="box">枠<div class="half">半分の半分</div><span class="block">塊<br>二行</span></div>'
    '<pre>\n a\tb\n  c</pre><ul><li>項</li></ul><p>一\r\n二</p><!-- x --><p>前<!-- y -->後</p>'
    '<svg width="9pt" height="9pt" viewBox="0 0 9 9"><path d="M0 0H9" stroke="#000"/></svg>',
]
HARD_SHEET = CSS(string='html{font-family:' + STACK + '}@page{size:A4;margin:20mm}table{border-collapse:collapse;'
    'width:100%;table-layout:fixed}table.apart{border-collapse:separate}td,th{border:1pt solid;padding:1%;'
    'white-space:pre-wrap}td.wide{width:40%}.half{position:relative;width:50%;padding-left:10%}.key{position:absolute;'
    'left:0;width:9%}.spread{letter-spacing:.2em;word-spacing:1em}.even{text-align:justify}.dots{white-space:nowrap;'
    'overflow:hidden;text-overflow:ellipsis;width:40mm}.small{font-variant-caps:small-caps;font-feature-settings:"palt"}'
    '.box{box-sizing:border-box;width:80%;padding:5%;border:2pt solid}.block{display:inline-block;vertical-align:top}')
def sheet(kind, body):
    page = '<!DOCTYPE html><html lang="ja"><head><meta charset="utf-8"><title></title></head><body>%s</body></html>'
    return kind(string=page % body).render(stylesheets=[HARD_SHEET], font_config=faces).write_pdf()
mode = sys.argv[1]
if mode == 'same':
    assert drawn(HTML).write_pdf() == drawn(engine.Paper).write_pdf()
    slim, rules = engine._sheet(), UA_STYLESHEET.matcher.other_selectors
    dropped = {rule[engine._PSEUDO] for rule in rules} - {rule[3] for rule in slim.matcher.other_selectors}
    assert dropped == engine.OF_EVERY_ELEMENT, dropped
    kept = set().union(*map(engine._boxes_of, slim.page_rules))
    assert set().union(*map(engine._boxes_of, UA_STYLESHEET.page_rules)) - kept == engine.MARGIN_BOXES
if mode == 'levers':
    stock = [sheet(HTML, body) for body in HARD]
    levers.take()
    for _ in range(2):  # with nothing remembered, and with everything
        for body, as_stock in zip(HARD, stock, strict=True):
            assert sheet(engine.Paper, body) == as_stock, body[:60]
if mode == 'cut':
    stock = drawn(engine.Paper)
    stock.write_pdf()
    whole = {font.name.decode(): font.file_content for font in stock.fonts.values()}
    engine.leave_fonts_out()
    bare = drawn(engine.Paper)
    bare.write_pdf()
    uses = engine.faces_in(bare)
    assert {face['name'] for face in uses} == set(whole) and len(uses) > 2
    for face in uses:
        assert engine.cut_face(face, faces=faces) == whole[face['name']], face['name']
if mode == 'gone':
    engine.leave_fonts_out()
    face = {'name': '/AAAAAA+None', 'family': 'None', 'weight': 400, 'glyphs': [[1, 500, 'x']]}
    try:
        engine.cut_face(face, faces=faces)
    except LookupError:
        sys.exit(0)
    sys.exit(1)
"""


def ends(mode: str) -> None:
    environment = press.bare_environment() | {"FONTCONFIG_FILE": str(fonts.CONFIG), "PATH": os.environ["PATH"]}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", CODE, mode],
        cwd=press.ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_pages_are_those_of_the_stock_engine() -> None:
    ends("same")


def test_shorter_ways_lead_to_the_same_bytes() -> None:
    ends("levers")


def test_face_left_out_is_cut_to_the_very_program_of_the_stock_engine() -> None:
    ends("cut")


def test_face_that_the_host_lost_is_an_error() -> None:
    ends("gone")
