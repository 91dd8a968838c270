"""Several covers in order: who pays first, what is left, and that more cover is never worse."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insurance.cover.event import Cost, Event
from insurance.cover.layer import Layer, own_contract, school_liability
from insurance.cover.stack import calculate
from insurance.enums import Cause, CostItem, Paid, Place
from insurance.stress.span import Span
from portal.dossier.types import Benefit, BenefitKind, Policy
from portal.kit.text import Refused
from tests.insurance.cover.cases import BASE, LAYERS, contract, event_of, events, jet, special


def care(amount: int) -> dict[str, object]:
    return {"item": "care", "amount": amount, "on": BASE}


def test_what_the_first_cover_leaves_goes_to_the_next() -> None:
    trip = own_contract(contract(injury_treatment=1_000_000))
    result = calculate(event_of({"costs": [care(2_000_000)]}), [jet(), trip])
    assert [layer.paid for layer in result.layers] == [Span.of(700_000), Span.of(1_000_000)]
    assert [layer.answers[0].claimed for layer in result.layers] == [Span.of(2_000_000), Span.of(1_300_000)]
    assert result.borne == Span.of(300_000)


def test_the_reason_names_the_cap_that_cuts() -> None:
    costs = [{"item": "site_expenses", "amount": 90_000}]
    (layer,) = calculate(event_of({"hospital_days": 5, "costs": costs}), [jet()]).layers
    assert layer.answers[0].verdict is Paid.UNSURE
    assert "上限額は写しから失われています" in layer.answers[0].ja
    assert "the limit is cut off" in layer.answers[0].en


def test_a_cover_with_nothing_left_to_pay_says_so() -> None:
    trip = own_contract(contract(injury_treatment=10_000_000))
    result = calculate(event_of({"costs": [care(90_000)]}), [trip, jet()])
    assert [layer.answers[0].verdict for layer in result.layers] == [Paid.FULL, Paid.SETTLED]


def test_health_insurance_pays_first() -> None:
    result = calculate(event_of({"costs": [care(300_000)], "social_insurance": 210_000}), [jet()])
    assert (result.social, result.layers[0].paid) == (210_000, Span.of(85_000))
    assert result.borne == Span.of(5_000)


def test_the_agents_special_compensation_pays_fixed_sums_besides() -> None:
    event = event_of({"died_on": BASE, "hospital_days": 1, "costs": [care(300_000)]})
    jet_pays, agent = calculate(event, [jet(), special()]).layers
    assert {answer.line.value: answer.paid for answer in agent.answers if answer.item is None} == {
        "injury_death": Span.of(25_000_000),
        "injury_treatment": Span(20_000, 400_000),
    }
    assert jet_pays.paid == Span.of(20_295_000)
    ill = calculate(event_of({"cause": "illness", "died_on": BASE}), [special()]).layers[0].answers[0]
    assert (ill.verdict, ill.clauses[0].title) == (Paid.NOT, "病気は補償しない(未確認)")


def test_the_schools_liability_cover_pays_what_the_school_owes_and_nothing_else() -> None:
    costs = [{"item": "school_damages", "amount": 55_000_000}, {"item": "damages", "amount": 100_000}]
    result = calculate(event_of({"costs": costs}), [jet(), school_liability(50_000_000)])
    assert [[answer.paid.most for answer in layer.answers] for layer in result.layers] == [
        [0, 100_000],
        [50_000_000, 0],
    ]
    unknown = calculate(event_of({"costs": costs}), [school_liability(None)]).layers[0].answers[0]
    assert unknown.paid == Span(0, 55_000_000)


def test_one_limit_for_treatment_and_rescue_is_used_up_once() -> None:
    kinds = (BenefitKind.INJURY_TREATMENT, BenefitKind.RESCUE)
    shared = tuple(Benefit(kind=kind, limit=1_000_000, shared_with=kinds) for kind in kinds)
    policy = contract().model_copy(update={"benefits": shared})
    costs = [{"item": "search", "amount": 700_000}, care(700_000)]
    (layer,) = calculate(event_of({"costs": costs}), [own_contract(policy)]).layers
    assert [answer.paid.most for answer in layer.answers] == [700_000, 300_000]


def test_a_contract_without_days_or_limits_is_not_certain() -> None:
    undated = own_contract(Policy(key="p", benefits=(Benefit(kind=BenefitKind.INJURY_TREATMENT, limit=100_000),)))
    unknown = own_contract(contract(injury_treatment=None))
    for layer, most in ((undated, 100_000), (unknown, 900_000)):
        answer = calculate(event_of({"costs": [care(900_000)]}), [layer]).layers[0].answers[0]
        assert (answer.verdict, answer.paid) == (Paid.UNSURE, Span(0, most))


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"died_on": dt.date(2026, 4, 30)}, "死亡した日"),
        ({"first_visit": dt.date(2026, 4, 30)}, "初診の日"),
        ({"impediment_percent": 101}, "0から100"),
        ({"hospital_days": -1}, "0以上"),
        ({"social_insurance": -1}, "0以上"),
        ({"costs": [{"item": "care", "amount": -1}]}, "治療費・入院費の金額"),
        ({"costs": [{"item": "care", "amount": 10**12 + 1}]}, "1兆円まで"),
        ({"costs": [{"item": "relatives_air", "amount": 1, "persons": 0}]}, "1以上"),
    ],
)
def test_absurd_events_are_named(given: dict[str, object], sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        event_of(given)


@given(event=events(), layers=st.lists(LAYERS, max_size=3), more=LAYERS, place=st.integers(0, 3))
def test_adding_cover_never_makes_it_worse(event: Event, layers: list[Layer], more: Layer, place: int) -> None:
    fewer = calculate(event, layers)
    added = calculate(event, [*layers[:place], more, *layers[place:]])
    assert added.borne.least <= fewer.borne.least
    assert added.borne.most <= fewer.borne.most
    assert added.paid.most >= fewer.paid.most


@given(event=events(), layers=st.lists(LAYERS, max_size=3))
def test_every_bill_is_paid_or_borne_and_every_answer_says_why(event: Event, layers: list[Layer]) -> None:
    result = calculate(event, layers)
    billed = [answer for layer in result.layers for answer in layer.answers if answer.item is not None]
    assert len(billed) == len(event.costs) * len(layers)
    assert result.borne.least >= 0
    assert result.borne.most <= result.billed - result.social
    assert all(answer.ja and answer.en and answer.paid.least >= 0 for answer in billed)
    if all(answer.paid.known for answer in billed):
        assert sum(answer.paid.most for answer in billed) + result.borne.most + result.social == result.billed


def test_an_event_asks_only_for_what_happened() -> None:
    event = Event(Cause.INJURY, BASE, Place.ABROAD, costs=(Cost(CostItem.CARE, 0, BASE),))
    (layer,) = calculate(event, [jet()]).layers
    assert [answer.item for answer in layer.answers] == [CostItem.CARE]
