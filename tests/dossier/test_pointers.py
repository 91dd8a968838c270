"""Places in a dossier: pointers, properties, labels in two languages, values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.dossier import types
from portal.dossier.pointers import (
    field_info,
    identity_of,
    join_pointer,
    label_of,
    name_of,
    properties,
    split_pointer,
    value_at,
)
from portal.dossier.types import (
    Activity,
    Benefit,
    BenefitKind,
    Dossier,
    HomeContact,
    Host,
    OptOut,
    Part,
    Participant,
    Policy,
    Stay,
)

TRIP = Dossier(
    stays=(Stay(key="s1"), Stay(key="s2", name="ホテル見本", phone="+886 000 123456")),
    participants=(Participant(key="p1", name="髙橋 𠮷子", number="12"), Participant(key="p2")),
    hosts=(Host(key="h1", family="Specimen"),),
    home_contacts=(HomeContact(key="c1", name="山﨑 翔太", title="教頭"), HomeContact(key="c2", name="渡邉 葵")),
    activities=(Activity(key="a1", title="国立故宮博物院"),),
    policies=(Policy(key="i1", insurer="見本損保", benefits=(Benefit(kind=BenefitKind.RESCUE, limit=1),)),),
    opt_outs=(OptOut(participant="p2"),),
)


def all_parts() -> list[type[Part]]:
    return [part for part in vars(types).values() if isinstance(part, type) and issubclass(part, Part)]


@given(st.lists(st.one_of(st.text(), st.integers(0, 99))))
def test_pointers_come_apart_again(steps: list[str | int]) -> None:
    assert split_pointer(join_pointer(tuple(steps))) == tuple(str(step) for step in steps)


def test_a_pointer_begins_with_a_slash() -> None:
    with pytest.raises(ValueError, match="must begin"):
        split_pointer("stays/0")


@pytest.mark.parametrize(
    ("pointer", "japanese", "english"),
    [
        ("", "", ""),
        ("/outline/departs_on", "旅行概要 › 出発日(日本を離れる日)", "Outline › Departure from Japan"),
        ("/stays/1/phone", "宿泊 › 2番目 › 電話番号", "Stays › no. 2 › Telephone"),
        ("/stays/1", "宿泊 › 2番目", "Stays › no. 2"),
        ("/legs/0/groups/1", "便・移動 › 1番目 › 対象の班 › 2番目", "Legs › no. 1 › Groups › no. 2"),
        ("/policies/0/benefits/2/limit", "保険契約 › 1番目 › 補償項目 › 3番目 › 支払限度額(円)", None),
        ("/school/nmae", "学校 › nmae", "School › nmae"),
        ("/stays/x/phone", "宿泊 › x › phone", None),
        ("/request/letter/dated_on", "依頼(所管庁の記入欄) › 依頼書 › 文書日付", None),
    ],
)
def test_a_place_is_called_what_people_call_it(pointer: str, japanese: str, english: str | None) -> None:
    assert label_of(pointer) == japanese
    if english is not None:
        assert label_of(pointer, "en") == english


@pytest.mark.parametrize(
    ("pointer", "label"),
    [
        ("/stays/1/phone", "宿泊 › ホテル見本 › 電話番号"),
        ("/stays/0/phone", "宿泊 › s1 › 電話番号"),
        ("/stays/9/phone", "宿泊 › 10番目 › 電話番号"),
        ("/activities/0/on", "行程 › 国立故宮博物院 › 日付(現地)"),
        ("/policies/0/benefits/0/limit", "保険契約 › 見本損保 › 補償項目 › 救援者費用 › 支払限度額(円)"),
        ("/home_contacts/0/night_phone", "留守校の連絡先 › 教頭 › 夜間の連絡先"),
        ("/home_contacts/1/night_phone", "留守校の連絡先 › c2 › 夜間の連絡先"),
        ("/participants/0/born_on", "参加者名簿 › p1 › 生年月日"),
        ("/hosts/0/address", "受入家庭一覧 › h1 › 住所"),
        ("/opt_outs/0/signed_on", "保険未加入の意思表明 › p2 › 書面の日付"),
    ],
)
def test_entries_are_called_by_name_but_persons_by_key(pointer: str, label: str) -> None:
    assert label_of(pointer, dossier=TRIP) == label


def test_persons_are_named_only_when_asked_for() -> None:
    assert label_of("/participants/0/born_on", dossier=TRIP, show_names=True) == "参加者名簿 › 髙橋 𠮷子 › 生年月日"
    assert label_of("/hosts/0/address", dossier=TRIP, show_names=True) == "受入家庭一覧 › Specimen › 住所"
    assert label_of("/participants/1/sex", dossier=TRIP, show_names=True) == "参加者名簿 › p2 › 性別"


def test_what_is_no_entry_has_no_name() -> None:
    assert name_of("g1") is None


def test_values_are_found() -> None:
    assert value_at(TRIP, "/stays/1/phone") == "+886 000 123456"
    assert value_at(TRIP, "") is TRIP
    assert value_at(TRIP, "/stays") == TRIP.stays
    assert value_at(TRIP, "/outline/departs_on") is None


@pytest.mark.parametrize("pointer", ["/stays/2", "/stays/-1", "/stays/x", "/nothing", "/stays/0/name/0"])
def test_places_that_are_not_there_are_refused(pointer: str) -> None:
    with pytest.raises(KeyError):
        value_at(TRIP, pointer)


def test_a_property_knows_its_duties() -> None:
    found = field_info("/stays/0/phone")
    assert (found.title, found.english, found.cls) == ("電話番号", "Telephone", "P1")
    assert found.citations == ("別添三 四", "別添一 一(三)(イ)", "別添一 二(二)")
    assert found.remedy == "lodging#phone"
    assert not found.sealed
    assert field_info("/participants/3/born_on").sealed
    assert field_info("/stays/0").part is Stay
    assert field_info("/stays/0/kind").vocabulary is types.StayKind
    assert field_info("/stays/0/key").required


@pytest.mark.parametrize("pointer", ["", "/nothing"])
def test_a_place_without_property_is_refused(pointer: str) -> None:
    with pytest.raises(KeyError):
        field_info(pointer)


def test_every_property_has_titles_and_a_class() -> None:
    for part in all_parts():
        for prop in properties(part).values():
            assert prop.title != prop.name, (part, prop.name)
            assert prop.english != prop.name, (part, prop.name)
            assert prop.cls in {"P0", "P1", "P2", "P3"}


def test_every_listed_part_can_be_told_apart() -> None:
    for part in all_parts():
        for prop in properties(part).values():
            if prop.many and prop.part is not None:
                assert identity_of(prop.part) in prop.part.model_fields
