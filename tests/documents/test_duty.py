"""The duty officer's page: every value at its own place on paper, for every specimen and for the worst of texts."""

from __future__ import annotations

import functools

import pytest

from mofa_requests.documents import html
from mofa_requests.documents.districts import districts, in_order_of_nights, mission_of_stay
from mofa_requests.documents.duty import NIGHTS, duty_sheet
from mofa_requests.documents.entries import gather_entries
from mofa_requests.documents.fitting import fold
from mofa_requests.documents.nights import UNDER_WAY, open_nights
from mofa_requests.documents.packet import packet_input, packet_parts
from portal.dossier.types import Agent, AgentRole, ContactRole, Dossier, Policy
from portal.kit.pdf import PartSource, Running, print_parts
from tests.documents.cases import marked, numbered, specimen, specimen_names
from tests.kit.pdf.paper import Word, words_of

# Points from the left and the top edge of the sheet. Whoever moves one moves what officers know by heart.
ANCHORS = {"緊急対応票": (45.4, 67.4), "1": (55.0, 186.0), "2": (55.0, 411.4), "3": (55.0, 660.9)}
NIGHT_TOP, NIGHT_STEP, NIGHT_PHONE, NIGHT_MISSION = 231.1, 30.26, 285.9, 407.8
CALL_TOP, CALL_STEP, CALL_NAME, CALL_PHONE = 450.6, 18.64, 142.7, 321.3
COVER_TOP, INSURER_PHONE, ASSISTANCE_PHONE = 703.5, 176.7, 429.0
TOTAL_TOP, NEAR, HALF_ROW, EDGE = 102.2, 1.0, 7.5, 15 * 72 / 25.4
LONG = "﨑𠮷ガᄀ่WW" * 20


def filled_to_the_brim() -> Dossier:
    """Every property filled, every text of the page as long as its type lets it be, more rows than there is room."""
    dossier = marked()[0]
    all_nights = {"checks_in": dossier.outline.departs_on, "checks_out": dossier.outline.returns_on}
    stay = dossier.stays[0].model_copy(update=all_nights | {"name": LONG, "city": LONG[:80], "phone": "0" * 60})
    agents = tuple(agent.model_copy(update={"name": LONG, "phone": "1" * 30}) for agent in dossier.agents)
    home = dossier.home_contacts[0].model_copy(update={"name": LONG[:80], "night_phone": "電" * 40})
    policy = dossier.policies[0].model_copy(update={"insurer": LONG, "number": LONG[:80], "phone": "2" * 36})
    return dossier.model_copy(
        update={
            "school": dossier.school.model_copy(update={"name": LONG}),
            "outline": dossier.outline.model_copy(update={"title": LONG}),
            "stays": (stay,) * (NIGHTS + 3),
            "agents": agents * 3,
            "home_contacts": (home,) * 3,
            "policies": (policy,) * 4,
        }
    )


NAMES = {
    "school": "学校法人見本学園 見本学園高等学校附属国際コミュニケーション中等教育学校(見本)",
    "hotel": "見本グランドホテル・アンド・コンベンションセンター ブリスベン(見本)",
    "mission": "在サンフランシスコ日本国総領事館",
    "agent": "Mihon International Educational Travel and Study Tours Australia Pty Ltd(見本)",
    "insurer": "見本日動海上あんしんトラベル火災保険株式会社 海外旅行保険部(見本)",
}


def long_named() -> Dossier:
    """A party whose every name is longer than the usual size of its place."""
    dossier = specimen("australia_homestay_40")
    stays = tuple(stay.model_copy(update={"name": NAMES["hotel"]}) for stay in dossier.stays)
    missions = tuple(mission.model_copy(update={"name": NAMES["mission"]}) for mission in dossier.missions)
    agents = tuple(agent.model_copy(update={"name": NAMES["agent"]}) for agent in dossier.agents)
    policies = tuple(
        policy.model_copy(
            update={
                "insurer": NAMES["insurer"],
                "assistance": policy.assistance.model_copy(update={"company": NAMES["insurer"]}),
            }
        )
        for policy in dossier.policies
    )
    school = dossier.school.model_copy(update={"name": NAMES["school"]})
    changes = {"school": school, "stays": stays, "missions": missions, "agents": agents, "policies": policies}
    return dossier.model_copy(update=changes)


# Each name with the left and right edge of a place it stands in, in points.
PLACES_OF_NAMES = [
    ("school", 45, 398),
    ("hotel", 117, 284),
    ("mission", 404, 552),
    ("agent", 138, 284),
    ("insurer", 45, 174),
    ("insurer", 300, 427),
]


CASES = {name: specimen(name) for name in specimen_names()} | {
    "numbered": numbered(specimen()),
    "empty": Dossier(),
    "long": long_named(),
    "brim": filled_to_the_brim(),
}
SPECIMENS_AND_BLANK = [name for name in CASES if name != "brim"]
SPACE, BOX = 7, 4.5  # points: a blank between two words; how far in the box of 未記入 sets its text


