"""The lines on every page of JCSOS's papers: a long name stands whole on two lines, and a short one on one."""

from __future__ import annotations

import pytest

from jcsos.documents.paper import running_lines
from portal.kit.pdf import PartSource, print_parts
from tests.kit.pdf.paper import pages_of, plain

SHORT = "見本学園高等学校"
LONG = "学校法人見本学園 見本学園高等学校附属国際コミュニケーション中等教育学校 髙﨑キャンパス"


@pytest.mark.parametrize(("school", "lines"), [(SHORT, 1), (LONG, 2)])
def test_head_says_whose_it_is_in_full(school: str, lines: int) -> None:
    running = running_lines(
        whose=school, title="安全配慮の記録", number="T-2026-0001", revision="第12版", key="0" * 64, demo=True
    )
    assert ('class="head long"' in running.body) is (lines == 2)
    (page,) = pages_of(print_parts([PartSource("one", "記録", "<p>本文</p>")], title="", style="", running=running).pdf)
    head = plain(page)
    assert plain(school) in head
    assert "安全配慮の記録" in head
    assert "第12版" in head
