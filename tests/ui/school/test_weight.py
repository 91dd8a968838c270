"""The school's pages on an old PC: what a first visit loads stays under 60 kB, gzipped, everything counted."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable

import pytest

from tests.factories.cast import Seat, World
from tests.ui.school.conftest import Desk
from tests.ui.weight import files_of

MOST = 60_000


@pytest.mark.parametrize("path", ["/trips/", "", "sections/home/", "roster/"])
def test_a_first_visit_is_light(here: World, desk: Callable[[World, Seat], Desk], path: str) -> None:
    mine = desk(here, here.drafter)
    page = mine.client.get(path if path.startswith("/") else mine.base + path).content.decode()
    files = files_of(page)
    assert len(files) > 8
    assert sum(len(gzip.compress(part)) for part in (page.encode(), *files)) <= MOST
    assert not re.search(r'(?:src|href)="https?://', page)