@functools.cache
def pages() -> dict[str, list[Word]]:
    """The page of every case, drawn in one go; words with their boxes in points by poppler."""
    parts = [
        PartSource(name, name, html.draw("duty.html", _sheet(dossier) | {"part_title": "緊急対応票"}))
        for name, dossier in CASES.items()
    ]
    running = Running('<div class="sheet"></div>', html.style("running.css"))
    printed = print_parts(parts, title="", style=html.style("packet.css", "duty.css"), running=running)
    assert set(printed.page_counts) == {1}, "the page never runs over"
    return dict(zip(CASES, words_of(printed.pdf), strict=True))


def _sheet(dossier: Dossier) -> dict[str, object]:
    return duty_sheet(dossier, entries=gather_entries(dossier))


def at(name: str, *, left: float, top: float, slack: float = NEAR) -> str:
    """The words that begin at ``left`` on the line at ``top``, up to the next column; in points."""
    line = sorted((word for word in pages()[name] if abs(word.top - top) < slack), key=lambda word: word.left)
    found, reach = "", left + BOX
    for word in line:
        if left - NEAR < word.left <= reach:
            found, reach = found + word.text, word.right + SPACE
    return found


def typed(phone: str | None, otherwise: str = "未記入") -> str:
    return "".join(phone.split()) if phone else otherwise


@pytest.mark.parametrize("name", CASES)
def test_headings_stand_where_officers_know_them(name: str) -> None:
    for text, (left, top) in ANCHORS.items():
        first = text[0]
        assert any(
            word.text.startswith(first) and abs(word.left - left) < NEAR and abs(word.top - top) < NEAR
            for word in pages()[name]
        ), text


@pytest.mark.parametrize("name", CASES)
def test_number_of_people_stands_large_in_its_corner(name: str) -> None:
    total = CASES[name].outline.party.total
    large = [word for word in pages()[name] if abs(word.top - TOTAL_TOP) < NEAR and word.bottom - word.top > 29]
    assert "".join(word.text for word in large) == ("未記入" if total is None else f"{total:,}人")
    assert all(word.left > 400 and word.right < 550 for word in large)


@pytest.mark.parametrize("name", SPECIMENS_AND_BLANK)
def test_each_night_has_its_row_with_lodging_and_mission(name: str) -> None:
    dossier = CASES[name]
    gaps = open_nights(dossier)
    for row, stay in enumerate(in_order_of_nights(dossier.stays)[:NIGHTS]):
        above = bool(gaps) and (stay.checks_in is None or gaps[0] < stay.checks_in)
        top = NIGHT_TOP + (row + above) * NIGHT_STEP
        aboard = "電話なし" if stay.kind in UNDER_WAY else "未記入"
        assert at(name, left=NIGHT_PHONE, top=top, slack=HALF_ROW) == typed(stay.phone, aboard)
        mission = mission_of_stay(dossier, stay)
        assert (mission is None) or at(name, left=NIGHT_MISSION, top=top + 6, slack=2) == typed(mission.phone)


@pytest.mark.parametrize("name", SPECIMENS_AND_BLANK)
def test_each_number_to_call_has_its_row(name: str) -> None:
    dossier = CASES[name]
    rows = dict.fromkeys(range(11), "")
    rows[0] = typed(dossier.leader.mobile)
    rows[1] = typed(dossier.conductor.mobile, "なし")
    for first, role, otherwise in ((2, ContactRole.CHIEF, "未記入"), (4, ContactRole.DEPUTY, "なし")):
        held = next((each for each in dossier.home_contacts if each.role is role), None)
        night = held.night_phone if held else None
        holiday = (held.holiday_phone or (night if held.holiday_same_as_night else None)) if held else None
        lacking = "未記入" if held else otherwise
        rows |= {first: typed(night, lacking), first + 1: typed(holiday, lacking)}
    rows[6] = typed(dossier.school.phone)
    for first, kind in ((7, AgentRole.AGENCY), (9, AgentRole.LOCAL)):
        agent = next((each for each in dossier.agents if each.role is kind), Agent(key="none"))
        lacking = "なし" if kind is AgentRole.LOCAL and dossier.no_local_agent_reason else "未記入"
        night = agent.night_phone or (agent.phone if agent.open_24h else None)
        rows |= {first: typed(agent.phone, lacking), first + 1: typed(night, lacking)}
    for row, expected in rows.items():
        found = at(name, left=CALL_PHONE, top=CALL_TOP + row * CALL_STEP, slack=2.5)
        assert found == expected, (row, found)


