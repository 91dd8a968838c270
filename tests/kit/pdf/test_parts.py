"""Pieces laid out warm and kept: what is laid out again, and that the result does not depend on what was kept."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

import pikepdf
import pytest

from portal.kit.pdf import Caps, PartSource, Progress, RenderError, Running
from portal.kit.pdf.frames import how_far
from portal.kit.pdf.marks import CUT, NUMBER, PART, TOTAL, count_of
from portal.kit.pdf.parts import Kept, print_pieces
from portal.kit.pdf.press import Printed
from portal.kit.pdf.warm import Answer, Batch, WarmRenderer
from tests.kit.pdf.paper import pages_of, plain, text_of

RUNNING = Running(
    f'<div class="sheet"><p>{PART} {NUMBER}/{TOTAL}</p></div>',
    "@page{size:A4} body{margin:0} .sheet{break-after:page;height:20mm} .sheet:last-child{break-after:auto}",
)
STYLE = "@page{size:A4;margin:30mm} .new{break-before:page}"
HEAVY = "<table>" + "<tr><td>髙﨑</td><td>あ</td></tr>" * 8_000 + "</table>"


class Counting(WarmRenderer):
    """Remembers how many pieces it was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[int] = []

    def ask(self, batches: Sequence[Batch], *, caps: Caps, **more: Any) -> list[Answer]:
        self.asked.append(sum(len(batch.bodies) for batch in batches))
        return super().ask(batches, caps=caps, **more)


@pytest.fixture(scope="module")
def renderer() -> Iterator[Counting]:
    warm = Counting()
    yield warm
    warm.stop()


def parts(**bodies: str) -> list[PartSource]:
    return [PartSource(key, key.upper(), body) for key, body in bodies.items()]


def printed(renderer: WarmRenderer, kept: Kept, caps: Caps | None = None, **bodies: str) -> Printed:
    return print_pieces(
        parts(**bodies), title="t", style=STYLE, running=RUNNING, caps=caps, kept=kept, renderer=renderer
    )


def test_only_what_changed_is_laid_out_again(renderer: Counting) -> None:
    kept = Kept()
    bodies = {"a": "<p>甲</p>", "b": f"<p>乙</p>{CUT}<p class='new'>丙</p>", "c": "<p>丁</p>"}
    printed(renderer, kept, **bodies)
    renderer.asked.clear()
    printed(renderer, kept, **bodies)
    assert renderer.asked == []
    changed = printed(renderer, kept, **(bodies | {"b": f"<p>乙</p>{CUT}<p class='new'>戊</p>"}))
    assert renderer.asked == [1, 0], "one of four pieces, and a face that draws a new character; no running lines"
    assert [plain(page)[-1] for page in pages_of(changed.pdf)] != []
    assert "戊" in text_of(changed.pdf)
    assert "丙" not in text_of(changed.pdf)


def test_face_is_cut_again_only_for_new_characters(renderer: Counting) -> None:
    kept = Kept()
    printed(renderer, kept, a="<p>甲乙</p>")
    renderer.asked.clear()
    printed(renderer, kept, a="<p>乙甲</p>")
    assert renderer.asked == [1]


def test_each_face_is_in_the_file_once(renderer: Counting) -> None:
    ours = "<p style=\"font-family:'BIZ UDGothic'\">甲 𠮷</p>"
    done = printed(renderer, Kept(), a=ours, b=ours + "<p>乙 𠮷</p>", c="<p>丙</p>")
    with pikepdf.open(io.BytesIO(done.pdf)) as document:
        holders = [each for each in document.objects if isinstance(each, pikepdf.Dictionary)]
        programs = [(each, key) for each in holders for key in ("/FontFile2", "/FontFile3") if key in each]
        sizes = {str(holder.FontName): len(holder[key].read_bytes()) for holder, key in programs}
    assert len(sizes) == len(programs) > 1
    assert min(sizes.values()) > 500


def test_result_does_not_depend_on_what_was_kept(renderer: Counting) -> None:
    first = {"a": "<p>甲</p>" * 50, "b": "<p>乙</p>"}
    second = first | {"b": "<p>丙 1234</p>"}
    kept = Kept()
    printed(renderer, kept, **first)
    assert printed(renderer, kept, **second).pdf == printed(renderer, Kept(), **second).pdf


