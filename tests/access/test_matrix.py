"""Nobody reads what is not theirs: every route, method and hand, against real objects of own, near and far tenants."""

from __future__ import annotations

import pytest

from tests.access.cells import CALLERS, chosen
from tests.access.lands import Lands
from tests.access.matrix import Matrix
from tests.sizes import size

pytestmark = pytest.mark.django_db
# The whole of it is the longest part of a proof: there in two halves, each on lands of its own.
GROUPS = size(1, proof=2)
ALL = [pytest.param(c, marks=pytest.mark.xdist_group(f"access{n % GROUPS}")) for n, c in enumerate(CALLERS)]


@pytest.mark.parametrize("caller", ALL)
def test_each_caller_reads_what_is_theirs_and_nothing_else(lands: Lands, caller: str) -> None:
    matrix = Matrix(lands)
    faults = [fault for cell in chosen(caller) if (fault := matrix.fault(cell))]
    assert faults == []
