"""Papers for other receivers: each has every field of its list and no other, and nobody's blood without consent."""

from __future__ import annotations

import datetime as dt
import functools
import re
from typing import Any

import pytest

from mofa_requests.documents import html
from mofa_requests.documents.receivers.filing import Filing
from mofa_requests.documents.receivers.papers import FIELDS, Beside, Paper, PaperKind, build_paper, paper_parts
from mofa_requests.documents.receivers.sealed import SpecialCare
from mofa_requests.documents.values import short_day
from portal.dossier.types import Dossier
from portal.kit.era import english_date, era_date
from portal.kit.pdf.verify import verify
from tests.documents.cases import marked, numbered, specimen, specimen_names
from tests.kit.pdf import paper

CARE = SpecialCare("血印AB", "卵の印", "病の印", "薬の印", "配慮の印")
FILED = Filing(
    revision=2,
    submitted_at=dt.datetime(2026, 12, 1, 16, 4, tzinfo=dt.UTC),
    attested_by="校長",
    edition="平成15年通知",
    sha256="0123456789abcdef" * 4,
    authority="見本県教育委員会",
    letter_number="見教高第123号",
    forwarded_on=dt.date(2026, 12, 10),
    channel="電子メール",
)
# Codes print as names, references as what they refer to; whole numbers of years hide in other numbers.
NOT_LOOKED_FOR = re.compile(
    r"(\.key|\.groups|\.leader|\.participant|\.guests|\.group|\.insured|country|zone|nationality|strong_in|_level)$"
)


def cared(dossier: Dossier) -> Beside:
    return Beside({person.key: CARE for person in dossier.participants}, copies=2, filing=FILED)


@functools.cache
def marked_text(kind: PaperKind) -> str:
    dossier = marked()[0]
    return paper.unstamped(paper.text_of(build_paper(kind, dossier, beside=cared(dossier)).pdf))


@functools.cache
def made(kind: PaperKind, name: str) -> Paper:
    dossier = numbered(specimen(name))
    return build_paper(kind, dossier, beside=cared(dossier))


def stands(value: Any, text: str) -> bool:
    """Whether a value of any type stands in the text in one of its printed forms, Japanese or English."""
    match value:
        case dt.datetime():
            days = (short_day(value.date()), f"{value:%a}{value.day}{value:%b}{value:%H:%M}")
            return f"{value:%H:%M}" in text and any(day in text for day in days)
        case dt.date():
            forms = (
                short_day(value),
                era_date(value, weekday=False),
                english_date(value),
                f"{value:%a} {value.day} {value:%b}",
            )
            beside = (f"{value.month}月{value.day}日から", f"from{value.day}{value:%b}")
            return any(paper.plain(form) in text for form in (*forms, *beside))
        case dt.time():
            return f"{value:%H:%M}" in text
        case int():
            return f"{value:,}" in text or f"第{value}版" in text or f"revision{value}" in text
        case _:
            return paper.plain(str(value)) in text


LOOKED_FOR = [
    (kind, path, value) for kind in PaperKind for path, value in marked()[1].items() if not NOT_LOOKED_FOR.search(path)
]


@pytest.mark.parametrize(("kind", "path", "value"), LOOKED_FOR, ids=[f"{kind}-{path}" for kind, path, _ in LOOKED_FOR])
def test_exactly_the_fields_of_its_list_are_printed(kind: PaperKind, path: str, value: Any) -> None:
    assert stands(value, marked_text(kind)) is (path in FIELDS[kind]), value


@pytest.mark.parametrize("kind", PaperKind)
def test_lists_name_real_fields(kind: PaperKind) -> None:
    leaves = set(marked()[1]) | {"destinations.transit"}
    assert FIELDS[kind] <= leaves
    assert FIELDS[kind]


