"""What is doubted about passport spellings, and how tickets are laid against the roster."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.demo.people import name_pool
from portal.dossier.types import Participant
from trips.facts.passports import Doubt, compare_tickets, read_tickets, spelling_of

POOL = name_pool()
SURNAMES, GIVEN = st.sampled_from(POOL.surnames), st.sampled_from([*POOL.girls, *POOL.boys])


def person(kana: str | None, surname: str | None, given: str | None, **more: str) -> Participant:
    return Participant(key="P001", kana=kana, passport_surname=surname, passport_given=given, **more)


@pytest.mark.parametrize(
    ("kana", "surname", "given_name", "doubt"),
    [
        ("おおの　はると", None, None, Doubt.MISSING),
        ("おおの　はると", "OHNO", "HARUTO", None),
        ("おおの　はると", "ONO", "HARUTO", None),
        ("おおの　はると", "OGATA", "HARUTO", Doubt.DIFFERS),
        ("おおの　はると", "HARUTO", "ONO", Doubt.DIFFERS),
        ("おおの　はると", "ONO HARUTO", None, Doubt.HALF),
        ("大野　はると", "OGATA", "HARUTO", None),
        (None, "OGATA", "HARUTO", None),
        ("スカルノ", "SUKARNO", None, None),
    ],
)
def test_what_is_doubted(kana: str | None, surname: str | None, given_name: str | None, doubt: Doubt | None) -> None:
    assert spelling_of(person(kana, surname, given_name)).doubt is doubt


def test_a_foreign_passport_is_not_measured_by_japanese_rules() -> None:
    assert spelling_of(person("パク　ジミン", "PARK", "JIMIN", nationality="0082")).doubt is None


@given(SURNAMES, GIVEN)
def test_a_suggestion_is_never_doubted_once_it_is_written(surname: object, given_name: object) -> None:
    kana = f"{surname.kana}　{given_name.kana}"  # type: ignore[attr-defined]
    suggested = spelling_of(person(kana, None, None))
    assert suggested.surname_forms[0] == suggested.surname
    for family in suggested.surname_forms:
        for own in suggested.given_forms:
            assert spelling_of(person(kana, family, own)).doubt is None


@given(st.lists(st.tuples(SURNAMES, GIVEN), max_size=8), st.data())
def test_every_ticket_and_every_person_is_in_one_place(party: list[tuple[object, object]], data: st.DataObject) -> None:
    people = [
        Participant(key=f"P{n}", passport_surname=a.romaji, passport_given=b.romaji)  # type: ignore[attr-defined]
        for n, (a, b) in enumerate(party)
    ]
    lost = data.draw(st.sets(st.integers(0, max(0, len(people) - 1)), max_size=3)) if people else set()
    tickets = [
        f"{n + 1}. {one.passport_surname}/{one.passport_given} MR" for n, one in enumerate(people) if n not in lost
    ]
    read = read_tickets("\r\n".join([*tickets, "", "NOBODY/ELSE MS"]))
    found = compare_tickets(people, read)
    assert len(read) == len(tickets) + 1
    assert found.matched + len(found.strangers) == len(read)
    assert found.matched + len(found.without) == len(people)
    assert found.strangers == ("NOBODY/ELSE MS",)


@pytest.mark.parametrize(
    ("pasted", "names"),
    [
        ("ＴＡＫＡＨＡＳＨＩ／ＨＡＮＡＫＯ　ＭＳ", ("TAKAHASHI/HANAKO MS",)),
        ("12\tSATO/AI MARIA MISS\tCI107 Y", ("SATO/AI MARIA MISS",)),
        ("takahashi hanako", ("TAKAHASHI HANAKO",)),
        ("\n  \n", ()),
    ],
)
def test_names_are_found_in_what_agents_send(pasted: str, names: tuple[str, ...]) -> None:
    assert read_tickets(pasted) == names
