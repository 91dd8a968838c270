"""The line on every page: what gives way when it is long, and when the paper is a draft."""

from __future__ import annotations

import pytest

from mofa_requests.documents.fitting import shorten
from mofa_requests.documents.running import DRAFT, SEPARATORS, SPECIMEN, TWO_LINES, is_draft, running_lines
from mofa_requests.documents.values import columns
from portal.dossier.types import Dossier, Letter, Outline, School
from tests.documents.cases import numbered, specimen

KEY = "0123456789abcdef" * 4


def test_number_and_revision_are_never_cut() -> None:
    dossier = Dossier(
        trip_no="A" * 24, revision=9999, school=School(name="髙" * 200), outline=Outline(title="旅" * 200)
    )
    line = running_lines(dossier, key=KEY)
    assert (line["number"], line["revision"]) == ("A" * 24, "第9999版")
    assert sum(columns(line[part]) for part in ("school", "title", "number", "revision")) <= TWO_LINES - SEPARATORS
    assert line["long"]
    assert line["school"].endswith("…")
    assert line["title"].endswith("…")


def test_short_names_stand_whole() -> None:
    line = running_lines(specimen(), key=KEY)
    assert (line["school"], line["title"]) == (specimen().school.name, specimen().outline.title)
    assert not line["long"]
    assert line["key"] == "0123 4567 89ab"


def test_cut_never_parts_a_character_from_its_selector() -> None:
    assert shorten("葛\U000e0100城高校", most=6) == "葛\U000e0100城…"
    assert shorten("城葛\U000e0100高校", most=5) == "城…"


def test_flags() -> None:
    assert running_lines(specimen(), key=KEY)["flags"] == [SPECIMEN, DRAFT]
    real = numbered(specimen()).model_copy(update={"demo": False})
    assert running_lines(real, key=KEY)["flags"] == []


@pytest.mark.parametrize("name", ["number", "dated_on", "sender_title", "sender_name"])
def test_letter_with_a_gap_is_a_draft(name: str) -> None:
    dossier = numbered(specimen())
    letter = Letter.model_validate(dossier.request.letter.model_dump() | {name: None})
    assert not is_draft(dossier)
    assert is_draft(dossier.model_copy(update={"request": dossier.request.model_copy(update={"letter": letter})}))


def test_open_tick_is_a_draft() -> None:
    dossier = numbered(specimen())
    request = dossier.request.model_copy(update={"ticks": dossier.request.ticks[:-1]})
    assert is_draft(dossier.model_copy(update={"request": request}))
