"""What every Japanese paper of JCSOS has in common: where its templates lie, and the lines on each page.

Not here: what a single paper says (annual, report, certificate, duty_file), laying out (portal.kit.pdf).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mofa_requests.documents.html import draw, style
from mofa_requests.documents.running import DRAFT, SPECIMEN, UNSIGNED, page_lines
from portal.kit.pdf import Running


def draw_paper(name: str, sheet: Mapping[str, Any]) -> str:
    """The HTML of ``templates/jcsos/paper/<name>.html``."""
    return draw(f"{name}.html", sheet, folder="jcsos/paper")


def running_lines(
    *, whose: str, title: str, number: str, revision: str, key: str, demo: bool, draft: bool = False
) -> Running:
    """Head and foot: whose paper, which, and the digest ``key`` that tells it from others. They are unsigned."""
    flags = {SPECIMEN: demo, DRAFT: draft}
    lines = page_lines(whose, title, number, revision, key=key, seal=UNSIGNED, flags=flags)
    return Running(draw("running.html", lines), style("running.css"))