@pytest.mark.parametrize("kind", PaperKind)
@pytest.mark.parametrize("name", ["taiwan_161", "defects_all", "australia_homestay_40"])
def test_specimens_are_printed_whole_in_black_with_every_face(kind: PaperKind, name: str) -> None:
    done = made(kind, name)
    assert done.missing == ()
    assert done.pages == len(paper.pages_of(done.pdf))
    assert paper.colours(done.pdf) <= {0.0, 1.0}
    assert all(paper.font_files(done.pdf).values())
    assert html.MISSPELT.split()[0] not in paper.text_of(done.pdf)
    assert paper.page_sizes(done.pdf) == ({(210, 298)} if kind is PaperKind.CARD else {(595, 842)})


@pytest.mark.parametrize("kind", PaperKind)
def test_every_page_says_whose_it_is_and_which_of_how_many(kind: PaperKind) -> None:
    done = made(kind, "taiwan_161")
    for number, text in enumerate(paper.pages_of(done.pdf), start=1):
        assert "MIHON-2027-001" in text
        assert f"{number}/{done.pages}" in text


@pytest.mark.parametrize("kind", PaperKind)
def test_paper_holds_its_own_data_and_no_more(kind: PaperKind) -> None:
    judged = verify(made(kind, "taiwan_161").pdf)
    assert judged.intact
    assert judged.text_equals_data
    assert not judged.signed


# --- special care ---------------------------------------------------------------------------------------------


def insurer_text(dossier: Dossier, beside: Beside) -> str:
    return "".join(re.sub("<[^>]*>", "", part.body) for part in paper_parts(PaperKind.INSURER, dossier, beside=beside))


def test_blood_type_leaves_with_consent_alone() -> None:
    dossier = specimen("australia_homestay_40")
    first, second, third, *_rest = dossier.participants
    people = (
        first.model_copy(update={"consented_on": dt.date(2026, 11, 1)}),
        second.model_copy(update={"consented_on": None}),
        third.model_copy(update={"consented_on": dt.date(2026, 11, 1)}),
    )
    dossier = dossier.model_copy(update={"participants": people})
    sealed = {first.key: SpecialCare("A Rh+"), second.key: SpecialCare("AB Rh-"), third.key: SpecialCare("", "卵")}
    text = insurer_text(dossier, Beside(sealed))
    assert "A Rh+" in text
    assert "AB Rh-" not in text
    assert str(second.name) not in text
    assert str(third.name) not in text, "no blood type is known"
    assert "卵" not in text
    assert "同意のある人だけ 1人" in text
    assert "載せていない人: 2人" in text


def test_without_sealed_input_no_list_is_made() -> None:
    assert "同意があり、血液型の分かっている参加者はいません" in insurer_text(specimen(), Beside())


def test_health_sheet_has_numbered_copies_of_those_in_care() -> None:
    dossier = specimen("australia_homestay_40")
    first, second, third, *_ = dossier.participants
    sealed = {first.key: SpecialCare("A", "卵"), second.key: SpecialCare("B"), third.key: SpecialCare(note="車いす")}
    parts = paper_parts(PaperKind.HEALTH, dossier, beside=Beside(sealed, copies=3))
    assert [f"第{number}部(全3部)" in part.body for number, part in enumerate(parts, start=1)] == [True] * 3
    assert all(str(first.name) in part.body and str(third.name) in part.body for part in parts)
    assert not any(str(second.name) in part.body for part in parts), "a blood type alone needs no care"
    assert all("2人" in part.body for part in parts)


def test_what_nobody_entered_about_health_is_not_denied() -> None:
    """「アレルギー なし」 would be believed; the school has only not written anything."""
    dossier = specimen("australia_homestay_40")
    first = dossier.participants[0]
    (part,) = paper_parts(PaperKind.HEALTH, dossier, beside=Beside({first.key: SpecialCare(note="車いす")}, copies=1))
    words = paper.plain(re.sub("<[^>]*>", "", part.body))
    assert words.endswith("記載なし" * 4 + "車いす"), words


