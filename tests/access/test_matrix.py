"""Nobody reads what is not theirs: every route, method and hand, against real objects of own, near and far tenants."""

from __future__ import annotations

import pytest

from tests.access.cells import CALLERS, chosen
from tests.access.lands import Lands
from tests.access.matrix import Matrix

pytestmark = pytest.mark.django_db
# Two halves, each on lands of its own: the whole of it is the longest part of a proof.
HALVES = [pytest.param(c, marks=pytest.mark.xdist_group(f"access{n % 2}")) for n, c in enumerate(CALLERS)]


@pytest.mark.parametrize("caller", HALVES)
def test_each_caller_reads_what_is_theirs_and_nothing_else(lands: Lands, caller: str) -> None:
    matrix = Matrix(lands)
    faults = [fault for cell in chosen(caller) if (fault := matrix.fault(cell))]
    assert faults == []