@pytest.mark.parametrize("name", SPECIMENS_AND_BLANK)
def test_insurer_and_assistance_company_stand_below(name: str) -> None:
    policy = next(iter(CASES[name].policies), Policy(key="none"))
    for left, phone in ((INSURER_PHONE, policy.phone), (ASSISTANCE_PHONE, policy.assistance.phone)):
        assert at(name, left=left, top=COVER_TOP, slack=HALF_ROW) == typed(phone)


@pytest.mark.parametrize("name", CASES)
def test_nothing_leaves_the_sheet(name: str) -> None:
    for word in pages()[name]:
        assert word.left > EDGE
        assert word.right < 210 * 72 / 25.4 - EDGE
        assert word.bottom < 274 * 72 / 25.4, "the foot of the sheet begins here"


@pytest.mark.parametrize("name", CASES)
def test_numbers_are_never_cut(name: str) -> None:
    """What stands in a column of telephones is whole, or says where it stands whole."""
    columns = (NIGHT_PHONE, CALL_PHONE, INSURER_PHONE, ASSISTANCE_PHONE)
    beside = [word.text for word in pages()[name] for left in columns if abs(word.left - left) < NEAR]
    assert beside
    assert not any("…" in text for text in beside)
    if name == "brim":
        assert sum("体制表を参照" in word.text for word in pages()[name]) >= NIGHTS
        assert any("ほか3件" in word.text for word in pages()[name])


@pytest.mark.parametrize(("what", "left", "right"), PLACES_OF_NAMES)
def test_long_name_stands_whole_in_its_place(what: str, left: float, right: float) -> None:
    """On smaller letters or more lines, letter by letter."""
    inside = [word for word in pages()["long"] if left <= word.left and word.right <= right]
    found = "".join(word.text for word in sorted(inside, key=lambda word: (round(word.top), word.left)))
    assert "".join(NAMES[what].split()) in found


def test_name_too_long_for_every_size_says_where_the_rest_stands() -> None:
    found = [word.text for word in pages()["brim"]]
    assert sum("(続きは「宿泊先」)" in text for text in found) == NIGHTS
    for sheet in ("計画書", "体制表", "保険"):
        assert any(f"(続きは「{sheet}」)" in text for text in found), sheet


def test_long_number_takes_both_lines() -> None:
    assert fold("1" * 36, most=18) == ["1" * 18, "1" * 18]
    assert fold("", most=18) == [""]
    assert "".join(fold(LONG, most=7)) == LONG


def test_page_is_the_second_sheet_of_the_packet() -> None:
    parts = [part.key for part in packet_parts(packet_input(specimen()))]
    assert parts[:2] == ["letter", "duty"]


def test_night_without_a_place_has_a_row_that_says_so() -> None:
    seoul = specimen("defects_all")
    assert [(when, place) for when, place, _ in nights_of(seoul)] == [
        ("2月16日(火)から2泊", "見本ソウルホテル(見本)"),
        ("2月18日(木)から1泊", "宿泊先未記入"),
    ]
    draft = [(when, place) for when, place, _ in nights_of(specimen("draft_new_zealand"))]
    assert draft == [("5月24日(月)から8泊", "宿泊先未記入"), ("未記入", "農場での滞在(調整中)")]


def test_nights_without_a_place_are_parted_by_what_lies_between_and_by_mission() -> None:
    dossier = specimen("singapore_malaysia")
    _, second, third = in_order_of_nights(dossier.stays)
    between = dossier.model_copy(update={"stays": (second,)})
    assert [when for when, _, _ in nights_of(between)] == [
        "1月26日(火)から2泊",
        "1月28日(木)から1泊",
        "1月29日(金)から1泊",
    ]
    late = dossier.model_copy(update={"stays": (second, third)})
    gap, *_ = nights_of(late)
    assert gap == ("1月26日(火)から2泊", "宿泊先未記入", str(dossier.missions[1].name)), "where they sleep next"
    entries = gather_entries(late)
    sheets = [duty_sheet(late, entries=entries, district=district) for district in districts(late)]
    open_rows = [["宿泊先未記入" in night.place.first.text for night in sheet["nights"]] for sheet in sheets]
    assert open_rows == [[], [True, False, False]]


def nights_of(dossier: Dossier) -> list[tuple[str, str, str]]:
    """When, where and the mission of each row of the first table."""
    return [
        (night.when.first.text + night.when.second, night.place.first.text, night.mission.first.text)
        for night in duty_sheet(dossier, entries=gather_entries(dossier))["nights"]
    ]


def test_page_of_a_mission_has_its_nights_alone() -> None:
    dossier = specimen("singapore_malaysia")
    entries = gather_entries(dossier)
    sheets = [duty_sheet(dossier, entries=entries, district=district) for district in districts(dossier)]
    nights = [[night.place.first.text for night in sheet["nights"]] for sheet in sheets]
    assert [len(each) for each in nights] == [1, 2]
    assert [sheet["to"] for sheet in sheets] == [mission.name for mission in dossier.missions]
