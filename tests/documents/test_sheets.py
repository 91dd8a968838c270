"""What single sheets say: letter, itinerary, lodging, contacts, insurance, check sheet, roster."""

from __future__ import annotations

import datetime as dt
import html
import re
from pathlib import Path
from typing import Any

import pytest

from mofa_requests.documents import contacts, people
from mofa_requests.documents.annex3 import Annex3Item
from mofa_requests.documents.entries import gather_entries
from mofa_requests.documents.letter import SUBJECT, honorific, letter_sheet
from mofa_requests.documents.packet import packet_input, packet_parts
from mofa_requests.documents.roster import roster_form
from portal.dossier.types import Confirmation, Dossier, Edition, EnteredBy, Judgement, Outline, Tick, TickResult
from portal.lawbook.edition import RosterForm, load_edition
from tests.documents.cases import numbered, specimen, specimen_names
from tests.kit.pdf.paper import plain

SEED = Path(__file__).resolve().parents[2] / "docs/sources/004_82d3ceb99acf6c23.txt"
CUT = dt.date(2027, 3, 9)


def text_of_part(key: str, dossier: Dossier) -> str:
    body = next(part.body for part in packet_parts(packet_input(dossier)) if part.key == key)
    return plain(html.unescape(re.sub(r"<[^>]*>", "", body)))


def changed(dossier: Dossier, **updates: Any) -> Dossier:
    return dossier.model_copy(update=updates)


# --- letter ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dated_on", "addressee"),
    [
        (dt.date(2015, 4, 1), "外務大臣官房領事移住部長殿"),
        (dt.date(2026, 12, 10), "外務省領事局領事サービスセンター御中"),
        (dt.date(2018, 4, 1), "宛先未記入"),
    ],
)
def test_addressee_is_the_desk_of_the_letters_date(dated_on: dt.date, addressee: str) -> None:
    dossier = numbered(specimen())
    letter = dossier.request.letter.model_copy(update={"dated_on": dated_on})
    text = text_of_part("letter", changed(dossier, request=dossier.request.model_copy(update={"letter": letter})))
    assert addressee in text


def test_fixed_addressee_wins_over_the_directory() -> None:
    dossier = numbered(specimen())
    letter = dossier.request.letter.model_copy(update={"addressee": "見本省見本課長"})
    text = text_of_part("letter", changed(dossier, request=dossier.request.model_copy(update={"letter": letter})))
    assert "見本省見本課長殿" in text


def test_letter_carries_what_the_authority_fixed() -> None:
    text = text_of_part("letter", numbered(specimen()))
    for wanted in (
        "見教高第123号",
        "令和8年(2026年)12月10日(木)",
        "見本県教育委員会",
        "教育長髙﨑德子",
        "(公印省略)",
        plain(SUBJECT),
        "記載あり7項目",
        "支障なし",
        "最近の治安、交通及び感染症の状況",
        "03-0000-6600",
        "電子メール",
    ):
        assert wanted in text


@pytest.mark.parametrize(
    ("name", "expected"),
    [("領事移住部長", "殿"), ("領事サービスセンター", "御中"), ("見本課長 殿", ""), ("見本課 御中", "")],
)
def test_honorific(name: str, expected: str) -> None:
    assert honorific(name) == expected


@pytest.mark.parametrize(
    ("edition", "notice"), [("2003", "文初高第75号"), ("2016", "27文科初第1621号"), ("2024", "6教国教第156号")]
)
def test_basis_follows_the_edition(edition: str, notice: str) -> None:
    assert notice in text_of_part("letter", changed(specimen(), edition=Edition(edition)))


def test_ticks_are_counted_by_result() -> None:
    dossier = numbered(specimen())
    ticks = (Tick(item="1", result=TickResult.PRESENT), Tick(item="2", result=TickResult.MISSING, note="番号なし"))
    request = dossier.request.model_copy(update={"ticks": ticks})
    facts = letter_sheet(changed(dossier, request=request), entries=gather_entries(dossier))["result"]
    assert facts[0].shown.text == "記載あり1項目、欠落1項目、未記入5項目"


# --- itinerary and lodging ------------------------------------------------------------------------------------


def test_each_day_and_each_night_stands_in_order() -> None:
    dossier = specimen()
    text = text_of_part("itinerary", dossier)
    days = ["第1日令和9年1月19日(火)", "第2日令和9年1月20日(水)", "第3日令和9年1月21日(木)", "第4日令和9年1月22日(金)"]
    places = [text.index(day) for day in days]
    assert places == sorted(places)
    assert text.count("夜泊") == 3
    assert "現地の時刻は日本より1時間遅い" in text


