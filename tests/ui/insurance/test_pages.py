"""The pages of cover: gaps on top, who is insured, the stress test as asked, the calculator's answers and refusals."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pikepdf
import pytest
from django.test import Client

from insurance.stress.named import scenarios
from mofa_requests.actions.plan import store_dossier
from portal.dossier.types import Benefit, BenefitKind, Dossier, OptOut, Policy
from portal.kit.roles import Role
from tests.factories.cast import World, seat, world
from tests.ui.api.test_api import caller
from tests.ui.posting import posted

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(db: None) -> World:
    return world()


@pytest.fixture
def client(here: World) -> Client:
    return caller(here.drafter)


def page(client: Client, url: str, query: str = "") -> str:
    answer = client.get(f"{url}?{query}" if query else url)
    assert answer.status_code == 200
    return answer.content.decode()


def cover(here: World, rest: str = "") -> str:
    return f"/trips/{here.request.trip_id}/cover/{rest}"


def rewrite(here: World, **change: Any) -> Dossier:
    """The plan with other insurance in it."""
    dossier = here.dossier.model_copy(update=change)
    with here.drafter.at_work() as actor:
        store_dossier(here.request.trip, dossier, by=actor)
    return dossier


def low_policy(**change: Any) -> Policy:
    benefits = (
        Benefit(kind=BenefitKind.INJURY_TREATMENT, limit=700_000, deductible=5000),
        Benefit(kind=BenefitKind.RESCUE, limit=None),
        Benefit(kind=BenefitKind.INJURY_DEATH, limit=20_000_000),
    )
    return Policy(**{"key": "p1", "insurer": "例示損保(見本)", "covers_all": True, "benefits": benefits, **change})


def test_gaps_stand_before_everything_else(here: World, client: Client) -> None:
    rewrite(here, policies=(low_policy(),))
    shown = page(client, cover(here))
    assert shown.index("A202") < shown.index("だれが保険に入っているか") < shown.index("契約ごとの限度額")
    assert "70万円" in shown
    assert "不明(未入力)" in shown
    assert "続けられるのは0.35晩です" in shown
    assert "疾病治療費用で、一晩200万円の治療(別添二 三)を続けられるのは0.00晩です" in shown


def test_people_with_and_without_cover_are_counted(here: World, client: Client) -> None:
    students = [person.key for person in here.dossier.participants if person.role.value == "student"]
    insured, opted_out = tuple(students[:10]), students[11]
    rewrite(
        here,
        policies=(low_policy(covers_all=False, insured=insured),),
        opt_outs=(OptOut(participant=opted_out, signed_on=dt.date(2026, 10, 1), guardian_signed=True),),
    )
    shown = page(client, cover(here))
    row = shown[shown.index('<th scope="row">生徒</th>') :].split("</tr>")[0]
    figures = [int("".join(filter(str.isdigit, cell))) for cell in row.split("<td")[1:]]
    assert figures == [len(students), 10, 1, len(students) - 11]
    assert "A201" in shown


def test_a_trip_without_cover_or_roster_says_what_to_do(here: World, client: Client) -> None:
    rewrite(here, policies=(), opt_outs=(), participants=())
    shown = page(client, cover(here))
    assert "保険契約がまだ書かれていません" in shown
    assert "名簿がまだありません" in shown
    assert "保険なし" in page(client, cover(here, "stress/"))
    assert client.get(cover(here, "stress/sheet.pdf")).status_code == 200


def test_every_accident_can_be_run_against_several_covers(here: World, client: Client) -> None:
    for name, each in scenarios().items():
        shown = page(client, cover(here, "stress/"), f"scenario={name}&covers=own-1&covers=jet")
        assert each.title in shown
        assert shown.count('<figure class="stacked">') == 2
        assert "参考: JETプログラム傷害保険" in shown


def test_the_annexs_accident_under_the_jet_policy_is_the_worked_example(here: World, client: Client) -> None:
    shown = page(client, cover(here, "stress/"), "scenario=annex&covers=jet")
    for figure in ("2億7,404万円", "1億5,840万円", "1,668万円", "668万円", "3,500万円", "2,800万円"):
        assert figure in shown
    assert "目安(本ポータルの提案)" in shown
    assert "(移送用航空機(チャーター機)運航費 数千万円)" in shown


def test_changed_figures_change_the_result_and_are_marked(here: World, client: Client) -> None:
    url = cover(here, "stress/")
    form = page(client, url, "scenario=annex&covers=jet").split("<details")[-1]
    typed = posted(form, charter="40,000,000")
    assert (typed["scenario"], typed["covers"], typed["dead"]) == ("annex", "jet", "3")
    shown = page(client, url, typed.urlencode())
    assert "2億8,404万円" in shown
    assert "この画面で変えた数字" in shown


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("charter=-5", "0 から 1,000,000,000,000 までの数"),
        ("charter=%245000", "数字で書いてください"),
        ("need_platelets=9", "重傷者の内数で書いてください"),
        ("dead=0&badly_hurt=0&need_platelets=0", "どちらかを1人以上"),
    ],
)
def test_absurd_figures_are_named_and_stay_typed(here: World, client: Client, query: str, sentence: str) -> None:
    accident = scenarios()["annex"].accident.model_dump()
    typed = accident | dict(pair.split("=") for pair in query.replace("%24", "$").split("&"))
    url = cover(here, "stress/")
    answer = client.get(url, {"scenario": "annex", "covers": "own-1", **typed})
    shown = answer.content.decode()
    assert sentence in shown
    assert f'value="{typed["charter"]}"' in shown or "charter" not in query
    assert client.get(cover(here, "stress/sheet.pdf"), {"scenario": "annex", **typed}).status_code == 302


def test_an_unknown_cover_or_accident_is_refused_in_the_form(here: World, client: Client) -> None:
    shown = page(client, cover(here, "stress/"), "scenario=annex&covers=nowhere")
    assert "エラー" in shown
    assert "エラー" in page(client, cover(here, "stress/"), "scenario=fire&covers=own-1")
    many = "&".join(f"covers={key}" for key in ("own-1", "jet", "jet", "own-1"))
    assert "3つまで" in page(client, cover(here, "stress/"), f"scenario=annex&{many}")


def test_the_sheet_is_a_paper_with_the_same_figures(here: World, client: Client) -> None:
    answer = client.get(cover(here, "stress/sheet.pdf") + "?scenario=annex&covers=own-1&covers=jet")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    with pikepdf.open(io.BytesIO(answer.content)) as paper:
        assert 1 <= len(paper.pages) <= 3


FILLED = {
    "covers": ["jet"],
    "season": "summer",
    "status": "reappointed",
    "year": "2025",
    "cause": "injury",
    "place": "abroad",
    "on": "2026-05-01",
    "on_duty": "on",
    "hospital_days": "5",
    "cost_care": "3,000,000円",
    "cost_relatives_air": "500000",
    "cost_relatives_air_persons": "2",
    "cost_damages": "200000",
    "cost_on": "2026-05-02",
}


def test_an_escorting_alt_sees_every_refusal_with_its_words(client: Client) -> None:
    shown = client.post("/insurance/calculator/", FILLED).content.decode()
    assert "公務中のけが・病気の治療費は対象外です" in shown
    assert "already covered by the Local Public Service Accident Compensation" in shown
    assert "as a direct result of carrying out official work duties" in shown
    assert "320万円" in shown
    assert "T901410385" in shown


def test_the_trips_own_contract_is_asked_first_or_later(here: World, client: Client) -> None:
    rewrite(here, policies=(low_policy(number="MS-1"),))
    typed = {**FILLED, "covers": ["own-1", "jet"], "first": "jet", "on": "2026-05-01"}
    shown = client.post(cover(here, "calculator/"), typed).content.decode()
    assert shown.index("1. JETプログラム傷害保険") < shown.index("2. 例示損保(見本)")
    assert "保険期間が分からないため" in shown


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"cost_care": "USD 500"}, "外貨の領収書は"),
        ({"cost_care": "500ドル"}, "外貨の領収書は"),
        ({"cost_care": "-500"}, "負の金額は使えません"),
        ({"cost_care": "9999999999999"}, "1,000,000,000,000"),
        ({"cost_care": "1.5"}, "数字で書いてください"),
        ({"covers": ["unknown"]}, "unknown"),
        ({"covers": []}, "補償を1つ以上"),
        ({"season": ""}, "JETの保険期間を決めるため"),
        ({"status": "new"}, "来日した日がないと"),
        ({"died_on": "2026-04-01"}, "死亡した日"),
        ({"on": "2026-02-31"}, "2026-02-31"),
        ({"termination": "2027-12-01"}, "より後です"),
    ],
)
def test_what_cannot_be_used_is_named_and_nothing_typed_is_lost(
    client: Client, change: dict[str, Any], sentence: str
) -> None:
    shown = client.post("/insurance/calculator/", {**FILLED, **change}).content.decode()
    assert sentence in shown
    assert "計算の結果" not in shown
    kept = posted(shown[shown.index('<form class="form no-print"') :])
    for name, value in {**FILLED, **change}.items():
        if name not in ("covers", "season", "status"):
            assert kept[name] == value, name


def test_mid_term_leaving_shortens_the_period(client: Client) -> None:
    typed = {**FILLED, "termination": "2025-10-15", "on": "2025-11-15", "on_duty": ""}
    shown = client.post("/insurance/calculator/", {k: v for k, v in typed.items() if v}).content.decode()
    assert "2025-09-01〜2025-11-14" in shown
    assert "2025年11月14日" in shown


def test_the_catalogue_shows_every_product_with_its_words(client: Client) -> None:
    shown = page(client, "/insurance/")
    assert "JETプログラム傷害保険" in shown
    assert "二次資料" in shown
    jet = page(client, "/insurance/jet/")
    for words in ("T901265097", "上限額は写しから失われていて不明", "60万円", "There is no money advance system."):
        assert words in jet
    assert "契約書面で確かめて" in page(client, "/insurance/special_compensation/")
    assert client.get("/insurance/nowhere/").status_code == 404


def test_pages_speak_english(here: World, client: Client) -> None:
    client.post("/language/", {"language": "en", "next": "/"})
    shown = page(client, cover(here))
    assert "Insurance check" in shown
    assert "¥" in shown
    stress = page(client, cover(here, "stress/"))
    assert "Grave accident of annex 2" in stress
    assert "our proposal" not in stress or "目安" not in stress
    assert "Not paid" in client.post("/insurance/calculator/", FILLED).content.decode()


def test_helpers_of_the_agent_and_other_schools_have_no_such_page(here: World) -> None:
    agent = caller(seat(Role.SCHOOL_AGENT, here.drafter.org))
    assert agent.get(cover(here)).status_code in (403, 404)
    stranger = caller(world().drafter)
    for rest in ("", "stress/", "stress/sheet.pdf", "calculator/"):
        assert stranger.get(cover(here, rest)).status_code == 404
    officer = caller(here.officer)
    assert officer.get("/insurance/jet/").status_code == 200
    assert officer.get(cover(here)).status_code in (403, 404)
