"""The stress test on paper, for the principal and the parents' meeting. Not here: the figures (stress_shown)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext

from portal.dossier.types import Dossier
from portal.kit import clock
from portal.kit.pdf import PartSource, Running, print_parts
from portal.kit.pdf.fonts import STACK

_FOLDER = Path(settings.BASE_DIR) / "templates" / "insurance"


def sheet_style() -> str:
    """The look of every sheet of insurance."""
    return f"html{{font-family:{STACK}}}\n{(_FOLDER / 'sheet.css').read_text(encoding='utf-8')}"


def stress_sheet(dossier: Dossier, shown: Mapping[str, Any]) -> bytes:
    """The PDF of one stress test, in the language of the page."""
    title = gettext("大事故の費用と保険の試算")
    context = {**shown, "dossier": dossier, "on": clock.today(), "title": title}
    style = sheet_style()
    body = render_to_string("insurance/sheet.html", context)
    running = Running(render_to_string("insurance/sheet_running.html", context), style)
    return print_parts([PartSource("stress", title, body)], title=title, style=style, running=running).pdf
