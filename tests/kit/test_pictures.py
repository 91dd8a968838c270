"""A picture becomes black dots and nothing else, or is refused by name; what is sent never runs in our process."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from portal.kit.pictures import Bitmap, PictureRefused, draw_ink, to_bitmap

MOST = 240


def picture(
    *, size: int = 400, kind: str = "PNG", ink: str = "#d7003a", paper: str = "white", mode: str = "RGB"
) -> bytes:
    """A square frame with a cross, as a seal might be scanned."""
    image = Image.new(mode, (size, size), paper)
    pen = ImageDraw.Draw(image)
    pen.rectangle((size // 8, size // 8, size * 7 // 8, size * 7 // 8), outline=ink, width=size // 20)
    pen.line((size // 8, size // 2, size * 7 // 8, size // 2), fill=ink, width=size // 20)
    out = io.BytesIO()
    image.save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_red_ink_becomes_black_dots_cut_to_its_edges(kind: str) -> None:
    bitmap = to_bitmap(picture(kind=kind), most=MOST)
    assert max(bitmap.width, bitmap.height) == MOST
    top = int.from_bytes(bitmap.rows[: (bitmap.width + 7) // 8])
    assert top, "the frame itself is the edge"
    assert Bitmap.read(bitmap.write()) == bitmap


def test_transparent_paper_is_white() -> None:
    clear = draw_ink(picture(mode="RGBA", paper="#00000000"), most=MOST)
    assert clear == draw_ink(picture(), most=MOST)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"%PDF-1.7", "kind"),
        (b"", "kind"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "kind"),
        (picture()[:-200], "kind"),
        (picture(size=40), "small"),
        (picture(ink="white"), "empty"),
        (picture(paper="black"), "dark"),
        (picture() + b"x" * (5 << 20), "large"),
    ],
    ids=["pdf", "nothing", "svg", "cut off", "small", "empty", "dark", "large"],
)
def test_what_is_no_seal_is_refused_by_name(content: bytes, fault: str) -> None:
    with pytest.raises(PictureRefused) as refused:
        to_bitmap(content, most=MOST)
    assert refused.value.fault == fault


def test_bomb_of_pixels_is_refused_before_it_is_unpacked() -> None:
    out = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")
    with pytest.raises(PictureRefused) as refused:
        to_bitmap(out.getvalue(), most=MOST)
    assert refused.value.fault == "large"


@given(st.integers(1, 40), st.integers(1, 12), st.data())
def test_rectangles_cover_the_dots_exactly(width: int, height: int, data: st.DataObject) -> None:
    wide = (width + 7) // 8
    rows = [data.draw(st.integers(0, 2**width - 1)) << (wide * 8 - width) for _ in range(height)]
    bitmap = Bitmap(width, height, b"".join(row.to_bytes(wide) for row in rows))
    drawn = [[0] * width for _ in range(height)]
    for x, y, across, down in bitmap.rectangles():
        for row in range(y, y + down):
            for column in range(x, x + across):
                drawn[row][column] += 1
    wanted = [[row >> (wide * 8 - 1 - column) & 1 for column in range(width)] for row in rows]
    assert drawn == wanted


@pytest.mark.parametrize("content", [b"", b"P4\n0 3\n", b"P4\n9 1\n\0", b"P5\n8 1\n\0"])
def test_file_that_is_no_bitmap_is_not_read(content: bytes) -> None:
    with pytest.raises(ValueError, match="bitmap"):
        Bitmap.read(content)
