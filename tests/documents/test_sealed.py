"""The finished packet: its data is what it prints and nothing else, and who signed stands on every page."""

from __future__ import annotations

import datetime as dt
import functools
import io
import json
import re
from typing import Any

import pikepdf
import pytest

from mofa_requests.documents.held_back import HELD_BACK
from mofa_requests.documents.packet import Packet, build_packet, packet_input, packet_key
from mofa_requests.documents.roster import roster_form
from mofa_requests.documents.values import short_day
from portal.dossier.types import Dossier, Edition
from portal.kit.era import era_date
from portal.kit.pdf.data import NAME, texts_of
from portal.kit.pdf.keys import Signer
from portal.kit.pdf.reading import plain
from portal.kit.pdf.verify import Verdict, verify
from portal.lawbook.edition import RosterForm
from tests.documents.cases import marked, numbered, specimen, specimen_names
from tests.kit.pdf import paper, sealing
from tests.sizes import PROOF

SAMPLE = specimen_names() if PROOF else ["australia_homestay_40", "late_vietnam"]
# References and the keys they use are printed as names; codes of countries and zones as their names.
PRINTED_AS_NAMES = re.compile(
    r"(\.key|\.groups|\.leader|\.participant|\.guests|\.group|\.insured|country|zone|nationality|strong_in)$"
)


def data_of(pdf: bytes) -> dict[str, Any]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        read: dict[str, Any] = json.loads(document.attachments[NAME].get_file().read_bytes())
    return read


def words(data: dict[str, Any]) -> str:
    return plain("\n".join(texts_of([data["every_page"], [sheet["blocks"] for sheet in data["sheets"]]])))


@functools.cache
def built(name: str, signer: Signer | None = None) -> Packet:
    return build_packet(packet_input(numbered(specimen(name)), signer=signer))


@pytest.fixture(scope="module")
def marked_words() -> str:
    return words(data_of(build_packet(packet_input(marked()[0])).pdf))


def stands(value: Any, text: str) -> bool:
    match value:
        case dt.datetime():
            return plain(short_day(value.date())) in text and f"{value:%H:%M}" in text
        case dt.date():
            return plain(short_day(value)) in text or plain(era_date(value, weekday=False)) in text
        case dt.time():
            return f"{value:%H:%M}" in text
        case int():
            return f"{value:,}" in text or f"第{value}版" in text
        case _:
            return plain(str(value)) in text


def test_data_hold_every_printed_property_and_nothing_held_back(marked_words: str) -> None:
    skipped = {"destinations.danger_level", "destinations.infection_level"}
    leaves = {path: value for path, value in marked()[1].items() if not PRINTED_AS_NAMES.search(path)}
    wrong = [
        path
        for path, value in leaves.items()
        if path not in skipped and stands(value, marked_words) is (path in HELD_BACK)
    ]
    assert len(leaves) > 150
    assert wrong == []


@pytest.mark.parametrize("edition", [edition for edition in Edition if edition is not Edition.Y2003])
def test_data_hold_no_pupil_where_the_paper_names_none(edition: Edition) -> None:
    dossier = numbered(specimen("korea_ferry")).model_copy(update={"edition": edition})
    assert roster_form(dossier) is not RosterForm.NAMED
    kept = words(data_of(build_packet(packet_input(dossier)).pdf))
    kanas = [person.kana for person in dossier.participants if person.role.value == "student" and person.kana]
    assert kanas
    assert [kana for kana in kanas if plain(kana) in kept] == []


@pytest.mark.parametrize("name", SAMPLE)
def test_specimen_is_intact_and_says_what_its_data_say(name: str) -> None:
    packet = built(name)
    verdict = verify(packet.pdf)
    assert (verdict.intact, verdict.signed, verdict.missing, verdict.key) == (True, False, (), packet.key)


def test_every_text_of_the_paper_is_in_the_data() -> None:
    """The other way round: no line of the paper is missing from the data."""
    packet = built("australia_homestay_40")
    kept = words(data_of(packet.pdf))
    lines = [plain(line) for page in paper.pages_of(packet.pdf) for line in page.splitlines()]
    pieces = [piece for line in lines for piece in re.split(r"\d+/\d+$", line)]
    titles = {plain(part.title) for part in packet.parts}
    lost = [piece for piece in pieces if piece not in kept and piece not in titles and not _is_joined(piece, kept)]
    assert lost == []


def _is_joined(line: str, kept: str) -> bool:
    """Whether a line of the paper is two or more neighbouring texts of the data, as cells of a row are."""
    while line:
        head = next((end for end in range(len(line), 0, -1) if line[:end] in kept), 0)
        if not head:
            return False
        line = line[head:]
    return True


def test_paper_without_a_key_says_so_on_every_page() -> None:
    packet = built("korea_ferry")
    assert all("署名なし" in text for text in paper.pages_of(packet.pdf))
    assert not verify(packet.pdf, keys=sealing.keys()).genuine


def test_signed_paper_names_the_signer_on_every_page() -> None:
    packet = built("korea_ferry", sealing.signer())
    verdict = verify(packet.pdf, keys=sealing.keys())
    assert (verdict.genuine, verdict.signer, verdict.key) == (True, sealing.AUTHORITY, packet.key)
    for text in paper.pages_of(packet.pdf):
        assert plain(f"電子署名 {sealing.AUTHORITY} 鍵 {sealing.signer().key[:8]}") in plain(text)
        assert "署名なし" not in text


def test_signer_is_an_input_of_the_packet() -> None:
    dossier = numbered(specimen("korea_ferry"))
    signers = (None, sealing.signer(), sealing.signer(identity="org-2"))
    assert len({packet_key(packet_input(dossier, signer=signer)) for signer in signers}) == len(signers)


def test_draft_is_never_signed() -> None:
    source = packet_input(specimen("draft_new_zealand"), signer=sealing.signer())
    assert source.signer is None
    assert verify(build_packet(source).pdf).signed is False


def test_empty_plan_is_a_packet_too() -> None:
    verdict = verify(build_packet(packet_input(Dossier())).pdf)
    assert verdict == Verdict(packet=True, intact=True, key=packet_key(packet_input(Dossier())), text_equals_data=True)