def test_flight_has_its_carrier_by_name() -> None:
    legs = tuple(leg.model_copy(update={"carrier": None}) for leg in specimen().legs)
    text = text_of_part("itinerary", changed(specimen(), legs=legs))
    assert "CI9157チャイナエアライン" in text
    assert "台湾桃園国際空港(TPE)" in text


def test_what_has_no_date_stands_in_a_last_block() -> None:
    visits = tuple(visit.model_copy(update={"on": None}) for visit in specimen().activities)
    text = text_of_part("itinerary", changed(specimen(), activities=visits))
    block = text.partition("日付未記入")[2]
    assert all(plain(str(visit.title)) in block for visit in visits)


def test_night_without_lodging_is_said() -> None:
    dossier = changed(specimen(), stays=specimen().stays[:1])
    assert text_of_part("itinerary", dossier).count("宿泊先未記入") == 2
    assert text_of_part("lodging", dossier).count("宿泊先未記入") == 2


def test_two_centuries_do_not_make_seventy_thousand_days() -> None:
    outline = Outline(departs_on=dt.date(1900, 1, 1), returns_on=dt.date(2099, 12, 31))
    assert len(text_of_part("itinerary", Dossier(outline=outline))) < 1000


def test_homestay_has_representative_and_families() -> None:
    dossier = specimen("australia_homestay_40")
    text = text_of_part("lodging", dossier)
    assert plain(str(dossier.homestay.representative)) in text
    assert plain(str(dossier.homestay.representative_phone)) in text
    assert all(plain(str(host.family)) in text and plain(str(host.phone)) in text for host in dossier.hosts)


# --- contacts, insurance, check sheet -------------------------------------------------------------------------


@pytest.mark.parametrize("duty", [contacts.FIRST_DUTY, contacts.GRAVE_DUTY])
def test_duties_are_quoted_from_the_notice(duty: str) -> None:
    assert duty in SEED.read_text(encoding="utf-8")


@pytest.mark.parametrize("item", Annex3Item)
def test_items_are_quoted_from_the_notice(item: Annex3Item) -> None:
    assert plain(item.label) in plain(SEED.read_text(encoding="utf-8"))


def test_contacts_have_every_number_of_annex_one() -> None:
    dossier = specimen()
    text = text_of_part("contacts", dossier)
    phones = [dossier.school.phone, dossier.leader.mobile, dossier.conductor.mobile]
    phones += [number for contact in dossier.home_contacts for number in (contact.night_phone, contact.holiday_phone)]
    phones += [number for agent in dossier.agents for number in (agent.phone, agent.night_phone)]
    phones += [stay.phone for stay in dossier.stays] + [mission.phone for mission in dossier.missions]
    phones += [dossier.emergency.mofa_day_phone, dossier.emergency.mofa_night_phone]
    assert [phone for phone in phones if phone and plain(phone) not in text] == []


def test_no_local_agent_is_said_with_its_reason() -> None:
    agents = tuple(agent for agent in specimen().agents if agent.role != "local")
    reasoned = changed(specimen(), agents=agents, no_local_agent_reason="学校が直接手配するため")
    assert "該当なし理由学校が直接手配するため" in text_of_part("contacts", reasoned)
    assert "理由未記入" in text_of_part("contacts", changed(reasoned, no_local_agent_reason=None))


def test_insured_are_the_roster_less_opt_outs() -> None:
    dossier = specimen()
    count = len(dossier.participants)
    opt_out = {"participant": dossier.participants[0].key, "signed_on": "2026-11-01"}
    refusing = Dossier.model_validate(dossier.model_dump(mode="json") | {"opt_outs": [opt_out]})
    assert f"被保険者数{count - 1}人" in text_of_part("insurance", refusing)
    assert "保険に加入しない人1人" in text_of_part("insurance", refusing)


def test_what_nobody_answered_is_not_answered_by_the_paper() -> None:
    asked = specimen("draft_new_zealand")
    duty, nobody = text_of_part("duty", asked), changed(asked, participants=())
    assert "留守校副責任者記載なし" in duty
    assert "添乗員名簿になし" in duty, "that is all the plan says"
    assert "添乗員記載なし" in text_of_part("duty", nobody)
    assert "受入家庭の数未記入" in text_of_part("lodging", asked)
    assert "外務省へ電話した日(期限後のとき)記載なし電話の内容記載なし" in text_of_part("check_sheet", asked)
    assert "期限後提出の理由記載なし" in text_of_part("plan", asked)
    assert "保険に加入しない人記載なし意思表明の書面記載なし" in text_of_part("insurance", asked)
    insured = specimen("university_study_trip")
    assert "保険に加入しない人なし意思表明の書面該当なし" in text_of_part("insurance", insured)
    doubted = tuple(policy.model_copy(update={"covers_all": False}) for policy in insured.policies)
    assert "保険に加入しない人記載なし" in text_of_part("insurance", changed(insured, policies=doubted))


