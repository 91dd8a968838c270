"""The packet read back: every property on the paper or held back by name, every page a page a duty officer can use."""

from __future__ import annotations

import datetime as dt
import functools
import re
from typing import Any

import pytest
from hypothesis import given, settings

from mofa_requests.documents import html
from mofa_requests.documents.held_back import HELD_BACK
from mofa_requests.documents.packet import (
    TITLES,
    Packet,
    build_packet,
    packet_input,
    packet_key,
    packet_parts,
    template_version,
)
from mofa_requests.documents.values import short_day
from portal.dossier.types import Decision, Dossier, Edition
from portal.kit.era import era_date
from portal.kit.pdf import Caps, RenderError
from tests.documents.cases import grown, marked, numbered, specimen, specimen_names
from tests.dossier.strategies import dossiers
from tests.kit.pdf import paper
from tests.sizes import PROOF, size

# References to people and groups, and the keys they use: the paper prints the names.
REFERENCES = re.compile(r"(\.key|\.groups|\.leader|\.participant|\.guests|\.group|\.insured)$")
CODES = re.compile(r"(country|zone|nationality|strong_in)$")
READ_BACK = specimen_names() if PROOF else ["taiwan_161", "australia_homestay_40", "korea_ferry"]


@pytest.fixture(scope="module")
def taiwan() -> Packet:
    return build_packet(packet_input(numbered(specimen())))


@pytest.fixture(scope="module")
def marked_text() -> str:
    return paper.unstamped(paper.text_of(build_packet(packet_input(marked()[0])).pdf))


@functools.cache
def rendered(name: str) -> Packet:
    return build_packet(packet_input(specimen(name)))


def on_paper(value: Any, text: str) -> bool:
    """Whether a value of any type stands in the text in one of its printed forms."""
    match value:
        case dt.datetime():
            return short_day(value.date()) in text and f"{value:%H:%M}" in text
        case dt.date():
            return short_day(value) in text or era_date(value, weekday=False) in text
        case dt.time():
            return f"{value:%H:%M}" in text
        case int():
            return f"{value:,}" in text or f"第{value}版" in text
        case _:
            return paper.plain(str(value)) in text


def printed_leaves() -> list[tuple[str, Any]]:
    skipped = {"destinations.danger_level", "destinations.infection_level"}
    leaves = marked()[1]
    return [
        (path, leaves[path])
        for path in leaves
        if not (REFERENCES.search(path) or CODES.search(path) or path in skipped)
    ]


@pytest.mark.parametrize(("path", "value"), printed_leaves(), ids=[path for path, _ in printed_leaves()])
def test_every_property_is_printed_or_held_back(path: str, value: Any, marked_text: str) -> None:
    assert on_paper(value, marked_text) is (path not in HELD_BACK)


def test_codes_and_references_are_printed_as_names(marked_text: str) -> None:
    dossier = marked()[0]
    person, group = dossier.participants[0], dossier.groups[0]
    assert marked_text.count(str(person.name)) >= 5, "leader, conductor, group, host's guest, roster"
    assert marked_text.count(str(group.name)) >= 5, "group, carriage, activity, lodging, roster"
    assert "台湾" in marked_text
    assert "レベル3" in marked_text
    assert "レベル2" in marked_text
    assert "1時間遅い" in marked_text
    for key in (person.key, group.key, dossier.stays[0].key):
        assert not re.search(rf"{key}\b", marked_text)


def test_held_back_names_real_properties() -> None:
    leaves = marked()[1]
    flags = {"participants.guardian_recorded", "opt_outs.guardian_signed"}
    assert set(HELD_BACK) <= set(leaves) | flags
    assert all(reason for reason in HELD_BACK.values())