@pytest.mark.parametrize("copies", [-1, 0, 10_000])
def test_number_of_copies_stays_within_reason(copies: int) -> None:
    parts = paper_parts(PaperKind.HEALTH, specimen(), beside=Beside(copies=copies))
    assert 1 <= len(parts) <= 20


# --- card, English, filing ------------------------------------------------------------------------------------


def test_card_has_every_number_in_both_languages_as_dialled_from_abroad() -> None:
    dossier = specimen("singapore_malaysia")
    japanese, english = (
        paper.plain(re.sub("<[^>]*>", "", side))
        for side in paper_parts(PaperKind.CARD, dossier, beside=Beside())[0].body.split('<div class="side">')[1:]
    )
    for number in ("+8190-0000-1321", "+8188-000-2301", "+8190-0000-1301"):
        assert number in japanese
        assert number in english
    assert "Leader(dayandnight)KURODAKAZUMA" in english


def test_prefix_that_nobody_checked_is_marked() -> None:
    dossier = specimen("singapore_malaysia")
    silent = dossier.model_copy(update={"emergency": dossier.emergency.model_copy(update={"dialling": None})})
    body = paper_parts(PaperKind.CARD, silent, beside=Beside())[0].body
    assert "シンガポールの固定電話から日本へ: 001-81-(最初の0を除いた番号) 未確認" in body
    assert "From a landline in Singapore to Japan: 001-81-(number without its first 0) unverified" in body


def test_english_table_names_missions_as_the_directory_does() -> None:
    dossier = specimen("singapore_malaysia")
    named = dossier.missions[0].model_copy(update={"name": "在シンガポール日本国大使館"})
    body = paper_parts(PaperKind.CONTACTS_EN, dossier.model_copy(update={"missions": (named,)}), beside=Beside())[
        0
    ].body
    assert "Embassy of Japan in Singapore" in body
    assert "在シンガポール" not in body


def test_english_table_leaves_no_number_out_and_denies_none() -> None:
    taiwan = specimen()
    conductor = taiwan.conductor.model_copy(update={"participant": None})
    assert "Tourconductornotfilledinday" in english_words(taiwan.model_copy(update={"conductor": conductor}))
    draft = specimen("draft_new_zealand")
    assert "numbernotfilledin" in english_words(draft)
    assert "Tourconductor" not in english_words(draft)
    homestay = draft.homestay.model_copy(update={"used": None, "representative": "Aroha Specimen"})
    assert "ArohaSpecimen" in english_words(draft.model_copy(update={"homestay": homestay}))


def english_words(dossier: Dossier) -> str:
    (part,) = paper_parts(PaperKind.CONTACTS_EN, dossier, beside=Beside())
    return paper.plain(re.sub("<[^>]*>", "", part.body))


def test_filing_receipt_gives_japanese_time_and_the_whole_digest() -> None:
    text = paper.text_of(made(PaperKind.FILING, "taiwan_161").pdf)
    assert "令和8年12月2日(水)01:04" in text
    assert FILED.sha256 in text
    assert "外務省が受領した日まだ" in text


def test_filing_receipt_needs_the_record() -> None:
    with pytest.raises(ValueError, match="record of the filing"):
        build_paper(PaperKind.FILING, specimen())


@pytest.mark.parametrize("name", specimen_names())
def test_every_specimen_makes_clean_sheets(name: str) -> None:
    dossier = specimen(name)
    for kind in PaperKind:
        for part in paper_parts(kind, dossier, beside=cared(dossier)):
            text = re.sub(r"<[^>]*>", "", part.body)
            assert html.MISSPELT.split()[0] not in text
            assert "None" not in text


@pytest.mark.parametrize("kind", [PaperKind.CONTACTS_EN, PaperKind.CARD])
def test_number_with_its_country_code_keeps_its_grouping(kind: PaperKind) -> None:
    text = re.sub(r"\s+", " ", "\n".join(paper.pages_of(made(kind, "australia_homestay_40").pdf)))
    assert "+61 000-0000-0301" in text
    assert "+81 90-0000-1221" in text, "one typed for Japan gets its country code"
