"""Every dated figure says what it is, in which unit, and that it is a proposal."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from portal.lawbook.parameters import figure_of, parameters_on

TODAY = dt.date(2026, 12, 1)
ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("figure", parameters_on(TODAY).values(), ids=lambda figure: figure.name)
def test_a_figure_is_whole(figure):
    assert all((figure.title, figure.english, figure.unit, figure.reference))
    assert figure.amount > 0
    assert (figure.verified, figure.label) == (False, "目安(本ポータルの提案)")


def test_every_figure_is_used_by_some_rule():
    code = "".join(
        path.read_text(encoding="utf-8")
        for folder in ("mofa_requests", "insurance", "trips")
        for path in (ROOT / folder / "rules").rglob("*.py")
    )
    assert [name for name in parameters_on(TODAY) if f'"{name}"' not in code] == []


def test_no_rule_asks_for_a_figure_that_is_not_there():
    asked = set()
    for folder in ("mofa_requests", "insurance", "trips"):
        for path in (ROOT / folder / "rules").rglob("*.py"):
            asked |= set(re.findall(r'law\.amount\("(\w+)"\)', path.read_text(encoding="utf-8")))
    assert asked <= set(parameters_on(TODAY))


TABLE = {
    "name": "x",
    "title": "x",
    "english": "x",
    "unit": "yen",
    "label": "目安(本ポータルの提案)",
    "verified": False,
    "reference": "x",
    "values": {dt.date(2003, 6, 25): 1, dt.date(2025, 4, 1): 2},
}


@pytest.mark.parametrize(
    ("on", "amount"), [(dt.date(1999, 1, 1), 1), (dt.date(2025, 3, 31), 1), (dt.date(2025, 4, 1), 2), (TODAY, 2)]
)
def test_a_figure_changes_on_its_day_and_its_history_stays(on, amount):
    assert figure_of(TABLE, on).amount == amount
