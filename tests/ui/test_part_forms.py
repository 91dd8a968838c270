"""Forms made from dossier parts: an untouched form changes nothing, a typed value arrives, a bad one loses nothing."""

from __future__ import annotations

import datetime as dt
import inspect
from typing import Any

import pytest
from django.core.exceptions import SuspiciousOperation
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.dossier import types
from portal.dossier.types import (
    Activity,
    Benefit,
    BenefitKind,
    Destination,
    HomeContact,
    Leg,
    LegMode,
    Mission,
    OptOut,
    Outline,
    Part,
    Participant,
    School,
    Sex,
    Stay,
    StayKind,
)
from portal.ui.part_forms import part_form, part_formset
from tests.dossier.strategies import parts
from tests.sizes import size
from tests.ui.posting import posted

ALL_PARTS = [
    part
    for _, part in inspect.getmembers(types, inspect.isclass)
    if issubclass(part, Part) and part not in (Part, types.Dossier, types.Request)
]
KEY_FIELDS = {"groups", "leader", "participant", "guests", "insured", "group", "item"}
SOME_KEYS = [("g1", "1組"), ("g2", "2組")]


def options_of(part: type[Part]) -> dict[str, Any]:
    return dict.fromkeys(KEY_FIELDS & set(part.model_fields), SOME_KEYS)


@pytest.mark.parametrize("part", ALL_PARTS, ids=lambda part: part.__name__)
@settings(max_examples=size(12, proof=400))
@given(data=st.data())
def test_an_untouched_form_gives_the_part_back(part: type[Part], data: st.DataObject) -> None:
    value = data.draw(parts(part))
    form_class = part_form(part, choices=options_of(part))
    form = form_class(posted(form_class(part=value).as_div()), part=value)
    form.is_valid()
    assert form.part == value


def test_every_plain_property_has_a_field() -> None:
    nested = {"party", "benefits", "assistance", "letter", "ticks", "decision"}
    for part in ALL_PARTS:
        fields = set(part_form(part, choices=options_of(part)).base_fields)
        assert set(part.model_fields) - fields - nested <= {"key"}, part.__name__


@pytest.mark.parametrize(
    ("part", "name", "typed", "expected"),
    [
        (School, "name", " 見本県立髙﨑高等学校 ", "見本県立髙﨑高等学校"),
        (Participant, "name", "葛󠄀城　𠮷子", "葛󠄀城　𠮷子"),
        (Participant, "born_on", "平成20年4月2日", dt.date(2008, 4, 2)),
        (Participant, "born_on", "Ｈ２０．４．２", dt.date(2008, 4, 2)),
        (Participant, "sex", "female", Sex.FEMALE),
        (Outline, "departs_on", "2027-01-06", dt.date(2027, 1, 6)),
        (Outline, "departs_on", "令和9年1月6日", dt.date(2027, 1, 6)),
        (Outline, "assembles_at", "2026-10-20T07:30", dt.datetime(2026, 10, 20, 7, 30)),
        (Outline, "assembles_at", "2026/10/20 7:30", dt.datetime(2026, 10, 20, 7, 30)),
        (Outline, "assembles_at", "令和8年10月20日　７時３０分", dt.datetime(2026, 10, 20, 7, 30)),
        (Outline, "cost_per_head", "１２８，０００円", 128000),
        (Outline, "purpose", "一行目\r\n二行目", "一行目\n二行目"),
        (Activity, "starts", "0915", dt.time(9, 15)),
        (Activity, "risky", "on", True),
        (HomeContact, "night_phone", "０９０−００００−１２３４", "０９０−００００−１２３４"),
        (HomeContact, "holiday_same_as_night", "yes", True),
        (HomeContact, "holiday_same_as_night", "no", False),
        (Mission, "cities", "台北、高雄\n台中", ("台北", "高雄", "台中")),
        (Destination, "danger_level", "1", 1),
        (Destination, "country", "0886", "0886"),
        (Leg, "mode", "ship", LegMode.SHIP),
    ],
)
def test_typed_values_arrive(part: type[Part], name: str, typed: str, expected: object) -> None:
    form = part_form(part)({name: typed}, part=parts_with_key(part))
    assert form.is_valid(), form.errors
    assert getattr(form.part, name) == expected


