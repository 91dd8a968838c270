"""Choosing a country: Japan first, the order of a dictionary, and every word by which people look for one."""

from __future__ import annotations

import re

import pytest
from django.http import QueryDict
from django.utils.translation import override

from portal.dossier.types import Agent, Participant
from portal.ui.part_forms import part_form

Person = part_form(Participant, only=("nationality",))
Strong = part_form(Agent, only=("country",))


def options(html: str) -> list[str]:
    return re.findall(r'<option value="\d+"[^>]*>([^<]*)</option>', html)


@pytest.mark.parametrize(("language", "first"), [("ja", ["日本", "アイスランド"]), ("en", ["Japan", "Afghanistan"])])
def test_japan_stands_first_and_the_rest_in_the_order_of_a_dictionary(language: str, first: list[str]) -> None:
    with override(language):
        names = options(str(Person()["nationality"]))
    assert names[:2] == first
    assert len(names) == len(set(names)) > 200


def test_names_stand_under_their_letter_and_carry_the_words_to_find_them() -> None:
    with override("ja"):
        html = str(Person()["nationality"])
    assert re.findall(r'<optgroup label="([^"]*)"', html) == [f"{kana}行" for kana in "あかさたなはまやら"]
    korea = re.search(r'<optgroup label="か行">.*?<option value="0082"([^>]*)>韓国</option>', html)
    assert korea is not None
    assert 'data-words="かんこく Republic of Korea KR"' in korea[1]


def test_a_choice_is_read_and_shown_again() -> None:
    form = Person(QueryDict("nationality=0084"), part=Participant(key="p1"))
    assert form.is_valid()
    assert form.part.nationality == "0084"
    assert '<option value="0084" selected' in str(Person(part=form.part)["nationality"])


def test_a_code_of_no_country_stays_choosable() -> None:
    form = Strong(part=Agent(key="a1", country="0999"))
    assert '<option value="0999" selected data-words="">0999</option>' in str(form["country"])
