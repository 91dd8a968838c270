"""The sheets of each mission: its own duty officer's page, then its legs, nights and visits, none on two sets."""

from __future__ import annotations

import html
import re

import pytest

from mofa_requests.documents.districts import districts
from mofa_requests.documents.entries import gather_entries
from mofa_requests.documents.html import draw
from mofa_requests.documents.mission_sets import missions_sheet
from mofa_requests.documents.packet import TITLES, build_packet, packet_input
from portal.dossier.types import Dossier
from tests.documents.cases import numbered, specimen, specimen_names
from tests.kit.pdf.paper import pages_of, plain


def sets_of(dossier: Dossier) -> list[str]:
    """The text of each set, in order."""
    sheet = missions_sheet(dossier, entries=gather_entries(dossier))
    body = draw("missions.html", sheet | {"part_title": TITLES["missions"]})
    return [plain(html.unescape(re.sub(r"<[^>]*>", "", part))) for part in body.split('<div class="mission-set">')[1:]]


@pytest.mark.parametrize("name", specimen_names())
def test_each_leg_and_night_stands_on_exactly_one_set(name: str) -> None:
    dossier = specimen(name)
    texts = sets_of(dossier)
    shares = districts(dossier)
    assert len(texts) == max(1, len(shares))
    for share, text in zip(shares, texts, strict=False):
        plan = text.partition("1便と移動")[2]
        legs, rest = plan.split("2宿泊先", maxsplit=1)
        assert legs.count("日本時間") == (1 if share.legs else 0)
        assert all(plain(leg.number or "") in legs for leg in share.legs)
        assert all(plain(stay.name or "") in rest and plain(stay.address or "") in rest for stay in share.stays)
        others = [leg.number for other in shares if other is not share for leg in other.legs]
        mine = {leg.number for leg in share.legs}
        assert not [number for number in others if number and number not in mine and plain(number) in legs]


def test_local_agent_of_the_missions_country_is_called() -> None:
    singapore, malaysia = sets_of(specimen("singapore_malaysia"))
    assert "MihonTravelSingapore(見本)昼" in singapore
    assert "RejiPelancongan" not in singapore
    assert "MihonTravelSingapore(見本)昼" not in malaysia


def test_a_set_begins_on_a_new_sheet_with_the_duty_officers_page() -> None:
    packet = build_packet(packet_input(numbered(specimen("singapore_malaysia"))))
    part = next(part for part in packet.parts if part.key == "missions")
    pages = [plain(text) for text in pages_of(packet.pdf)][part.first_page - 1 :][: part.pages]
    duty = [number for number, text in enumerate(pages) if "だれに電話するか" in text]
    assert duty[0] == 0
    assert len(duty) == 2
    assert all("受け持つ行程" in pages[number + 1] for number in duty)


def test_empty_plan_has_one_set_that_says_so() -> None:
    (text,) = sets_of(Dossier())
    assert "受け持つ公館未記入用" in text
    assert "この公館が受け持つ便はありません" in text


def test_what_no_mission_looks_after_has_a_set_of_its_own() -> None:
    *_, rest = sets_of(specimen("defects_all"))
    assert rest.startswith("在外公館別票受け持つ公館未記入用")
    assert "見本ソウルホテル" in rest
