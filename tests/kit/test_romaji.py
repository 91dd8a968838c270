"""Passport spelling is suggested from kana, and every legal other spelling is accepted."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.demo.people import name_pool
from portal.kit.romaji import agrees, on_ticket, spellings, suggest, suggest_name


@pytest.mark.parametrize(
    ("kana", "romaji"),
    [
        ("なんば", "NAMBA"),
        ("ほんま", "HOMMA"),
        ("さんぺい", "SAMPEI"),
        ("かんだ", "KANDA"),
        ("しんや", "SHINYA"),
        ("はっとり", "HATTORI"),
        ("きっかわ", "KIKKAWA"),
        ("はっちょう", "HATCHO"),
        ("ほっち", "HOTCHI"),
        ("おおたに", "OTANI"),
        ("さいとう", "SAITO"),
        ("ゆうか", "YUKA"),
        ("しょういち", "SHOICHI"),
        ("りょうたろう", "RYOTARO"),
        ("せのお", "SENOO"),
        ("たかとお", "TAKATOO"),
        ("よこお", "YOKOO"),
        ("おおおか", "OOKA"),
        ("おおの", "ONO"),
        ("かとう", "KATO"),
        ("けいこ", "KEIKO"),
        ("にいな", "NIINA"),
        ("ニーナ", "NINA"),
        ("ﾀｶﾞﾜ", "TAGAWA"),
        ("シェリー", "SHIERI"),
        ("ジェーン", "JIEN"),
        ("ティナ", "TEINA"),
        ("デュナ", "DEYUNA"),
        ("ヴァン", "BUAN"),
        ("しず", "SHIZU"),
        ("つづき", "TSUZUKI"),
        ("ぢょう", "JO"),
        ("いちろう", "ICHIRO"),
        ("みそのう", "MISONO"),
        ("ふにう", "FUNIU"),
    ],
)
def test_suggests_by_the_passport_rules(kana: str, romaji: str) -> None:
    assert suggest(kana) == romaji


@pytest.mark.parametrize(
    ("kana", "legal"),
    [
        ("おおの", ("ONO", "OHNO", "OONO")),
        ("かとう", ("KATO", "KATOH", "KATOU")),
        ("ゆうか", ("YUKA", "YUUKA")),
        ("せのお", ("SENOO", "SENOH")),
        ("ヴァン", ("BUAN", "BAN")),
        ("たなか", ("TANAKA",)),
    ],
)
def test_names_the_legal_other_spellings(kana: str, legal: tuple[str, ...]) -> None:
    assert spellings(kana) == legal


@pytest.mark.parametrize(("romaji", "kana"), [("MATSUURA", "まつうら"), ("KOUCHIWA", "こうちわ")])
def test_sounds_that_only_kanji_tell_apart_are_accepted(romaji: str, kana: str) -> None:
    assert suggest(kana) != romaji
    assert agrees(romaji, kana)


def test_agrees_with_every_specimen_name() -> None:
    pool = name_pool()
    parts = (*pool.surnames, *pool.girls, *pool.boys)
    assert [part.written for part in parts if not agrees(part.romaji, part.kana)] == []


@pytest.mark.parametrize(
    ("romaji", "kana"), [("SAITOO", "さいとう"), ("NANBA", "なんば"), ("SATO", "かとう"), ("", "あ")]
)
def test_does_not_agree_with_what_is_not_legal(romaji: str, kana: str) -> None:
    assert not agrees(romaji, kana)


@pytest.mark.parametrize(
    ("kana", "name"),
    [
        ("たかはし　はなこ", ("TAKAHASHI", "HANAKO")),
        ("パク・ジミン", ("PAKU", "JIMIN")),
        ("スカルノ", ("SUKARUNO", None)),
        ("さとう あい まりあ", ("SATO", "AI MARIA")),
        ("高橋　はなこ", (None, None)),
        ("", (None, None)),
    ],
)
def test_suggests_surname_and_given_name(kana: str, name: tuple[str | None, str | None]) -> None:
    assert suggest_name(kana) == name


@pytest.mark.parametrize("kana", ["", "　", "Anna", "高はし", "ー", "っ", "123"])
def test_suggests_nothing_without_kana(kana: str) -> None:
    assert suggest(kana) is None
    assert spellings(kana) == ()


@pytest.mark.parametrize(
    ("ticket", "surname", "given", "same"),
    [
        ("TAKAHASHI/HANAKO MS", "TAKAHASHI", "HANAKO", True),
        ("takahashi hanako", "TAKAHASHI", "HANAKO", True),
        ("O'BRIEN/MARYJANE", "O'BRIEN", "MARY JANE", True),
        ("SUKARNO", "SUKARNO", None, True),
        ("ONO/YUKA", "OHNO", "YUKA", False),
        ("HANAKO/TAKAHASHI", "TAKAHASHI", "HANAKO", False),
    ],
)
def test_compares_tickets_with_passports(ticket: str, surname: str, given: str | None, same: bool) -> None:
    assert on_ticket(ticket, surname, given) is same


@given(st.text(alphabet="あいうえおかきくけこさしすせそたちつてとんっゃゅょーぁゔアイウトョ", max_size=12))
def test_any_kana_gives_capitals_and_a_bounded_list(kana: str) -> None:
    found = spellings(kana)
    assert len(found) <= 64
    assert all(re.fullmatch(r"[A-Z]*", spelling) for spelling in found)
    assert all(agrees(spelling, kana) for spelling in found)
