"""Characters that no face has: replaced where the school agreed on it and nowhere else, and told of on the paper."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import json

import pikepdf
import pytest

from mofa_requests.documents.glyphs import foresee
from mofa_requests.documents.packet import build_packet, packet_input, packet_key
from mofa_requests.documents.substitutes import Substitute, places_of, put_in
from portal.dossier.types import Dossier, Edition
from portal.kit.pdf.reading import page_texts, plain
from portal.kit.pdf.verify import verify
from tests.documents.cases import numbered, specimen

# Assigned to no character in any edition of Unicode: no face will ever have it.
RARE = "\U0002fffc"
VARIANT = "辻\U000e01e0"
ON = dt.date(2026, 11, 20)


def named(dossier: Dossier, *, principal: str, pupil: str) -> Dossier:
    """The plan with a principal's and a pupil's name."""
    first, *others = dossier.participants
    people = (first.model_copy(update={"name": pupil}), *others)
    school = dossier.school.model_copy(update={"principal": principal})
    return dossier.model_copy(update={"school": school, "participants": people})


@pytest.fixture(scope="module")
def plan() -> Dossier:
    return named(numbered(specimen("korea_ferry")), principal=f"渡{RARE}　一", pupil=f"{RARE}田　花")


def agreed(dossier: Dossier, char: str, shown_as: str, *, only: str = "") -> Substitute:
    places = tuple(each.place for each in places_of(char, dossier) if only in each.place)
    return Substitute(char, shown_as, places, ON)


def test_replaced_where_agreed_and_nowhere_else(plan: Dossier) -> None:
    one = agreed(plan, RARE, "辺", only="/school/")
    shown = put_in(plan, (one,))
    assert one.places == ("/school/principal",)
    assert (shown.school.principal, shown.participants[0].name) == ("渡辺　一", f"{RARE}田　花")
    assert Dossier.model_validate(shown.model_dump()) == shown
    assert put_in(plan, ()) is plan


def test_follows_the_row_not_its_number(plan: Dossier) -> None:
    one = agreed(plan, RARE, "邊", only="/participants/")
    moved = plan.model_copy(update={"participants": (*plan.participants[1:], plan.participants[0])})
    assert put_in(moved, (one,)).participants[-1].name == "邊田　花"
    others = plan.model_copy(update={"participants": plan.participants[1:]})
    assert put_in(others, (one,)) == others


def test_nothing_is_left_to_mend_once_all_is_agreed(plan: Dossier) -> None:
    rare = named(plan, principal=f"渡{RARE}　{VARIANT}", pupil="髙田　花")
    assert [each.char for each in foresee(rare)] == [RARE, VARIANT]
    both = (agreed(rare, RARE, "部"), agreed(rare, VARIANT, "辻"))
    assert foresee(put_in(rare, both)) == ()
    assert Substitute.read(json.loads(json.dumps(both[1].as_json()))) == both[1]


def test_paper_prints_it_tells_it_and_its_data_agree(plan: Dossier) -> None:
    both = (agreed(plan, RARE, "邉", only="/school/"), agreed(plan, RARE, "&辺", only="/participants/"))
    source = packet_input(plan, agreed=both)
    packet = build_packet(source)
    text = [plain(page) for page in page_texts(packet.pdf)]
    assert packet.missing == ()
    assert any("渡邉一" in page for page in text)
    assert sum("代わりの文字" in page for page in text) == 1
    (told,) = (page for page in text if "代わりの文字" in page)
    assert "U+2FFFC" in told
    assert "令和8年11月20日" in told
    verdict = verify(packet.pdf)
    assert (verdict.intact, verdict.text_equals_data) == (True, True)
    with pikepdf.open(io.BytesIO(packet.pdf)) as document:
        data = json.loads(document.attachments["packet.json"].get_file().read_bytes())
    assert data["substitutes"] == [{"character": "U+2FFFC", "printed": each.shown_as} for each in source.substitutes]
    assert RARE not in json.dumps(data, ensure_ascii=False)
    assert build_packet(source).pdf == packet.pdf


def test_reader_is_told_only_of_what_the_sheets_print(plan: Dossier) -> None:
    """The roster stays at the school under the notice of 2024, and with it what was agreed for a pupil's name."""
    both = (agreed(plan, RARE, "邉", only="/school/"), agreed(plan, RARE, "辺", only="/participants/"))
    kept = packet_input(plan.model_copy(update={"edition": Edition.Y2024}), agreed=both)
    assert [each.shown_as for each in kept.substitutes] == ["邉"]
    named_too = packet_input(plan.model_copy(update={"edition": Edition.Y2003}), agreed=both)
    assert [each.shown_as for each in named_too.substitutes] == ["邉", "辺"]


def test_another_agreement_is_another_packet(plan: Dossier) -> None:
    keys = {
        packet_key(packet_input(plan, agreed=agreement))
        for agreement in (
            (),
            (agreed(plan, RARE, "邉"),),
            (agreed(plan, RARE, "辺"),),
            (dataclasses.replace(agreed(plan, RARE, "辺"), agreed_on=dt.date(2026, 11, 21)),),
        )
    }
    assert len(keys) == 4
