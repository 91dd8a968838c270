"""No false alarm: nothing is said about plans that are right, whatever their shape."""

from __future__ import annotations

import pytest

from mofa_requests.rules import judge
from tests.rules.plans import TODAY, plan
from tests.sizes import size

PLANS = size(300, proof=5_000)


@pytest.mark.parametrize("block", range(10))
def test_a_right_plan_is_left_alone(block):
    for seed in range(block * PLANS // 10, (block + 1) * PLANS // 10):
        dossier = plan(seed)
        for edition in ("2003", "2016", "2024"):
            report = judge(dossier, edition=edition, on=TODAY)
            told = [(finding.code, finding.field, finding.message) for finding in report.findings]
            assert told == [], f"seed {seed}, edition {edition}"


def test_the_plans_are_of_many_shapes():
    plans = [plan(seed) for seed in range(PLANS)]
    assert {bool(each.groups) for each in plans} == {True, False}
    assert {bool(each.hosts) for each in plans} == {True, False}
    assert any(stay.kind.value == "in_flight" for each in plans for stay in each.stays)
    assert len({each.destinations[0].country for each in plans}) >= 8
    assert max(len(each.stays) for each in plans) >= 3
