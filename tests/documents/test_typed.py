"""Where typed texts stand, which are the longest, and which characters the fonts will not have."""

from __future__ import annotations

from mofa_requests.documents.glyphs import foresee
from mofa_requests.documents.packet import build_packet, packet_input
from mofa_requests.documents.typed import LONG, longest_fields, typed_texts
from portal.dossier.types import Dossier, School
from tests.documents.cases import specimen


def test_every_text_has_its_place() -> None:
    dossier = Dossier(school=School(name="見本高校", address="見本市1-1"))
    assert ("/school/name", "見本高校") in typed_texts(dossier)
    assert ("/school/address", "見本市1-1") in typed_texts(dossier)


def test_longest_fields_are_named_longest_first() -> None:
    dossier = specimen().model_copy(update={"late_filing_reason": "理" * 4000})
    first, *_ = longest_fields(dossier)
    assert first.endswith("(4,000字)")
    assert "理" not in first.replace("理由", "")
    assert longest_fields(Dossier(school=School(name="見" * 200))) == ()
    assert LONG > 200


def test_character_without_a_face_is_named_before_laying_out() -> None:
    dossier = specimen("korea_ferry")
    person = dossier.participants[0].model_copy(update={"name": "渡\U0002fffc邉\U000e01ef"})
    dossier = dossier.model_copy(update={"participants": (person, *dossier.participants[1:])})
    foreseen = foresee(dossier)
    place = f"参加者名簿 › {person.key} › 氏名"
    assert [(each.char, each.places) for each in foreseen] == [
        ("\U0002fffc", (place,)),
        ("邉\U000e01ef", (place,)),
    ]
    assert "U+2FFFC を印字できるフォントがありません" in foreseen[0].message
    assert "異体字(U+9089 U+E01EF)は標準の形で印字されます" in foreseen[1].message
    assert {each.char for each in build_packet(packet_input(dossier)).missing} == {"\U0002fffc"}


def test_specimens_have_every_character() -> None:
    assert foresee(specimen()) == ()
