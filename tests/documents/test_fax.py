"""The packet after a fax: digits as they were typed, Japanese no worse than the reader is on the paper itself."""

from __future__ import annotations

import functools
import io
from collections import Counter

import pytest
from PIL import Image

from mofa_requests.documents.packet import Packet, build_packet, packet_input
from portal.kit.pdf.fax import FINE, STANDARD, WIDTH, Resolution, fax_file
from tests.documents.cases import numbered, specimen, specimen_names
from tests.documents.faxing import KINDS, PAPER, Spot, digits, figures, lost, read, read_together, spots
from tests.kit.pdf import sealing
from tests.sizes import PROOF, size

SAMPLE = specimen_names() if PROOF else ["korea_ferry"]
MOST_LINES = size(45, proof=10_000)
# Enlargements to read at, by what is read: where the first two readings differ, most of all five count. None of them
# knows the answer.
_FIGURES = (255, 408, 357, 204, 459)
ENLARGED = {"phone": _FIGURES, "flight": _FIGURES, "date": (306, 255, 408, 204, 459)}
# Percent of characters that may be lost beside what the reader loses on the paper.
FINE_MAY_LOSE, STANDARD_MAY_LOSE = 1.0, 3.0


@functools.cache
def built(name: str) -> Packet:
    return build_packet(packet_input(numbered(specimen(name))))


def distinct(pdf: bytes, *kinds: str) -> list[Spot]:
    """One spot of each text in each size, in the order of ``kinds``."""
    found = {(spot.kind, spot.text, spot.height): spot for spot in spots(pdf, kinds=kinds)}
    return sorted(found.values(), key=lambda spot: kinds.index(spot.kind))


def telephones(name: str) -> set[str]:
    """The digits of every telephone that the dossier names for its day and night, as far as it is one."""
    dossier = specimen(name)
    reached = (*dossier.stays, *dossier.missions, *dossier.agents, *dossier.policies, *dossier.hosts, dossier.school)
    typed = [each.phone for each in reached] + [dossier.leader.mobile, dossier.conductor.mobile]
    typed += [contact.night_phone for contact in dossier.home_contacts]
    return {digits(phone) for phone in typed if phone and KINDS["phone"].fullmatch(phone)}


def read_digits(pdf: bytes, wanted: list[Spot], resolution: Resolution) -> list[str]:
    """The digits that arrive at each spot; ``wanted`` is sorted by kind."""
    kinds = {kind: [spot for spot in wanted if spot.kind == kind] for kind in ENLARGED}
    return [text for kind, own in kinds.items() for text in _voted(pdf, own, resolution, ENLARGED[kind])]


def _voted(pdf: bytes, wanted: list[Spot], resolution: Resolution, squares: tuple[int, ...]) -> list[str]:
    first, second = (_digits_at(square, pdf, wanted, resolution) for square in squares[:2])
    unsure = [n for n in range(len(wanted)) if first[n] != second[n]]
    more = [_digits_at(square, pdf, [wanted[n] for n in unsure], resolution) for square in squares[2:]]
    for n, *others in zip(unsure, *more, strict=True):
        first[n] = Counter([first[n], second[n], *others]).most_common(1)[0][0]
    return first


def _digits_at(square: int, pdf: bytes, wanted: list[Spot], resolution: Resolution) -> list[str]:
    return [digits(text) for text in read(pdf, wanted, resolution=resolution, square=square)]


@functools.cache
def lines(name: str) -> list[Spot]:
    return distinct(built(name).pdf, "japanese")[:MOST_LINES]


@functools.cache
def lines_read(resolution: Resolution) -> dict[str, list[str]]:
    """What is read of each dossier's lines; most of them stand on every packet, so all are read together."""
    packets = ((built(name).pdf, lines(name)) for name in SAMPLE)
    return dict(zip(SAMPLE, read_together(packets, resolution=resolution), strict=True))


@pytest.mark.parametrize(("resolution", "rows"), [(FINE, 2292), (STANDARD, 1146)])
def test_file_is_what_a_fax_server_takes(resolution: Resolution, rows: int) -> None:
    packet = built(SAMPLE[0])
    with Image.open(io.BytesIO(fax_file(packet.pdf, resolution=resolution))) as image:
        assert image.n_frames == packet.pages
        for page in range(packet.pages):
            image.seek(page)
            tags = image.tag_v2
            assert (image.mode, image.size) == ("1", (WIDTH, rows))
            assert (image.info["compression"], image.info["dpi"]) == ("group4", (resolution.across, resolution.down))
            assert (tags[262], tags[278]) == (0, rows), "white is zero, one strip a page"
            assert image.getpixel((0, 0)) == 255


def test_same_packet_same_fax() -> None:
    assert fax_file(sealing.unsigned_packet()) == fax_file(sealing.unsigned_packet())


@pytest.mark.ocr
@pytest.mark.xdist_group("figures of a fax")
@pytest.mark.parametrize("resolution", [FINE, STANDARD], ids=["fine", "standard"])
@pytest.mark.parametrize("name", SAMPLE)
def test_telephones_dates_and_flights_arrive_to_the_digit(name: str, resolution: Resolution) -> None:
    pdf = built(name).pdf
    wanted = distinct(pdf, *ENLARGED)
    got = read_digits(pdf, wanted, resolution)
    dialled = {digits(spot.text) for spot in wanted if spot.kind == "phone"}
    assert dialled
    assert telephones(name) <= dialled
    wrong = [(spot.text, text) for spot, text in zip(wanted, got, strict=True) if figures(spot) != text]
    assert wrong == []


@pytest.mark.ocr
@pytest.mark.xdist_group("lines of a fax")
@pytest.mark.parametrize("name", SAMPLE)
def test_japanese_loses_little_beside_the_paper(name: str) -> None:
    texts = [spot.text for spot in lines(name)]
    assert len(texts) > 40
    paper, fine, standard = (lost(texts, lines_read(each)[name]) for each in (PAPER, FINE, STANDARD))
    assert fine - paper <= FINE_MAY_LOSE
    assert standard - paper <= STANDARD_MAY_LOSE