def test_check_sheet_shows_ticks_of_the_officer_and_nothing_else() -> None:
    empty = text_of_part("check_sheet", specimen())
    assert empty.count("未記入") >= 2 * len(Annex3Item)
    decided = text_of_part("check_sheet", numbered(specimen()))
    assert decided.count("○記載あり") == len(Annex3Item)
    assert Judgement.CLEAR.label in decided


def test_tick_on_something_else_prints_below_the_seven() -> None:
    dossier = numbered(specimen())
    extra = Tick(item="LR01", result=TickResult.MISSING, note="付添い看護師の届出")
    request = dossier.request.model_copy(update={"ticks": (*dossier.request.ticks, extra)})
    text = text_of_part("check_sheet", changed(dossier, request=request))
    assert "その他の項目(LR01)―×欠落付添い看護師の届出" in text


# --- roster ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("edition", Edition)
def test_names_leave_only_under_the_edition_that_asks_for_them(edition: Edition) -> None:
    dossier = changed(specimen("australia_homestay_40"), edition=edition)
    pupils = [person for person in dossier.participants if person.role == "student"]
    texts = "".join(text_of_part(key, dossier) for key in ("roster", "lodging"))
    printed = [person for person in pupils if plain(str(person.name)) in texts]
    wants_names = load_edition(edition.value).roster.form is RosterForm.NAMED
    assert (len(printed) == len(pupils)) is wants_names
    assert bool(printed) is wants_names
    assert f"合計参加者数{len(dossier.participants)}人" in texts


@pytest.mark.parametrize("edition", Edition)
@pytest.mark.parametrize("chosen", RosterForm)
def test_an_authority_may_send_less_of_the_roster_and_never_more(edition: Edition, chosen: RosterForm) -> None:
    dossier = numbered(specimen("australia_homestay_40"))
    letter = dossier.request.letter.model_copy(update={"roster": chosen})
    request = dossier.request.model_copy(update={"letter": letter})
    narrowed = changed(dossier, edition=edition, request=request)
    forms = list(RosterForm)
    assert forms.index(roster_form(narrowed)) == max(
        forms.index(chosen), forms.index(load_edition(edition.value).roster.form)
    )
    text = text_of_part("roster", narrowed)
    assert plain(roster_form(narrowed).label) in text
    pupil = next(person for person in dossier.participants if person.role == "student")
    assert (plain(str(pupil.name)) in text) is (roster_form(narrowed) is RosterForm.NAMED)


def test_ages_leave_unless_the_roster_is_kept_back() -> None:
    assert "17歳" in text_of_part("roster", changed(specimen(), edition=Edition.Y2003))
    kept = text_of_part("roster", changed(specimen(), edition=Edition.Y2024))
    assert "17歳" not in kept
    assert "学校が作成して保管" in kept


@pytest.mark.parametrize("name", specimen_names())
def test_totals_by_role_and_sex_add_up(name: str) -> None:
    dossier = specimen(name)
    tally = people.tally_by_role(dossier.participants)
    assert sum(counts.total() for counts in tally.values()) == len(dossier.participants)
    ages = people.tally_by_age(dossier.participants, on=dossier.outline.departs_on)
    assert sum(counts.total() for counts in ages.values()) == tally[people.ParticipantRole.STUDENT].total()


@pytest.mark.parametrize(
    ("born", "age"),
    [(dt.date(2010, 3, 9), 17), (dt.date(2010, 3, 10), 16), (dt.date(2008, 2, 29), 19), (dt.date(2028, 1, 1), None)],
)
def test_age_on_the_day_of_departure(born: dt.date, age: int | None) -> None:
    assert people.age_on(born, on=CUT) == age


def test_age_needs_both_dates() -> None:
    assert people.age_on(None, on=CUT) is None
    assert people.age_on(CUT, on=None) is None


def test_check_sheet_says_how_much_is_the_schools_own_hand() -> None:
    dossier = changed(specimen(), confirmations=())
    whole = text_of_part("check_sheet", dossier)
    assert "(100%)を、学校の職員が入力または確認しています" in whole
    by_agent = Confirmation(section="lodging", entered_by=EnteredBy.AGENT)
    part = text_of_part("check_sheet", changed(dossier, confirmations=(by_agent,)))
    total, own = map(int, re.findall(r"記入のある(\d+)欄のうち(\d+)欄", part)[0])
    assert 0 < own < total
    assert text_of_part("check_sheet", Dossier()).count("学校の職員が入力または確認しています") == 0
