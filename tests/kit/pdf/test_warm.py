"""The renderer at rest: what it learns and whom it has stand by changes no byte and outlives nobody."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import psutil
import pytest

from portal.kit.pdf import Caps, PartSource, Running
from portal.kit.pdf.parts import Kept, print_pieces
from portal.kit.pdf.warm import MOST_KNOWN, Batch, WarmRenderer
from portal.kit.pdf.zygote import STANDING_BY

STYLE = "@page{size:A4;margin:30mm} .tel{font-weight:bold} td{border:.5pt solid black}"
BODY = '<p class="tel">髙﨑 03-0000-0000</p><table><tr><td>葛\U000e0100飾</td><td>𠮷</td></tr></table>'
RUNNING = Running('<p class="sheet">案</p>', "@page{size:A4} .sheet{height:20mm}")


@pytest.fixture
def renderer() -> Iterator[WarmRenderer]:
    warm = WarmRenderer()
    yield warm
    warm.stop()


def drawn(renderer: WarmRenderer, body: str = BODY) -> bytes:
    return print_pieces(
        [PartSource("a", "票", body)], title="t", style=STYLE, running=RUNNING, kept=Kept(), renderer=renderer
    ).pdf


def standing_by(renderer: WarmRenderer) -> list[psutil.Process]:
    """The children, as soon as all of them are there."""
    head = psutil.Process(renderer.pid)
    while len(children := head.children()) < STANDING_BY:
        os.sched_yield()
    return children


def test_rest_changes_no_byte(renderer: WarmRenderer) -> None:
    first = drawn(renderer)
    standing_by(renderer)
    assert drawn(renderer) == first, "by children that stood by"
    standing_by(renderer)
    assert drawn(renderer) == first, "with styles that were learnt"


def test_child_that_died_while_it_stood_by_is_replaced(renderer: WarmRenderer) -> None:
    first = drawn(renderer)
    for child in standing_by(renderer):
        child.send_signal(signal.SIGKILL)
        while child.status() != psutil.STATUS_ZOMBIE:
            os.sched_yield()
    assert drawn(renderer) == first


def test_nobody_stands_by_for_a_renderer_that_has_gone(renderer: WarmRenderer) -> None:
    drawn(renderer)
    children = standing_by(renderer)
    psutil.Process(renderer.pid).send_signal(signal.SIGKILL)
    gone, alive = psutil.wait_procs(children, timeout=20)
    assert (len(gone), alive) == (STANDING_BY, [])
    assert drawn(renderer), "and another one is started"


def test_same_kind_of_sheet_is_learnt_once_and_only_for_a_later_document(renderer: WarmRenderer) -> None:
    asked: list[int] = []
    write = renderer._exchange

    def remember(*arguments: object, **more: object) -> object:
        asked.append(len(renderer._to_learn))
        return write(*arguments, **more)  # type: ignore[arg-type]

    renderer._exchange = remember  # type: ignore[method-assign,assignment]
    drawn(renderer)
    assert set(asked) == {0}, "a renderer of one document learns nothing"
    drawn(renderer, BODY.replace("髙﨑", "徳川"))
    assert sum(asked) == 2, "the sheet and its running lines, with the next question"
    asked.clear()
    drawn(renderer, BODY.replace("髙﨑", "大岡"))
    assert sum(asked) == 0


def test_sheets_without_number_do_not_fill_the_renderer(renderer: WarmRenderer) -> None:
    renderer.learn((STYLE, f'<p class="c{number}">x</p>') for number in range(MOST_KNOWN + 500))
    assert len(renderer._known) == len(renderer._to_learn) == MOST_KNOWN


def test_learning_is_left_out_while_somebody_waits(renderer: WarmRenderer) -> None:
    with renderer._lock:
        renderer.learn([(STYLE, BODY)])
    assert renderer._to_learn == []
    assert renderer.ask([Batch(STYLE, (BODY,))], caps=Caps())[0].laid[0].pages == 1
