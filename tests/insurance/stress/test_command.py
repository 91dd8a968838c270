"""``stress`` as a person types it: output follows the inputs, never the expected figures of the file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from portal.dossier import files
from tests.insurance.cases import ROOT, STRESS_FILE, command, stress_vector, typed

DEMO = ROOT / "portal" / "demo" / "dossiers"
EXPECTED = ("short_platelet_pupil", "short_other_pupil", "short_badly_hurt", "short_deaths", "uninsured")


def written(tmp_path: Path, content: Any) -> Path:
    path = tmp_path / "scenario.json"
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return path


def told(*words: object) -> dict[str, Any]:
    done = command("stress", *words, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


def test_the_vector_file_alone() -> None:
    result, vector = told("--scenario-file", STRESS_FILE), stress_vector()
    assert {**result, "note": ""} == {**vector, "note": ""}


def test_corrupted_expectations_change_nothing_and_inputs_change_everything(tmp_path: Path) -> None:
    vector = stress_vector()
    corrupt = {**vector, "total": 1, "rescue_per_badly_hurt": "none", "rule": 7, "uninsured_excludes": None, "x": {}}
    corrupt["plans"] = [{**row, **dict.fromkeys(EXPECTED, -1), "extra": []} for row in vector["plans"]]
    assert told("--scenario-file", written(tmp_path, corrupt)) == told("--scenario-file", STRESS_FILE)
    corrupt["scenario"] = {**vector["scenario"], "dead": 4, "charter": 40_000_000, "platelet_nights": 6}
    corrupt["plans"] = [{**corrupt["plans"][0], "rescue": 5_000_000, "name": "𠮷野﨑プラン"}]
    result = told("--scenario-file", written(tmp_path, corrupt))
    # one family more 1.38M, one death more 55M, charter 10M more, two nights of 2M more
    assert result["total"] == vector["total"] + 1_380_000 + 55_000_000 + 10_000_000 + 4_000_000
    assert result["rescue_per_badly_hurt"] == 10_380_000
    (plan,) = result["plans"]
    assert (plan["name"], plan["short_other_pupil"]) == ("𠮷野﨑プラン", 10_380_000 - 5_000_000 + 3_000_000 - 700_000)
    assert plan["short_platelet_pupil"] == plan["short_other_pupil"] + 12_000_000
    assert plan["uninsured"] == 2 * plan["short_platelet_pupil"] + 3 * plan["short_other_pupil"] + 4 * 35_000_000


def test_a_trip_with_its_own_covers() -> None:
    result = told(DEMO / "hawaii.json", "--scenario", "food_poisoning")
    assert (result["name"], result["cause"], result["people"]) == ("food_poisoning", "illness", 129)
    pupils, adults = result["plans"]
    assert (pupils["treatment"], pupils["rescue"], pupils["death"]) == (50_000_000, 50_000_000, 10_000_000)
    assert adults["death"] == 0
    chosen = told(DEMO / "hawaii.json", "--scenario", "annex", "--policy", "MS-000-12018", "--policy", "団体・生徒")
    assert [plan["name"].split("(見本) ")[1] for plan in chosen["plans"]] == [
        "海外旅行保険(教職員・添乗員)",
        "海外旅行保険(団体・生徒)",
    ]


def test_several_names_after_one_option_and_a_published_policy() -> None:
    plans = told(DEMO / "hawaii.json", "--scenario", "annex", "--policy", "MS-000-12018", "jet")["plans"]
    assert [plan["treatment"] for plan in plans] == [30_000_000, 700_000]
    assert plans[1]["short_platelet_pupil"] == 16_680_000
    last = told("--scenario", "annex", "--policy", "MS-000-12018", "JET Programme", DEMO / "hawaii.json")
    assert last["plans"] == plans
    ill = told(DEMO / "hawaii.json", "--scenario", "food_poisoning", "--policy", "jet")["plans"]
    assert ill[0]["death"] == 6_000_000


def test_one_limit_for_both_and_no_limit_at_all() -> None:
    pooled = told(DEMO / "national_attached_england.json", "--scenario", "annex")["plans"][0]
    assert (pooled["pooled"], pooled["treatment"], pooled["rescue"]) == (True, 100_000_000, 100_000_000)
    free = told(DEMO / "australia_homestay_40.json", "--scenario", "annex")["plans"][0]
    assert (free["treatment"], free["short_badly_hurt"]) == ("unlimited", 0)


def test_a_small_party_has_no_more_victims_than_people_and_no_policy_is_no_cover(tmp_path: Path) -> None:
    document = json.loads((DEMO / "draft_new_zealand.json").read_text(encoding="utf-8"))
    result = told(written(tmp_path, document), "--scenario", "shanghai")
    assert result["people"] == result["scenario"]["dead"] + result["scenario"]["badly_hurt"] == 14
    assert [plan["name"] for plan in result["plans"]] == ["保険なし"]


def test_two_contracts_of_the_same_people_are_also_counted_together(tmp_path: Path) -> None:
    document = json.loads((DEMO / "korea_ferry.json").read_text(encoding="utf-8"))
    first = document["policies"][0]
    document["policies"].append({**first, "key": "second"})
    files.load(written(tmp_path, document))
    plans = told(tmp_path / "scenario.json", "--scenario", "annex")["plans"]
    assert [plan["treatment"] for plan in plans] == [5_000_000, 5_000_000, 10_000_000]
    assert len({plan["name"] for plan in plans}) == 3


def test_text_for_people() -> None:
    done = typed("stress", "--scenario-file", STRESS_FILE)
    assert (done.returncode, done.stderr) == (0, "")
    assert "かかる費用の合計 27,404万円" in done.stdout
    assert "高額な治療を受ける1人の不足 1,668万円" in done.stdout


@pytest.mark.parametrize(
    ("change", "sentences"),
    [
        ({"dead": -1, "charter": 1.5}, ["scenario.dead: 負の数です", "scenario.charter: 整数"]),
        ({"need_platelets": 6}, ["scenario: 高額な治療を受ける人"]),
        ({"dead": 0, "badly_hurt": 0, "need_platelets": 0}, ["両方0人です"]),
        ({"charter": 10**13}, ["scenario.charter: 大きすぎます"]),
        ({"medical_team": True}, ["scenario.medical_team: 整数"]),
    ],
)
def test_absurd_figures_are_named(tmp_path: Path, change: dict[str, Any], sentences: list[str]) -> None:
    vector = stress_vector()
    vector["scenario"] |= change
    _refused(written(tmp_path, vector), sentences)


def test_a_missing_figure_and_an_absurd_limit_are_named_together(tmp_path: Path) -> None:
    vector = stress_vector()
    del vector["scenario"]["local_office"], vector["plans"][1]["death"]
    vector["plans"][0]["treatment"] = -5
    _refused(
        written(tmp_path, vector),
        ["scenario.local_office: ありません", "plans[2].death: ありません", "plans[1].treatment"],
    )


@pytest.mark.parametrize("content", [b"", b"[]", b'{"scenario": NaN}', b"\xff\xfe", b'{"plans": []}'])
def test_what_is_no_scenario_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.json"
    path.write_bytes(content)
    _refused(path, [])


def test_unclear_requests_are_asked_for() -> None:
    for words, sentence in (
        ((), "--scenario-file だけ"),
        ((DEMO / "hawaii.json",), "--scenario を指定"),
        (("no-such.json", "--scenario", "annex"), "no-such.json"),
        ((DEMO / "hawaii.json", "--scenario", "火事"), "single_evacuation"),
        ((DEMO / "hawaii.json", "--scenario", "annex", "--policy", "海外旅行保険"), "2件あります"),
        ((DEMO / "hawaii.json", "--scenario", "annex", "--policy", "ない"), "という保険契約はありません"),
        ((DEMO / "hawaii.json", "--scenario-file", STRESS_FILE), "いっしょに使えません"),
    ):
        done = command("stress", *words)
        assert (done.returncode, done.stdout) == (2, "")
        assert sentence in done.stderr


def _refused(path: Path, sentences: list[str]) -> None:
    done = command("stress", "--scenario-file", path, "--json")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr
    assert all(sentence in done.stderr for sentence in sentences), done.stderr