def parts_with_key(part: type[Part]) -> Part:
    return part(key="k1") if "key" in part.model_fields else part()


@pytest.mark.parametrize(
    ("part", "name", "typed", "words"),
    [
        (Outline, "departs_on", "2027/2/30", "2027/2/30"),
        (Outline, "departs_on", "あした", "あした"),
        (Outline, "assembles_at", "2026/10/20", "日付と時刻"),
        (Outline, "cost_per_head", "約十万", "数字で"),
        (Outline, "enrolled", "10001", "0 から 10,000 まで"),
        (Activity, "starts", "25:30", "9:15"),
        (School, "name", "見本\u202e高校", "3文字目"),
        (School, "principal", "長" * 81, "80文字以内"),
        (School, "founder", "kingdom", "kingdom"),
        (Leg, "departs_zone", "Asia/Mihon", "Asia/Tokyo"),
    ],
)
def test_what_cannot_be_read_is_said_and_kept(part: type[Part], name: str, typed: str, words: str) -> None:
    before = parts_with_key(part)
    form = part_form(part)({name: typed}, part=before)
    assert not form.is_valid()
    assert words in " ".join(form.errors[name])
    assert form.part == before
    assert form[name].value() == typed


def test_the_other_fields_of_a_form_with_an_error_still_count() -> None:
    form = part_form(School)({"name": "見本高校", "founder": "kingdom"}, part=School())
    assert not form.is_valid()
    assert form.part == School(name="見本高校")


def test_a_stored_value_outside_the_options_is_kept_choosable() -> None:
    stay = Stay(key="s1", country="9999", groups=("gone",))
    form_class = part_form(Stay, choices={"groups": SOME_KEYS})
    form = form_class(posted(form_class(part=stay).as_div(), name="見本大飯店"), part=stay)
    assert form.is_valid(), form.errors
    assert form.part == stay.model_copy(update={"name": "見本大飯店"})


def test_left_out_properties_keep_their_value() -> None:
    leg = Leg(key="l1", number="XX101", groups=("g1",), carrier="見本航空")
    form = part_form(Leg, exclude=("carrier",))({"number": "XX103"}, part=leg)
    assert form.is_valid()
    assert form.part == leg.model_copy(update={"number": "XX103", "mode": LegMode.FLIGHT})


def test_labels_and_hints_follow_the_language_of_the_page() -> None:
    form_class = part_form(HomeContact)
    with override("ja"):
        assert str(form_class()["night_phone"].label) == "夜間の連絡先"
        assert "例: 090-0000-1234" in str(form_class()["night_phone"].help_text)
        assert ("chief", "留守校の連絡責任者") in list(form_class().fields["role"].choices)
    with override("en"):
        assert str(form_class()["night_phone"].label) == "Night telephone"
        assert "e.g. 090-0000-1234" in str(form_class()["night_phone"].help_text)
        assert ("chief", "Responsible at home") in list(form_class().fields["role"].choices)


def test_marks_say_what_submission_needs_and_why() -> None:
    html = part_form(HomeContact)()["night_phone"].as_field_group()
    assert "提出に必須" in html
    assert "別添三 三" in html
    assert 'inputmode="tel"' in html


# --- rows -----------------------------------------------------------------------------------------------------

StayRows = part_formset(Stay)
STAYS = (Stay(key="s1", name="見本大飯店"), Stay(key="s2", name="Mihon Inn", kind=StayKind.HOMESTAY))


def rows_html(rows: Any) -> str:
    return render_to_string("ui/_part_rows.html", {"formset": rows, "row_title": "宿泊先", "add_title": "追加"})


def posted_rows(**changes: str) -> QueryDict:
    return posted(rows_html(StayRows(parts=STAYS, prefix="stays")), **changes)


