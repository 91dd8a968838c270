"""The letterhead on paper: lines below the name, the seal in its place dot by dot, the paper as whole as before."""

from __future__ import annotations

import dataclasses
import io

import pytest
from PIL import Image

from mofa_requests.documents.letterhead import DOTS, Head, draw_seal
from mofa_requests.documents.packet import Packet, build_packet, packet_input, packet_key
from portal.dossier.types import Dossier
from portal.kit.pdf.fax import FINE, fax_file
from portal.kit.pdf.verify import verify
from portal.kit.pictures import Bitmap, draw_ink
from tests.documents.cases import numbered, specimen
from tests.kit.pdf import paper
from tests.kit.test_pictures import picture

HEAD = Head("見本市見本町1番地\n電話 00-0000-0000(代表)", draw_ink(picture(size=600), most=DOTS))


def with_seal(dossier: Dossier) -> Dossier:
    letter = dossier.request.letter.model_copy(update={"seal_omitted": False})
    return dossier.model_copy(update={"request": dossier.request.model_copy(update={"letter": letter})})


@pytest.fixture(scope="module")
def sealed() -> Packet:
    return build_packet(packet_input(with_seal(numbered(specimen())), head=HEAD))


def test_lines_stand_below_the_name_and_the_stamp_has_no_place(sealed: Packet) -> None:
    assert sealed.parts[0].pages == 1, "two lines and a seal fit"
    first = paper.plain(paper.pages_of(sealed.pdf)[0])
    assert "見本市見本町1番地電話00-0000-0000(代表)" in first
    assert "公印" not in first


def test_file_is_still_whole_and_says_what_it_prints(sealed: Packet) -> None:
    verdict = verify(sealed.pdf)
    assert verdict.intact
    assert verdict.text_equals_data


def test_fax_shows_the_seal_in_black(sealed: Packet) -> None:
    """Right of the sender, 24 mm wide: the frame of the seal is a run of black dots longer than any letter has."""
    with Image.open(io.BytesIO(fax_file(sealed.pdf, resolution=FINE))) as page:
        dots = page.convert("1").point(lambda light: 255 - light)
        across = dots.width / 210
        corner = dots.crop((int(165 * across), 0, int(196 * across), dots.height // 3))
        widest = max(
            len(run) for y in range(corner.height) for run in _row(corner, y).replace("0", " ").split() or [""]
        )
    assert widest > 20 * across


def _row(image: Image.Image, y: int) -> str:
    return "".join("1" if image.getpixel((x, y)) else "0" for x in range(image.width))


def test_omitted_seal_is_not_drawn() -> None:
    source = packet_input(numbered(specimen()), head=HEAD)
    assert "公印省略" in paper.text_of(build_packet(source).pdf)


def test_key_changes_with_anything_that_prints() -> None:
    source = packet_input(numbered(specimen()), head=HEAD)
    others = [None, dataclasses.replace(HEAD, text=""), dataclasses.replace(HEAD, seal=None)]
    keys = {packet_key(dataclasses.replace(source, head=head)) for head in (HEAD, *others)}
    assert len(keys) == 4


def test_drawing_has_the_size_of_a_seal_and_no_text_of_others() -> None:
    drawn = draw_seal(Bitmap(16, 8, bytes([0xFF, 0x81] * 8)))
    assert 'width="24.00mm" height="12.00mm"' in drawn
    assert drawn.count("M") == 2
