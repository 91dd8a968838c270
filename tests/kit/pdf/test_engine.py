"""What we lean on beside WeasyPrint's public names: pages are those of the stock engine, and a face is found again."""

from __future__ import annotations

import os
import subprocess
import sys

from portal.kit.pdf import fonts, press

# In a process of its own, as the renderer's: the fonts are those of our own configuration.
CODE = """
import sys
from weasyprint import CSS, HTML
from weasyprint.html import UA_STYLESHEET
from weasyprint.text.fonts import FontConfiguration
from portal.kit.pdf import engine
from portal.kit.pdf.fonts import STACK
BODY = '''<h1>緊急連絡体制表</h1><p>甲<br>乙 <b>太字</b></p><table><thead><tr><th>氏名<th>年齢</thead>
<tr><td>髙橋 𠮷<td>17<tr><td>﨑山<td>16</table><pre>a  b\\n c</pre><p hidden>x</p><svg width="9pt" height="9pt"
viewBox="0 0 9 9"><path d="M0 0H9" stroke="#000"/></svg>'''
SHEET = CSS(string='html{font-family:' + STACK +
            '}@page{size:A4}table{border-collapse:collapse}td,th{border:1pt solid}')
faces = FontConfiguration()
def drawn(kind):
    return kind(string=BODY).render(stylesheets=[SHEET], font_config=faces)
mode = sys.argv[1]
if mode == 'same':
    assert drawn(HTML).write_pdf() == drawn(engine.Paper).write_pdf()
    slim, rules = engine._sheet(), UA_STYLESHEET.matcher.other_selectors
    dropped = {rule[engine._PSEUDO] for rule in rules} - {rule[3] for rule in slim.matcher.other_selectors}
    assert dropped == engine.OF_EVERY_ELEMENT, dropped
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


def test_face_left_out_is_cut_to_the_very_program_of_the_stock_engine() -> None:
    ends("cut")


def test_face_that_the_host_lost_is_an_error() -> None:
    ends("gone")