def test_counts_settle_and_stand_on_paper(renderer: Counting) -> None:
    front = f"<p>{count_of('front')}+{count_of('back')}</p>"
    done = printed(renderer, Kept(), front=front, back="<p class='new'>x</p>" * 3)
    assert done.page_counts == (1, 3)
    assert "1+3" in plain(pages_of(done.pdf)[0])
    assert "BACK4/4" in plain(pages_of(done.pdf)[3])


def test_wrong_guess_is_mended(renderer: Counting) -> None:
    kept = Kept()
    front = f"<p>{count_of('back')}枚</p>"
    printed(renderer, kept, front=front, back="<p>x</p>")
    grown = printed(renderer, kept, front=front, back="<p class='new'>x</p>" * 4)
    assert grown.page_counts == (1, 4)
    assert "4枚" in text_of(grown.pdf)
    assert len(pages_of(grown.pdf)) == 5


def test_characters_without_a_face_are_told_from_kept_pieces_too(renderer: Counting) -> None:
    kept = Kept()
    for _ in range(2):
        assert printed(renderer, kept, a="<p>\U0002fffc</p>", b="<p>y</p>").missing == {"\U0002fffc"}


def test_cap_of_time_names_the_part(renderer: Counting) -> None:
    with pytest.raises(RenderError, match="「HEAVY」を1秒以内に"):
        printed(renderer, Kept(), Caps(seconds=1), heavy=HEAVY)
    assert printed(renderer, Kept(), a="<p>後</p>").page_counts == (1,), "the next job is served"


def test_cap_of_memory_names_the_part(renderer: Counting) -> None:
    with pytest.raises(RenderError, match="「HEAVY」が大きすぎて"):
        printed(renderer, Kept(), Caps(seconds=120, memory=250 << 20), heavy=HEAVY)


def test_children_fetch_nothing(renderer: Counting) -> None:
    done = printed(renderer, Kept(), a='<p>x<img src="file:///etc/passwd"><img src="data:image/png;base64,AA=="></p>')
    assert len(done.refused) == 2


def test_renderer_that_has_gone_is_started_again(renderer: Counting) -> None:
    printed(renderer, Kept(), a="<p>甲</p>")
    renderer.stop()
    assert printed(renderer, Kept(), a="<p>乙</p>").page_counts == (1,)


def test_least_used_pieces_make_room(renderer: Counting) -> None:
    kept = Kept(most=1)
    printed(renderer, kept, a="<p>甲</p>", b="<p>乙</p>")
    assert len(kept) == 1
    kept.clear()
    assert (len(kept), kept.size) == (0, 0)


def test_sayshow_far_it_is_while_it_works(renderer: Counting) -> None:
    """Sheets alone are counted, page by page: not the lines of every page, nor the part that is laid out again."""
    sheets = tuple(PartSource(f"s{n}", f"票{n}", f'<p>{n}</p><p class="new">裏</p>') for n in range(4))
    letter = PartSource("letter", "依頼書", f"<p>添付 {count_of('s1')}枚</p>")
    heard: list[Progress] = []
    printed = print_pieces(
        (letter, *sheets),
        title="進み",
        style=STYLE,
        running=RUNNING,
        kept=Kept(),
        renderer=renderer,
        watch=heard.append,
    )
    assert sum(printed.page_counts) == 9
    assert heard[-1] == Progress(5, 5, 9)
    assert {each.total for each in heard} == {5}
    assert [each.done for each in heard] == sorted(each.done for each in heard)
    assert {4, 5} <= {each.done for each in heard}, "the letter comes last: it counts the others"
    assert max(each.pages for each in heard) == 9


def test_word_of_a_child_is_its_last_line_and_never_a_file() -> None:
    assert how_far(b'{"piece": 0, "pages": 0, "lengths": []}\n{"piece": 2, "pages": 5, "lengths": []}\n') == (2, 5)
    assert how_far(b'{"counts": [1], "lengths": [9]}\n%PDF-1.7\n') is None
    assert how_far(b"x" * 4_000 + b'\n{"piece": 2, "pages": 5, "lengths": []}\n') is None
    assert how_far(b"") is None
