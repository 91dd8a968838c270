"""Hostile text in every field: it stays text. Nothing is fetched, read, attached or run, and a hang ends by name."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pytest

from mofa_requests.documents import html
from mofa_requests.documents.packet import build_packet, packet_input, packet_parts
from portal.dossier.types import Dossier
from portal.kit.pdf import Caps, RenderError, Running, press
from portal.kit.pdf.verify import verify
from tests.documents.cases import grown, marked, specimen
from tests.sizes import size

FILE, WEB = "file:///etc/passwd", "http://127.0.0.1:9/x"
# The vectors of the render child's own test and the text corpus, each short enough for a field of 60 characters.
VECTORS = (
    f'<img src="{FILE}">',
    f'<img src="{WEB}">',
    '"><img src="data:image/svg+xml,<svg/>">',
    f'</td><link rel="attachment" href="{FILE}">',
    f'<link rel="stylesheet" href="{WEB}">',
    f'<a rel="attachment" href="{FILE}">x</a>',
    f'<object data="{FILE}"></object>',
    f'<embed src="{FILE}">',
    f'<iframe src="{WEB}"></iframe>',
    f'<svg><use href="{WEB}#a"/></svg>',
    f"</style><style>@import '{FILE}';</style>",
    f"<style>p::before{{content:url({FILE})}}</style>",
    f'<p style="background:url({WEB})">x</p>',
    '<base href="file:///etc/"><img src="passwd">',
    "<script>alert(1)</script><img onerror=alert(1)>",
    "{{ 7|add:7 }}{% load x %}${7*7}",
    "<!--pages:*--><!--n--><!--cut-->",
    "javascript:alert(1) data:text/html,x 'OR 1=1--",
)
TURNS = size(2, proof=len(VECTORS))


def hostile(turn: int) -> Dossier:
    """A dossier whose every free text is a vector, each field another one in each turn."""
    whole = marked()[0].model_dump(mode="json")
    count = 0

    def fill(value: Any) -> Any:
        nonlocal count
        if isinstance(value, dict):
            return {name: fill(member) for name, member in value.items()}
        if isinstance(value, list):
            return [fill(member) for member in value]
        if isinstance(value, str) and value.startswith("印"):
            count += 1
            return VECTORS[(count + turn) % len(VECTORS)]
        return value

    filled = Dossier.model_validate(fill(whole))
    assert count > 100
    return filled


@pytest.mark.parametrize("turn", range(TURNS))
def test_nothing_in_any_field_reaches_outside(turn: int) -> None:
    parts = packet_parts(packet_input(hostile(turn)))
    running = Running("<p style='break-after: page'>1</p>", html.style("running.css"))
    laid = press.print_parts(parts, title=VECTORS[turn], style=html.style("packet.css", "duty.css"), running=running)
    assert laid.refused == ()
    with pikepdf.open(io.BytesIO(laid.pdf)) as document:
        dictionaries = [each for each in document.objects if isinstance(each, pikepdf.Dictionary | pikepdf.Stream)]
        assert not document.attachments
        assert {"/URI", "/Launch", "/JavaScript", "/GoToR"}.isdisjoint(str(each.get("/S")) for each in dictionaries)
        assert not [each for each in dictionaries if each.get("/Subtype") in {"/Image", "/Link", "/FileAttachment"}]


def test_hostile_text_is_printed_as_it_was_typed() -> None:
    packet = build_packet(packet_input(hostile(0)))
    verdict = verify(packet.pdf)
    assert (verdict.intact, verdict.missing) == (True, ())
    with pikepdf.open(io.BytesIO(packet.pdf)) as document:
        assert set(document.attachments) == {"packet.json", "manifest.json"}


def test_hang_ends_at_its_cap_and_names_sheet_and_field() -> None:
    long = specimen().model_copy(update={"late_filing_reason": "が\u0301\u0302" * 1300})
    with pytest.raises(RenderError, match=r"書類の「.+」を2秒以内に") as caught:
        build_packet(packet_input(grown(long, to=5000)), caps=Caps(seconds=2), tagged=True)
    assert "長い欄: " in str(caught.value)
    assert "(3,900字)" in str(caught.value)
    assert "\u0301" not in str(caught.value), "the field is named, its text is not quoted"
