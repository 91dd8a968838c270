"""Every row of the JET page as a case that names it, to the yen."""

from __future__ import annotations

from typing import Any

import pytest

from insurance.catalogue.load import product
from insurance.cover.stack import Answer, calculate
from insurance.stress.span import Span
from tests.insurance.cover.cases import event_of, jet, period_in, read_cases

CASES = read_cases()
# Rows that say who, when and how, not what is paid: their tests are tests/insurance/catalogue and the claims page.
NOT_ABOUT_PAYING = {"O", "N", "C", "K"}
ELSEWHERE = {"H4"}


def answer(case: dict[str, Any]) -> Answer:
    (layer,) = calculate(event_of(case["event"]), [jet(period_in(case.get("insured")))]).layers
    wanted = ("item", case["item"]) if "item" in case else ("line", case["line"])
    (found,) = (each for each in layer.answers if getattr(each, wanted[0]) == wanted[1])
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['cites']} {case['what']}")
def test_every_row_pays_what_it_says_and_is_named(case: dict[str, Any]) -> None:
    found = answer(case)
    paid = case["paid"] if isinstance(case["paid"], list) else [case["paid"], case["paid"]]
    assert found.paid == Span(*paid), (found.ja, found.clauses)
    clause = product("jet").clause({"B4": "B4a"}.get(case["cites"], case["cites"]))
    assert clause in found.clauses, found.clauses
    assert found.ja
    assert found.en


def test_no_row_of_the_tables_is_without_a_case() -> None:
    paying = {code for code in product("jet").clauses if code[0] not in NOT_ABOUT_PAYING} - ELSEWHERE
    cited = {case["cites"] for case in CASES} | {"B4a"}
    assert paying <= cited, paying - cited


def test_an_alt_who_escorts_pupils_sees_what_the_policy_refuses() -> None:
    given = {
        "place": "abroad",
        "on_duty": True,
        "hospital_days": 5,
        "costs": [
            {"item": "care", "amount": 3_000_000, "on": event_of({}).on},
            {"item": "relatives_air", "amount": 500_000, "persons": 2},
            {"item": "damages", "amount": 200_000},
            {"item": "belongings", "amount": 50_000},
        ],
    }
    result = calculate(event_of(given), [jet()])
    paid = {each.item.value: each.paid.most for each in result.layers[0].answers if each.item}
    assert paid == {"care": 0, "relatives_air": 500_000, "damages": 0, "belongings": 0}
    refused = [clause.quote for each in result.layers[0].answers if not each.paid.most for clause in each.clauses]
    assert any("official work duties, already covered by the Local Public Service" in quote for quote in refused)
    assert any("as a direct result of carrying out official work duties" in quote for quote in refused)
    assert result.borne == Span.of(3_250_000)
