"""The named accidents: complete, sourced where they say so, and found by name or title."""

from __future__ import annotations

from pathlib import Path

import pytest

from insurance.stress.accident import Accident
from insurance.stress.named import scenario, scenarios
from portal.kit.text import Refused
from tests.insurance.cases import ROOT, stress_vector

NOTICE = Path(ROOT / "docs" / "sources" / "004_82d3ceb99acf6c23.txt").read_text(encoding="utf-8")
EACH = pytest.mark.parametrize("each", scenarios().values(), ids=list(scenarios()))


def test_the_annexs_accident_is_the_worked_example() -> None:
    assert scenario("annex").accident == Accident.model_validate(stress_vector()["scenario"])


@EACH
def test_every_quoted_figure_is_verbatim_in_the_notice(each) -> None:
    assert set(each.sources) <= set(Accident.model_fields)
    for figure, source in each.sources.items():
        assert source.place
        assert source.english
        assert source.quote in NOTICE, figure


@EACH
def test_what_nobody_named_is_our_proposal(each) -> None:
    assert not each.source("icu_per_badly_hurt").sourced
    assert not each.source("local_office").sourced


def test_one_evacuee_bears_the_whole_charter() -> None:
    accident = scenario("一人の緊急移送").accident
    assert accident.rescue_per_badly_hurt + accident.treatment == 49_380_000


def test_shanghai_has_its_published_numbers() -> None:
    accident = scenario("shanghai").accident
    assert (accident.dead, accident.badly_hurt) == (27, 36)
    assert 1_350_000_000 <= accident.settlements <= 1_620_000_000


def test_an_unknown_name_lists_those_there_are() -> None:
    with pytest.raises(Refused, match="annex") as refused:
        scenario("火事")
    assert all(name in str(refused.value) for name in scenarios())
