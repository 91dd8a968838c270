"""Claims: the days that count, the facts still missing, papers by place, and what is still owed."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insurance.claims import (
    Balance,
    Notice,
    Reckoning,
    Terms,
    clause_of,
    dues_of,
    open_dues,
    papers_for,
    rules,
    steps_for,
)
from insurance.enums import AmountKind, Cause, ClaimFact, ClaimPaperName, Place
from portal.dossier.types import Policy
from portal.kit.text import Refused

ON = dt.date(2026, 5, 1)


def notice(cause: Cause = Cause.INJURY, **more: object) -> Notice:
    return Notice(**{"cause": cause, "place": Place.ABROAD, "on": ON, "facts": {}, **more})


def test_an_injury_counts_from_its_day() -> None:
    dues = {due.name: due.on for due in dues_of(notice())}
    assert dues == {"notice": dt.date(2026, 5, 30), "costs": dt.date(2026, 10, 27)}


def test_an_illness_counts_from_the_first_visit_and_the_end_of_cover() -> None:
    ill = notice(Cause.ILLNESS, first_visit=dt.date(2026, 5, 4), cover_ends=dt.date(2026, 5, 2))
    assert [(due.name, due.on) for due in dues_of(ill)] == [
        ("visit", dt.date(2026, 5, 5)),
        ("notice", dt.date(2026, 5, 30)),
        ("costs", dt.date(2026, 10, 30)),
    ]
    assert [due.name for due in dues_of(notice(Cause.ILLNESS))] == ["notice"]


def test_a_contract_counts_by_the_days_it_states_itself() -> None:
    own = Terms.of(Policy(key="p1", claim_notice_days=60, claim_cost_days=365, claim_days_source="約款 第27条"))
    dues = {due.name: due for due in dues_of(notice(), own)}
    assert (dues["notice"].on, dues["costs"].on) == (dt.date(2026, 6, 29), dt.date(2027, 4, 30))
    assert all(due.own and due.clause.quote == "約款 第27条" for due in dues.values())
    assert "60日以内" in dues["notice"].ja
    partly = {due.name: due for due in dues_of(notice(), Terms.of(Policy(key="p1", claim_cost_days=90)))}
    assert (partly["notice"].on, partly["notice"].own) == (dt.date(2026, 5, 30), False)
    assert (partly["costs"].on, partly["costs"].own) == (dt.date(2026, 7, 29), True)


def test_while_no_contract_is_chosen_the_shortest_period_counts() -> None:
    long, short, silent = (Policy(key=key, claim_notice_days=days) for key, days in (("a", 60), ("b", 20), ("c", None)))
    by = {}
    for name, contracts in (("long", [long]), ("both", [long, short]), ("usual", [long, silent]), ("none", [])):
        by[name] = next(due for due in dues_of(notice(), Terms.earliest(contracts)) if due.name == "notice")
    assert [by[name].on.isoformat() for name in ("long", "both", "usual", "none")] == [
        "2026-06-29", "2026-05-20", "2026-05-30", "2026-05-30",
    ]  # fmt: skip
    assert [by[name].own for name in ("long", "both", "usual", "none")] == [True, True, False, False]


@pytest.mark.parametrize("cause", Cause)
def test_every_day_says_why_with_quoted_words(cause: Cause) -> None:
    for due in dues_of(notice(cause, first_visit=ON, cover_ends=ON)):
        assert due.ja
        assert due.en
        assert due.clause.quote


def test_the_five_facts_that_are_missing_are_named() -> None:
    assert notice().missing == tuple(ClaimFact)
    told = notice(facts=dict.fromkeys(ClaimFact, "書いた") | {ClaimFact.HOSPITAL: ""})
    assert told.missing == (ClaimFact.HOSPITAL,)
    quote = clause_of("C2").quote
    assert all(word in quote for word in ("date, time, place, cause, and symptoms", "hospital or clinic"))
    assert len(rules().facts) == len(ClaimFact) + 1  # the page counts date and time apart


def test_papers_and_steps_follow_the_place() -> None:
    assert "passport" in {paper.name for paper in papers_for(Place.HOME)}
    assert "passport" not in {paper.name for paper in papers_for(Place.JAPAN)}
    assert [step.clause for step in steps_for(Place.JAPAN)][:2] == ["C1", "C2"]
    abroad = [step.clause for step in steps_for(Place.ABROAD)]
    assert abroad.index("C5") < abroad.index("C6") < abroad.index("C7")
    assert {"C9", "C11"} <= set(abroad)


def test_every_paper_has_a_short_name() -> None:
    assert {paper.name for place in Place for paper in papers_for(place)} == {name.value for name in ClaimPaperName}


def test_what_is_done_is_no_longer_due() -> None:
    told = notice(Cause.ILLNESS, first_visit=None, cover_ends=ON)
    names = [[due.name for due in open_dues(told, reported=r, closed=c)] for r, c in ((0, 0), (1, 0), (1, 1))]
    assert names == [["visit", "notice"], ["visit"], []]
    seen = notice(Cause.ILLNESS, first_visit=ON, cover_ends=ON)
    assert [due.name for due in open_dues(seen, reported=True, closed=False)] == ["costs"]


@given(st.lists(st.tuples(st.sampled_from(AmountKind), st.integers(1, 10**9)), max_size=8))
def test_sums_are_whole_yen_and_nothing_is_lost(amounts: list[tuple[AmountKind, int]]) -> None:
    found = Reckoning.of(amounts)
    assert found.billed + found.social + found.insurer + found.other == sum(yen for _, yen in amounts)
    assert found.open == 2 * found.billed - sum(yen for _, yen in amounts)


def test_an_impossible_first_visit_is_named() -> None:
    with pytest.raises(Refused, match="初診"):
        notice(first_visit=dt.date(2026, 4, 30))


def test_absurd_sums_are_named() -> None:
    for sums, words in (((1, 2, 0), "より多く"), ((10, -1, 0), "0円以上")):
        with pytest.raises(Refused, match=words):
            Balance(*sums)


@given(st.lists(st.integers(0, 10**9), min_size=3, max_size=3))
def test_what_came_back_and_what_is_open_make_the_bill(parts: list[int]) -> None:
    social, paid, left = parts
    assert Balance(sum(parts), social, paid).open == left
