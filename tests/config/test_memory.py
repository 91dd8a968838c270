"""The web process keeps what it loaded out of the collector's way, and still collects what requests leave behind."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from portal.config.memory import YOUNG, set_aside


class Ring:
    """Something that only the collector can take away."""

    def __init__(self) -> None:
        self.self = self


@pytest.fixture
def collector() -> Iterator[None]:
    """The collector of the test process, as it was, afterwards."""
    before, was_set_aside = gc.get_threshold(), gc.get_freeze_count() > 0
    gc.unfreeze()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)
    if was_set_aside:
        gc.freeze()


def test_what_is_loaded_is_left_out_and_what_follows_is_collected(collector: None) -> None:
    set_aside()
    assert gc.get_freeze_count() > 10_000
    assert gc.get_threshold()[0] == YOUNG
    left = weakref.ref(Ring())
    gc.collect()
    assert left() is None
