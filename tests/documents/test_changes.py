"""変更届: every difference in the list, a bar beside every changed row and beside no other, nothing held back told."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from hypothesis import given, settings

from mofa_requests.documents.changes import mark_changes, path_of, plan_changes
from mofa_requests.documents.held_back import HELD_BACK
from mofa_requests.documents.letter import AMENDED
from mofa_requests.documents.packet import build_packet, packet_input, packet_key, packet_parts
from portal.dossier.types import Dossier, Edition
from tests.documents.cases import numbered, specimen
from tests.dossier.strategies import dossiers
from tests.kit.pdf.paper import plain, text_of
from tests.sizes import size

ROW = re.compile(r'<tr class="[a-z ]*changed">.*?</tr>', re.DOTALL)


def forwarded() -> Dossier:
    return numbered(specimen("singapore_malaysia")).model_copy(update={"revision": 1})


def amended(**updates: Any) -> Dossier:
    return numbered(specimen("singapore_malaysia")).model_copy(update=updates)


def parts_of(after: Dossier, before: Dossier | None = None) -> dict[str, str]:
    return {part.key: part.body for part in packet_parts(packet_input(after, before=before or forwarded()))}


def bars(body: str) -> list[str]:
    return [words(row) for row in ROW.findall(body)]


def words(markup: str) -> str:
    return plain(html.unescape(re.sub(r"<[^>]*>", "", markup)))


def moved_phone() -> Dossier:
    first, *rest = forwarded().stays
    return amended(stays=(first.model_copy(update={"phone": "+65 000-0000-0199"}), *rest))


def test_changed_phone_has_a_bar_on_every_sheet_that_prints_it_and_nowhere_else() -> None:
    parts = parts_of(moved_phone())
    barred = {key for key, body in parts.items() if bars(body)}
    assert barred == {key for key, body in parts.items() if "000-0000-0199" in body} - {"changes"}
    assert barred == {"duty", "itinerary", "lodging", "contacts", "missions"}
    assert all("000-0000-0199" in row for key in barred for row in bars(parts[key]))


def test_list_says_what_stood_there_and_what_stands_there_now() -> None:
    text = words(parts_of(moved_phone())["changes"])
    assert "外務省にある版前の届出の第1版この変更届の版変更届の第2版" in text
    assert "変更したところ1か所" in text
    assert "電話番号変更+65000-0000-0101+65000-0000-0199" in text


def test_one_person_less_marks_no_other_person() -> None:
    people = forwarded().participants
    parts = parts_of(amended(participants=people[:3] + people[4:]))
    names = [row for row in bars(parts["roster"]) if any(plain(str(person.name)) in row for person in people)]
    assert names == []
    assert plain(str(people[3].name)) + "なし" in words(parts["changes"])


@pytest.mark.parametrize("edition", [Edition.Y2016, Edition.Y2024])
def test_no_name_leaves_with_a_change_where_none_leaves_with_the_roster(edition: Edition) -> None:
    people = forwarded().participants
    after = amended(participants=people[:3] + people[4:], edition=edition)
    text = words(parts_of(after)["changes"])
    assert plain(str(people[3].name)) not in text
    assert "生徒1人" in text


@pytest.mark.parametrize(
    ("part", "name", "value"),
    [("outline", "cost_breakdown", "航空券 印一番"), ("outline", "non_participant_care", "事情 印二番")],
)
def test_what_the_packet_holds_back_is_not_told_as_a_change(part: str, name: str, value: str) -> None:
    after = amended(**{part: getattr(forwarded(), part).model_copy(update={name: value})})
    text = words(parts_of(after)["changes"])
    assert f"{part}.{name}" in HELD_BACK
    assert plain(value) not in text
    assert "学校が保管" in text


def test_birth_date_is_not_told_as_a_change() -> None:
    first, *rest = forwarded().participants
    moved = first.model_copy(update={"passport_given": "MARKEDNAME", "room": "印九番"})
    text = words(parts_of(amended(participants=(moved, *rest)))["changes"])
    assert "MARKEDNAME" not in text
    assert "印九番" not in text
    assert text.count("学校が保管") == 4


def test_packet_of_an_amendment_says_so() -> None:
    after = moved_phone()
    packet = build_packet(packet_input(after, before=forwarded()))
    assert [part.key for part in packet.parts][:3] == ["letter", "duty", "changes"]
    assert plain(AMENDED) in text_of(packet.pdf)
    assert packet.key != packet_key(packet_input(after))


def test_first_packet_has_neither_list_nor_bar() -> None:
    parts = {part.key: part.body for part in packet_parts(packet_input(forwarded()))}
    assert "changes" not in parts
    assert not any(ROW.search(body) for body in parts.values())


def test_unchanged_plan_says_that_it_is_the_same() -> None:
    parts = parts_of(amended())
    assert "外務省にある版と同じです" in words(parts["changes"])
    assert not any(bars(body) for body in parts.values())


def test_path_has_no_positions() -> None:
    assert path_of("/stays/0/phone") == "stays.phone"


def test_bar_keeps_what_a_row_looks_like() -> None:
    old = '<tr class="two"><td>a</td></tr><tr><td>b</td></tr>'
    new = '<tr class="two"><td>x</td></tr><tr><td>b</td></tr><tr><td>c</td></tr>'
    marked = mark_changes(old, new)
    assert marked == ('<tr class="two changed"><td>x</td></tr><tr><td>b</td></tr><tr class="changed"><td>c</td></tr>')


@settings(max_examples=size(8, proof=500))
@given(before=dossiers(), after=dossiers())
def test_bars_change_no_text(before: Dossier, after: Dossier) -> None:
    plain_parts = {part.key: part.body for part in packet_parts(packet_input(after))}
    barred = {part.key: part.body for part in packet_parts(packet_input(after, before=before))}
    for key in set(plain_parts) - {"letter"}:
        assert words(barred[key]) == words(plain_parts[key])
    assert bool(plan_changes(before, after)) or not any(ROW.search(body) for body in barred.values())