def test_untouched_rows_give_the_parts_back() -> None:
    rows = StayRows(posted_rows(), parts=STAYS, prefix="stays")
    assert rows.is_valid()
    assert rows.parts == STAYS
    assert rows.deleted == ()


def test_rows_keep_the_order_of_the_page() -> None:
    data = posted_rows()
    data.setlist("stays-row", ["s2", "s1"])
    assert StayRows(data, parts=STAYS, prefix="stays").parts == (STAYS[1], STAYS[0])


def test_a_marked_row_is_deleted() -> None:
    rows = StayRows(posted_rows(**{"stays-s1-delete": "1"}), parts=STAYS, prefix="stays")
    assert rows.is_valid()
    assert rows.parts == (STAYS[1],)
    assert rows.deleted == ("s1",)


def test_the_add_button_gives_one_more_row_and_keeps_what_was_typed() -> None:
    rows = StayRows(posted_rows(**{"stays-add": "1", "stays-s1-phone": "自宅"}), parts=STAYS, prefix="stays")
    assert rows.wants_row
    assert len(rows.forms) == 3
    assert rows.forms[0]["phone"].value() == "自宅"
    again = StayRows(posted(rows_html(rows)), parts=STAYS, prefix="stays")
    assert len(again.forms) == 3
    assert len(again.parts) == 2, "a new row in which nothing was typed is no part"


def test_a_new_row_gets_its_own_key() -> None:
    data = posted_rows()
    data.appendlist("stays-row", "n12ab34cd")
    data["stays-n12ab34cd-name"] = "Mihon Lodge"
    rows = StayRows(data, parts=STAYS, prefix="stays")
    assert rows.is_valid()
    assert rows.parts[2] == Stay(key="n12ab34cd", name="Mihon Lodge")


def test_a_bad_row_names_its_field_and_keeps_its_former_part() -> None:
    rows = StayRows(posted_rows(**{"stays-s2-checks_in": "あさって"}), parts=STAYS, prefix="stays")
    assert not rows.is_valid()
    assert rows.parts == STAYS
    summary = render_to_string("components/error_summary.html", {"forms": [f for f in rows.forms if f.errors]})
    assert 'href="#id_stays-s2-checks_in"' in summary


def test_rows_end_at_the_limit() -> None:
    many = tuple(Stay(key=f"s{n}", name=f"宿{n}") for n in range(40))
    rows = StayRows(parts=many, prefix="stays")
    assert rows.is_full
    assert "stays-add" not in rows_html(rows)
    data = posted(rows_html(rows))
    data.appendlist("stays-row", "extra")
    assert not StayRows(data, parts=many, prefix="stays").is_valid()


def test_a_forged_row_id_is_refused() -> None:
    data = posted_rows()
    data.appendlist("stays-row", '"><script>')
    with pytest.raises(SuspiciousOperation):
        StayRows(data, parts=STAYS, prefix="stays")


def test_parts_without_a_key_are_named_by_their_place() -> None:
    rows_class = part_formset(Benefit)
    benefits = (Benefit(kind=BenefitKind.RESCUE, limit=5_000_000), Benefit(kind=BenefitKind.LIABILITY))
    data = posted(
        rows_html(rows_class(parts=benefits, prefix="benefits")), **{"benefits-0-limit": "８，０００，０００"}
    )
    rows = rows_class(data, parts=benefits, prefix="benefits")
    assert rows.is_valid()
    assert rows.parts == (Benefit(kind=BenefitKind.RESCUE, limit=8_000_000), benefits[1])


def test_a_row_that_lacks_what_cannot_be_empty_says_so() -> None:
    rows_class = part_formset(OptOut, choices={"participant": [("p1", "見本 太郎")]})
    data = QueryDict(mutable=True)
    data.update({"o-row": "n1", "o-n1-participant": "", "o-n1-signed_on": "2026-10-01"})
    rows = rows_class(data, prefix="o")
    assert not rows.is_valid()
    assert "participant" in rows.errors[0]
    assert rows.parts == ()