@pytest.mark.parametrize("name", READ_BACK)
def test_specimen_reads_back(name: str) -> None:
    dossier = specimen(name)
    text = paper.text_of(rendered(name).pdf)
    wanted = [
        *(leg.number for leg in dossier.legs),
        *(at for leg in dossier.legs for at in (leg.departs_at, leg.arrives_at)),
        *(each for stay in dossier.stays for each in (stay.name, stay.local_name, stay.address, stay.phone)),
        *(
            each
            for contact in dossier.home_contacts
            for each in (contact.name, contact.night_phone, contact.holiday_phone)
        ),
        *(
            each
            for agent in dossier.agents
            for each in (agent.name, agent.address, agent.phone, agent.night_phone, agent.person)
        ),
        *(each for mission in dossier.missions for each in (mission.name, mission.address, mission.phone)),
        *(
            each
            for policy in dossier.policies
            for each in (policy.insurer, policy.address, policy.phone, policy.number)
        ),
        *(each for host in dossier.hosts for each in (host.family, host.address, host.phone)),
        *(visit.title for visit in dossier.activities),
        *(each for person in dossier.participants for each in (person.name, person.kana)),
        dossier.outline.departs_on,
        dossier.outline.returns_on,
        dossier.leader.mobile,
    ]
    assert [value for value in wanted if value is not None and not on_paper(value, text)] == []


@pytest.mark.parametrize("name", READ_BACK)
def test_specimen_has_no_character_without_a_face_and_no_slip_of_a_template(name: str) -> None:
    assert rendered(name).missing == ()
    assert html.MISSPELT.split()[0] not in paper.text_of(rendered(name).pdf)


def test_every_page_is_an_a4_sheet_in_black_on_white(taiwan: Packet) -> None:
    embedded = paper.font_files(taiwan.pdf)
    assert paper.page_sizes(taiwan.pdf) == {(595, 842)}
    assert embedded
    assert all(embedded.values())
    assert paper.colours(taiwan.pdf) <= {0.0, 1.0}


def test_every_page_says_whose_it_is(taiwan: Packet) -> None:
    pages = paper.pages_of(taiwan.pdf)
    dossier = specimen()
    assert len(pages) == taiwan.pages == sum(part.pages for part in taiwan.parts)
    titles = [part.title for part in taiwan.parts for _ in range(part.pages)]
    head = f"見本 {dossier.school.name} – {dossier.outline.title}(MIHON-2027-001) – 第2版"
    for number, (text, title) in enumerate(zip(pages, titles, strict=True), start=1):
        assert paper.plain(head) in paper.plain(text)
        assert paper.plain(f"{number}/{taiwan.pages} {title}") in paper.plain(text)


def test_parts_begin_where_they_say(taiwan: Packet) -> None:
    pages = [paper.plain(text) for text in paper.pages_of(taiwan.pdf)]
    assert [part.key for part in taiwan.parts] == [key for key in TITLES if key != "changes"]
    for part in taiwan.parts[1:]:
        assert pages[part.first_page - 1].startswith(paper.plain(part.title))


def test_enclosures_carry_the_real_number_of_sheets(taiwan: Packet) -> None:
    letter = paper.plain(paper.pages_of(taiwan.pdf)[0])
    for part in taiwan.parts[1:]:
        assert f"){paper.plain(part.title)}{part.pages}枚" in letter
    assert f"本状を含む合計{taiwan.pages}枚" in letter


def test_contact_blocks_are_whole_on_one_page(taiwan: Packet) -> None:
    pages = [paper.plain(text) for text in paper.pages_of(taiwan.pdf)]
    dossier = specimen()
    blocks = [(stay.name, stay.address, stay.phone) for stay in dossier.stays]
    blocks += [(agent.name, agent.phone, agent.night_phone) for agent in dossier.agents]
    blocks += [(contact.name, contact.night_phone, None) for contact in dossier.home_contacts]
    for block in blocks:
        texts = [paper.plain(text) for text in block if text]
        assert any(all(text in page for text in texts) for page in pages)


def test_long_table_repeats_its_head(taiwan: Packet) -> None:
    roster = taiwan.parts[-1]
    pages = [paper.plain(text) for text in paper.pages_of(taiwan.pdf)][roster.first_page :]
    assert len(pages) > 2
    assert all("番号区分氏名かな年齢性別班" in page for page in pages)


def test_draft_and_specimen_are_said_on_every_page() -> None:
    drafts = paper.pages_of(build_packet(packet_input(specimen("draft_new_zealand"))).pdf)
    assert all("見本案" in paper.plain(text) for text in drafts)
    real = specimen("draft_new_zealand").model_copy(update={"demo": False})
    assert all("見本案" not in paper.plain(text) for text in paper.pages_of(build_packet(packet_input(real)).pdf))


