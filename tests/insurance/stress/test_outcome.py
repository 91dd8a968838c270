"""Who pays what: the worked example to the yen, what always holds of any accident, and spans for unknown limits."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insurance.facts import UNLIMITED
from insurance.stress.accident import Accident
from insurance.stress.outcome import run
from insurance.stress.plan import Plan
from insurance.stress.report import as_json, as_text
from insurance.stress.span import Span
from tests.insurance.cases import stress_vector

AMOUNTS = st.integers(0, 60_000_000)
LIMITS = st.none() | AMOUNTS | st.just(UNLIMITED)
PLANS = st.builds(
    lambda treatment, rescue, death, pooled: Plan.of(
        "保険", treatment=treatment, rescue=0 if pooled else rescue, death=death, pooled=pooled
    ),
    LIMITS,
    LIMITS,
    LIMITS,
    st.booleans(),
)


@st.composite
def accidents(draw: st.DrawFn) -> Accident:
    hurt = draw(st.integers(0, 60))
    people = {
        "dead": draw(st.integers(0 if hurt else 1, 30)),
        "badly_hurt": hurt,
        "need_platelets": draw(st.integers(0, hurt)),
    }
    counts = {name: draw(st.integers(0, 20)) for name in Accident.model_fields if name.endswith(("nights", "victim"))}
    money = {name: draw(AMOUNTS) for name in Accident.model_fields if name not in (people | counts)}
    return Accident.model_validate(people | counts | money)


def vector_plan(row: dict[str, Any]) -> Plan:
    return Plan.of(row["name"], treatment=row["treatment"], rescue=row["rescue"], death=row["death"])


def test_the_worked_example_to_the_yen() -> None:
    vector = stress_vector()
    accident = Accident.model_validate(vector["scenario"])
    told = as_json(accident, [run(accident, vector_plan(row)) for row in vector["plans"]])
    del told["note"], vector["note"]
    assert told == vector


def test_rescue_above_its_limit_leaves_less_for_treatment() -> None:
    accident = Accident.model_validate(stress_vector()["scenario"])
    pupil = run(accident, Plan.of("中", treatment=10_000_000, rescue=5_000_000, death=0)).platelet
    assert (pupil.rescue, pupil.spilled) == (Span.of(5_000_000), Span.of(3_380_000))
    assert (pupil.treatment, pupil.short) == (Span.of(6_620_000), Span.of(6_380_000))


def test_one_limit_for_treatment_and_rescue_pays_the_rescue_first() -> None:
    accident = Accident.model_validate(stress_vector()["scenario"])
    pupil = run(accident, Plan.of("一体", treatment=10_000_000, rescue=0, death=0, pooled=True)).platelet
    assert (pupil.spilled, pupil.treatment) == (Span.of(8_380_000), Span.of(1_620_000))
    assert pupil.short == Span.of(11_380_000)


def test_an_unknown_limit_gives_a_range() -> None:
    accident = Accident.model_validate(stress_vector()["scenario"])
    outcome = run(accident, Plan.of("途中", treatment=700_000, rescue=None, death=20_000_000))
    assert outcome.platelet.short == Span(12_300_000, 20_680_000)
    row = as_json(accident, [outcome])["plans"][0]
    assert row["rescue"] is None
    assert row["uninsured"] == {"least": 2 * 12_300_000 + 3 * 2_300_000 + 105_000_000, "most": 180_440_000}
    assert "救援 不明" in as_text("事故", accident, [outcome])


def test_families_of_the_dead_are_not_forgotten_when_rescue_is_too_small() -> None:
    accident = Accident.model_validate(stress_vector()["scenario"])
    outcome = run(accident, Plan.of("なし", treatment=0, rescue=0, death=0))
    assert outcome.short_deaths == Span.of(3 * (55_000_000 + 1_380_000))
    assert outcome.uninsured == Span.of(accident.total - accident.organisers_own)


@given(accident=accidents(), plan=PLANS)
def test_every_yen_is_paid_by_somebody(accident: Accident, plan: Plan) -> None:
    outcome = run(accident, plan)
    for bound in ("least", "most"):
        other = "most" if bound == "least" else "least"
        insured, uninsured = getattr(outcome.insured, bound), getattr(outcome.uninsured, other)
        assert insured + uninsured + accident.organisers_own == accident.total
    if plan.treatment.known and plan.rescue.known and plan.death.known:
        paid = sum((outcome.paid(what) for what in ("rescue", "spilled", "treatment", "death")), Span.of(0))
        assert paid == outcome.insured
    assert min(outcome.uninsured.least, outcome.insured.least) >= 0
    assert all(isinstance(amount, int) for amount in (outcome.uninsured.least, outcome.uninsured.most, accident.total))


@given(accident=accidents(), plan=PLANS, more=PLANS)
def test_adding_cover_never_makes_it_worse(accident: Accident, plan: Plan, more: Plan) -> None:
    alone, both = run(accident, plan), run(accident, plan + more)
    for part in ("uninsured", "short_badly_hurt", "short_deaths"):
        assert getattr(both, part).least <= getattr(alone, part).least
        assert getattr(both, part).most <= getattr(alone, part).most


@given(accident=accidents(), plan=PLANS, more=AMOUNTS)
def test_a_dearer_accident_is_never_shorter(accident: Accident, plan: Plan, more: int) -> None:
    dearer = accident.model_copy(update={"icu_per_badly_hurt": accident.icu_per_badly_hurt + more})
    assert run(dearer, plan).uninsured.most >= run(accident, plan).uninsured.most


@given(accident=accidents(), people=st.integers(1, 120))
def test_a_party_is_never_smaller_than_its_victims(accident: Accident, people: int) -> None:
    fitted = accident.fitted_to(people)
    assert fitted.victims == min(people, accident.victims)
    assert fitted.need_platelets <= fitted.badly_hurt
    assert bool(fitted.dead) == bool(accident.dead)
    Accident.model_validate(fitted.model_dump())


def test_spans_run_upwards() -> None:
    with pytest.raises(ValueError, match="smaller"):
        Span(2, 1)
