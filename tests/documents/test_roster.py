"""The list of travellers on paper: what is missing stays in its narrow column, and no sheet has one row alone."""

from __future__ import annotations

import pytest

from mofa_requests.documents.packet import build_packet, packet_input
from portal.dossier.types import Dossier
from tests.documents.cases import specimen
from tests.kit.pdf.paper import Word, words_of

# Points from the left edge to the right borders of 年齢 and 性別, in the table and in lines.
TABLE, LINES = (479.3, 514.6), (486.3, 517.8)


def pages_of_roster(dossier: Dossier) -> list[list[Word]]:
    packet = build_packet(packet_input(dossier))
    part = next(part for part in packet.parts if part.key == "roster")
    return words_of(packet.pdf)[part.first_page - 1 :][: part.pages]


def without_age_and_sex(dossier: Dossier) -> Dossier:
    first, *others = dossier.participants
    bare = first.model_copy(update={"born_on": None, "sex": None})
    return dossier.model_copy(update={"participants": (bare, *others)})


@pytest.mark.parametrize(("name", "borders"), [("defects_all", TABLE), ("taiwan_161", LINES)])
def test_missing_age_and_sex_stay_in_their_columns(name: str, borders: tuple[float, float]) -> None:
    pages = pages_of_roster(without_age_and_sex(specimen(name)))
    row = next(word.top for page in pages for word in page if word.text == "1" and word.left < 65)
    missing = [word for page in pages for word in page if word.text == "未記入" and abs(word.top - row) < 5]
    assert len(missing) == 2
    for word, border in zip(sorted(missing, key=lambda each: each.left), borders, strict=True):
        assert border - 31 < word.left
        assert word.right < border


def test_no_sheet_has_one_person_alone() -> None:
    *_, last = pages_of_roster(specimen("defects_all"))
    assert [word.text for word in last if word.left < 65 and word.text.isdigit()] == ["19", "20", "21", "22"]