def test_empty_dossier_prints_every_label_with_a_blank() -> None:
    text = paper.text_of(build_packet(packet_input(Dossier())).pdf)
    assert text.count("未記入") > 100
    for label in (
        "文書番号未記入",
        "宛先未記入",
        "学校名",
        "夜間の連絡先",
        "最寄りの日本側在外公館",
        "保険会社",
        "旅行団責任者",
    ):
        assert label in text


def test_same_input_same_bytes_and_key(taiwan: Packet) -> None:
    again = build_packet(packet_input(numbered(specimen())))
    assert again.pdf == taiwan.pdf
    assert again.key == taiwan.key


def test_key_changes_with_each_of_its_inputs() -> None:
    dossier = numbered(specimen())
    source = packet_input(dossier)
    letter = dossier.request.letter.model_copy(update={"number": "見教高第124号"})
    decision = Decision(judgement=dossier.request.decision.judgement)
    others = [
        packet_input(dossier.model_copy(update={"late_filing_reason": "日程の変更"})),
        packet_input(dossier.model_copy(update={"request": dossier.request.model_copy(update={"letter": letter})})),
        packet_input(dossier.model_copy(update={"request": dossier.request.model_copy(update={"decision": decision})})),
        type(source)(dossier, source.entries.model_copy(update={"countries": ()}), source.template_version),
        type(source)(dossier, source.entries, "another"),
    ]
    keys = {packet_key(each) for each in (source, *others)}
    assert len(keys) == 1 + len(others)
    assert all(re.fullmatch("[0-9a-f]{64}", key) for key in keys)
    assert packet_key(packet_input(numbered(specimen()))) == packet_key(source)
    assert re.fullmatch("[0-9a-f]{16}", template_version())


def test_four_hundred_travellers_fit_the_caps() -> None:
    packet = build_packet(packet_input(grown(numbered(specimen()), to=400)))
    assert packet.parts[-1].pages >= 9
    assert "400人" in paper.text_of(packet.pdf)


def test_cap_names_the_part_that_was_in_work() -> None:
    people = [person.model_copy(update={"name": "髙﨑" * 40}) for person in grown(specimen(), to=5000).participants]
    with pytest.raises(RenderError, match="「参加者名簿」を3秒以内に"):
        build_packet(packet_input(specimen().model_copy(update={"participants": tuple(people)})), caps=Caps(seconds=3))


def test_character_without_a_face_is_reported_with_its_place() -> None:
    dossier = specimen("korea_ferry")
    person = dossier.participants[0].model_copy(update={"name": "渡\U0002fffc邉"})
    packet = build_packet(
        packet_input(dossier.model_copy(update={"participants": (person, *dossier.participants[1:])}))
    )
    assert [glyph.char for glyph in packet.missing] == ["\U0002fffc"]
    assert packet.missing[0].places == (f"参加者名簿 › {person.key} › 氏名",)


@pytest.mark.parametrize("edition", Edition)
def test_text_of_a_user_stays_text(edition: Edition) -> None:
    hostile = '<script>alert(1)</script>{{ 7|add:7 }}<!--pages:plan--><img src="file:///etc/passwd">'
    school = specimen().school.model_copy(update={"name": hostile})
    parts = packet_parts(packet_input(specimen().model_copy(update={"school": school, "edition": edition})))
    for body in (part.body for part in parts):
        assert "<script" not in body
        assert "<img" not in body
    assert "{{ 7|add:7 }}&lt;!--pages:plan--&gt;" in parts[0].body


@settings(max_examples=size(6, proof=300))
@given(dossier=dossiers())
def test_any_valid_dossier_renders_in_one_call(dossier: Dossier) -> None:
    packet = build_packet(packet_input(dossier))
    assert packet.pdf.startswith(b"%PDF")
    assert packet.pages == len(paper.pages_of(packet.pdf))


@settings(max_examples=size(40, proof=1000))
@given(dossier=dossiers())
def test_any_valid_dossier_makes_clean_sheets(dossier: Dossier) -> None:
    typed = dossier.model_dump_json()
    for part in packet_parts(packet_input(dossier)):
        text = re.sub(r"<[^>]*>", "", part.body)
        assert html.MISSPELT.split()[0] not in text
        for slip in ("Shown(", "None", "LabelledEnum"):
            assert slip not in text or slip in typed


def test_dates_stand_in_the_era(taiwan: Packet) -> None:
    departs = specimen().outline.departs_on
    assert departs is not None
    assert paper.plain(era_date(departs)) in paper.text_of(taiwan.pdf)
