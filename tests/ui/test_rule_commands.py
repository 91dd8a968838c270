"""``check_dossier``, ``rule`` and ``rules`` as a person types them: no server, no environment, right exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from portal.dossier import files
from portal.dossier.types import Dossier
from tests.rules.casework import base_document, base_dossier

ROOT = Path(__file__).parents[2]


def run(*words, stdin=b""):
    command = [sys.executable, "manage.py", *map(str, words)]
    return subprocess.run(
        command, cwd=ROOT, env={"PATH": "/usr/bin:/bin"}, input=stdin, capture_output=True, check=False
    )


@pytest.fixture
def plan(tmp_path):
    """Writes a dossier file and gives its path."""

    def write(dossier=None):
        path = tmp_path / "plan.json"
        path.write_bytes(files.dump(dossier or base_dossier()))
        return path

    return write


def changed(**outline):
    document = base_document()
    document["outline"] |= outline
    return Dossier.model_validate(document)


def test_a_complete_plan_may_be_submitted(plan):
    done = run("check_dossier", plan(), "--on", "2026-12-01")
    assert done.returncode == 0
    assert done.stdout.decode().startswith("【提出できます】 2003年の通知による点検(2026-12-01現在")


def test_a_gap_blocks_and_is_told_with_its_citation(plan):
    document = base_document()
    document["stays"][1]["phone"] = None
    done = run("check_dossier", plan(Dossier.model_validate(document)), "--on", "2026-12-01", "--json")
    told = json.loads(done.stdout)
    assert done.returncode == 1
    assert set(told) >= {"edition", "verdict", "deadlines", "findings"}
    assert (told["edition"], told["verdict"]) == ("2003", "blocked")
    assert told["deadlines"]["receipt"] == "2027-02-10"
    (finding,) = told["findings"]
    assert (finding["code"], finding["verdict"], finding["severity"]) == ("A342", "unknown", "block")
    assert (finding["field"], finding["remedy"]) == ("/stays/1/phone", "lodging#phone")
    assert {"別添三 四", "別添一 一(三)(イ)"} <= set(finding["citation"])
    assert "ホテル見本高雄" in finding["message"]


def test_late_stops_until_the_reason_is_given(plan):
    late = run("check_dossier", plan(), "--on", "2027-02-12", "--json")
    assert (late.returncode, json.loads(late.stdout)["verdict"]) == (1, "late")
    document = base_document() | {"late_filing_reason": "台風で行き先を変更したため"}
    excused = run("check_dossier", plan(Dossier.model_validate(document)), "--on", "2027-02-12", "--json")
    assert (excused.returncode, json.loads(excused.stdout)["verdict"]) == (0, "late")
    assert "block" not in {finding["severity"] for finding in json.loads(excused.stdout)["findings"]}


def test_all_editions_stand_side_by_side(plan):
    done = run("check_dossier", plan(), "--on", "2027-02-12", "--edition", "all", "--json")
    told = {each["edition"]: each["verdict"] for each in json.loads(done.stdout)["editions"]}
    assert told == {"2003": "late", "2016": "late", "2024": "ready"}
    assert done.returncode == 1
    text = run("check_dossier", plan(), "--on", "2027-02-12", "--edition", "all").stdout.decode()
    headings = [line.split("】")[0] for line in text.splitlines() if line.startswith("【")]
    assert headings == ["【提出期限後です", "【提出期限後です", "【提出できます"]


def test_all_adds_what_passed(plan):
    few = json.loads(run("check_dossier", plan(), "--on", "2026-12-01", "--json").stdout)
    everything = json.loads(run("check_dossier", plan(), "--on", "2026-12-01", "--json", "--all").stdout)
    assert few["findings"] == []
    assert {finding["verdict"] for finding in everything["findings"]} == {"pass", "not_applicable"}


def test_a_plan_is_read_from_standard_input():
    assert run("check_dossier", "-", "--on", "2026-12-01", stdin=files.dump(base_dossier())).returncode == 0


def test_a_file_that_is_no_dossier_exits_2_and_names_the_place(tmp_path):
    broken = tmp_path / "broken.json"
    broken.write_text('{\n "school": {"name": 7}\n}', encoding="utf-8")
    done = run("check_dossier", broken)
    assert done.returncode == 2
    assert "2行目" in done.stderr.decode()
    as_json = run("check_dossier", broken, "--json")
    assert as_json.returncode == 2
    assert json.loads(as_json.stdout)["problems"][0]["pointer"] == "/school/name"


def test_a_day_that_does_not_exist_exits_2(plan):
    done = run("check_dossier", plan(), "--on", "2027-02-30")
    assert done.returncode == 2
    assert "「2027-02-30」という日付はありません" in done.stderr.decode()


def test_a_rule_explains_itself_and_an_unknown_one_is_named():
    done = run("rule", "a321")
    assert done.returncode == 0
    assert "根拠: 別添三 二 「学校連絡先(住所、郵便番号、電話番号)」" in done.stdout.decode()
    unknown = run("rule", "Z999")
    assert unknown.returncode == 2
    assert "規則 Z999 はありません" in unknown.stderr.decode()


def test_all_rules_are_listed_as_lines_as_data_and_as_a_document():
    lines = run("rules").stdout.decode().splitlines()
    rows = json.loads(run("rules", "--json").stdout)
    assert [line.split(" ")[0] for line in lines] == [row["code"] for row in rows]
    keys = {"code", "title", "severity", "citation", "quote", "source", "editions", "verified"}
    assert all(keys <= set(row) for row in rows)
    assert run("rules", "--markdown").stdout.decode() == (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
