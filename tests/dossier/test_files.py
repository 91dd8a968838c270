"""Reading and writing dossier files: nothing is lost, and whatever is wrong is named all at once, in place."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.dossier.files import MAX_BYTES, MAX_PROBLEMS, DossierError, Problem, as_document, dump, load
from portal.dossier.pointers import value_at
from portal.dossier.schema import build_schema
from portal.dossier.types import Dossier, Participant, School
from tests.dossier.strategies import dossiers

DEMO = sorted((Path(__file__).parents[2] / "portal" / "demo" / "dossiers").glob("*.json"))
SCHEMA = jsonschema.Draft202012Validator(build_schema(), format_checker=jsonschema.FormatChecker())
VALIDATORS_OWN_WORDS = re.compile("Input|should|値の書き方が正しくありません")

# Blank text, line breaks, offsets, zones and repeated keys are what a schema cannot say.
BEYOND_A_SCHEMA = re.compile("空白だけ|1行で|時刻帯|すでに使われて|時差")


def problems_of(content: bytes) -> tuple[Problem, ...]:
    try:
        load(content)
    except DossierError as error:
        return error.problems
    return ()


def refused(source: Path | str | bytes) -> DossierError:
    with pytest.raises(DossierError) as caught:
        load(source)
    assert caught.value.problems
    return caught.value


def told(source: Path | str | bytes) -> list[tuple[str, int | None, str]]:
    return [(each.pointer, each.line, each.message) for each in refused(source).problems]


@given(dossiers())
def test_what_is_written_is_read_back(dossier: Dossier) -> None:
    assert load(dump(dossier)) == dossier


@given(dossiers())
def test_writing_is_stable_and_leaves_defaults_out(dossier: Dossier) -> None:
    content = dump(dossier)
    assert dump(load(content)) == content
    assert json.loads(content) == {"schema_version": "1", **as_document(dossier)}


def test_an_empty_dossier_is_one_line_of_content() -> None:
    assert dump(Dossier()) == b'{\n  "schema_version": "1"\n}\n'


def test_names_stay_as_typed() -> None:
    typed = "神﨑 葛󠄀 が"
    dossier = Dossier(participants=(Participant(key="p1", name=typed),))
    assert load(dump(dossier)).participants[0].name == typed
    assert typed.encode() in dump(dossier)


@pytest.mark.parametrize("path", DEMO, ids=lambda path: path.stem)
def test_every_demo_file_is_read_and_is_canonical(path: Path) -> None:
    assert dump(load(path)) == path.read_bytes()
    assert load(str(path)) == load(path)


def test_a_byte_order_mark_is_allowed() -> None:
    assert load(b"\xef\xbb\xbf" + dump(Dossier(trip_no="T1"))).trip_no == "T1"


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    problem = refused(tmp_path / "ない.json").problems[0]
    assert "ない.json" in problem.message
    assert problem.line is None


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    assert "開けません" in str(refused(tmp_path))


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        (b"", None, "空です"),
        (b" \n\t", None, "空です"),
        (b"\xff\xfe{\x00}\x00", None, "UTF-16"),
        ('{"school":\n{"name":"髙橋"}}'.encode("cp932"), 2, "UTF-8ではありません"),
        (b'{"a":1,}', 1, "8文字目"),
        (b'{"school":{}\n"outline":{}}', 2, "区切りの , がありません"),
        (b'{"school" {}}', 1, "項目名のあとに : がありません"),
        (b"{} {}", 1, "余分な文字"),
        (b'{"trip_no":"T1', 1, "終わりの"),
        (b'{"trip_no":"T\n1"}', 1, "改行"),
        (b'{"trip_no":"\\x"}', 1, "円記号"),
        (b'{"trip_no":T1}', 1, "値がないか"),
        (b'{"trip_no":"T1"', 1, "区切り"),
        (b"[" * 100_000, None, "入れ子が深すぎます"),
        (b'{"a":' * 33 + b"1" + b"}" * 33, None, "入れ子が深すぎます"),
        (b" " * (MAX_BYTES + 1), None, "5 MB"),
    ],
)
def test_a_text_that_is_no_json_is_refused_with_its_place(content: bytes, line: int | None, words: str) -> None:
    problem = refused(content).problems[0]
    assert words in problem.message
    assert problem.line == line
    assert problem.label == ""
    assert problem.message_en


def test_a_file_that_is_too_large_is_not_even_read(tmp_path: Path) -> None:
    path = tmp_path / "large.json"
    path.write_bytes(b" " * (MAX_BYTES + 1))
    assert "5 MB" in str(refused(path))


def test_brackets_inside_text_do_not_count_as_nesting() -> None:
    name = "[{" * 40
    assert load(json.dumps({"school": {"name": name}}).encode()).school == School(name=name)


def test_every_problem_is_named_at_once_in_the_order_of_the_file() -> None:
    content = """{
  "school": {
    "founder": "city",
    "name": "",
    "kana": "　",
    "phone": 312345678
  },
  "outline": {
    "departs_on": "2027-02-30",
    "assembles_at": "2027-03-31",
    "dismissed_at": "2027-03-31T08:00+09:00",
    "enrolled": 10001,
    "cost_per_head": -1,
    "grade": "2年\\n",
    "party": {"total": NaN, "male": 1e400}
  },
  "destinations": [
    {"key": "d 1", "country": "886", "zone": "Asia/Taipe"},
    {"key": "d2", "transit": "no"}
  ],
  "activities": [{"key": "a", "starts": "25:00", "on": "1899-12-31"}],
  "stays": [{"nmae": "ホテル見本"}],
  "legs": {},
  "leader": []
}""".encode()
    assert told(content) == [
        (
            "/school/founder",
            3,
            "次のどれかを書いてください: prefectural(都道府県立)、designated_city(指定都市立)、municipal(市町村立)、"
            "private(私立)、national(国立大学附属)、public_university(公立大学法人附属)、corporate(株式会社立)、"
            "university(大学)",
        ),
        ("/school/name", 4, "空の文字は書けません。未入力なら null にするか、項目ごと消してください"),
        ("/school/kana", 5, "空白だけです。書く内容がなければ空欄(null)にしてください"),
        ("/school/phone", 6, '文字で書く欄です。"…" で囲んで書いてください'),
        ("/outline/departs_on", 9, "暦や時計にない日付です。日付は「2027-03-31」の形で書いてください"),
        ("/outline/assembles_at", 10, "日時は「2027-03-31T08:30」の形で書いてください"),
        ("/outline/dismissed_at", 11, "現地時刻は時差を付けずに書き、時差は時刻帯の欄に書いてください"),
        ("/outline/enrolled", 12, "10,000以下の数にしてください"),
        ("/outline/cost_per_head", 13, "0以上の数にしてください"),
        ("/outline/grade", 14, "3文字目: この欄では改行とタブは使えません。1行で書いてください"),
        ("/outline/party/total", 15, "数として扱えません。普通の数か null にしてください"),
        ("/outline/party/male", 15, "整数で書いてください(例: 40)"),
        (
            "/destinations/0/key",
            18,
            "記号は半角の英数字・ハイフン・下線で24文字までにしてください(例: p001)",
        ),
        (
            "/destinations/0/country",
            18,
            "国・地域は外務省の国コード4けたの半角数字で書いてください(例: 台湾は 0886)",
        ),
        (
            "/destinations/0/zone",
            18,
            "「Asia/Taipe」という時刻帯はありません。Asia/Taipei のように書いてください",
        ),
        ("/destinations/1/transit", 19, "true か false で書いてください"),
        ("/activities/0/starts", 21, "暦や時計にない時刻です。時刻は「08:30」の形で書いてください"),
        ("/activities/0/on", 21, "1900年から2099年までの日付を書いてください"),
        ("/stays/0/key", 22, "必ず書く項目がありません。書き足してください"),
        ("/stays/0/nmae", 22, "「nmae」という項目はありません。「name」の書き誤りではありませんか"),
        ("/legs", 23, "一覧です。[ ] で囲んで書いてください"),
        ("/leader", 24, "項目のまとまりです。{ } で囲んで書いてください"),
    ]


def test_a_problem_is_shown_with_line_label_and_mend() -> None:
    problem = refused(b'{"stays":[{"key":"s1"},\n{"key":"s2","phone":1}]}').problems[0]
    assert str(problem) == '2行目 宿泊 › 2番目 › 電話番号: 文字で書く欄です。"…" で囲んで書いてください'
    assert problem.as_json() == {
        "pointer": "/stays/1/phone",
        "line": 2,
        "label": "宿泊 › 2番目 › 電話番号",
        "message": '文字で書く欄です。"…" で囲んで書いてください',
        "message_en": 'This property takes text; write it between double quotes ("…")',
    }


def test_a_name_written_twice_is_not_silently_overwritten() -> None:
    content = b'{"school":{"name":"A",\n"name":"B"}}'
    assert told(content) == [("/school/name", 1, "同じ名前の項目が2回書かれています。1つにしてください")]


def test_keys_may_not_repeat_within_a_list_even_among_other_faults() -> None:
    content = b"""{"participants":[{"key":"p1"},{"key":"p2"},{"key":"p1"},5],
"policies":[{"key":"x","benefits":[{"kind":"rescue"},{"kind":"rescue"}]}],
"groups":[{"key":"p1"}]}"""
    assert [(pointer, line) for pointer, line, _ in told(content)] == [
        ("/participants/2/key", 1),
        ("/participants/3", 1),
        ("/policies/0/benefits/1/kind", 2),
    ]


def test_lists_have_a_length() -> None:
    content = json.dumps({"groups": [{"key": f"g{number}"} for number in range(41)]}).encode()
    assert told(content) == [("/groups", 1, "40件までにしてください")]


def test_text_has_a_length() -> None:
    assert told(json.dumps({"school": {"name": "学" * 201}}).encode()) == [
        ("/school/name", 1, "200文字までにしてください")
    ]


def test_a_dossier_is_an_object() -> None:
    assert told(b"[1]") == [("", 1, "項目のまとまりです。{ } で囲んで書いてください")]


def test_another_version_of_the_format_is_refused() -> None:
    assert told(b'{"schema_version":"2"}') == [("/schema_version", 1, 'この書式の版は扱えません。"1" と書いてください')]


@pytest.mark.parametrize("digits", ["1" * 31, "9" * 100_000, "-Infinity", "Infinity"])
def test_numbers_nobody_can_count_are_named(digits: str) -> None:
    content = f'{{"outline":{{"enrolled":{digits}}}}}'.encode()
    assert told(content) == [("/outline/enrolled", 1, "数として扱えません。普通の数か null にしてください")]


@pytest.mark.parametrize("text", ['"\\ud83d"', '"a\\udc00b"'])
def test_half_characters_are_named(text: str) -> None:
    content = f'{{"school":{{\n"name":{text}}}}}'.encode()
    assert told(content) == [
        ("/school/name", 2, "文字の書き方(\\u…)が壊れています。文字をそのまま入力し直してください")
    ]


def test_a_whole_escaped_character_is_fine() -> None:
    assert load(b'{"school":{"name":"\\ud842\\udfb7"}}').school.name == "𠮷"


@pytest.mark.parametrize("name", ["\u001b[31m", "\u202e", "\ud800", "x" * 500])
def test_a_hostile_property_name_is_printed_harmlessly(name: str) -> None:
    problem = refused(json.dumps({"school": {name: 1}}).encode()).problems[0]
    text = str(problem)
    text.encode()
    assert "\u001b" not in text
    assert "\u202e" not in text
    assert len(text) < 300


@pytest.mark.parametrize("char", ["\u0000", "\u202e", "\u200b", "\ufeff", "\uffff", "\u2028", "\ufdd0"])
def test_characters_that_paper_cannot_carry_are_refused(char: str) -> None:
    problem = refused(json.dumps({"school": {"name": f"見本{char}校"}}).encode()).problems[0]
    assert problem.pointer == "/school/name"
    assert f"3文字目: 使えない文字(U+{ord(char):04X})" in problem.message


def test_a_pile_of_combining_marks_is_refused() -> None:
    problem = refused(json.dumps({"school": {"name": "か" + "\u3099" * 9}}).encode()).problems[0]
    assert "重ね文字" in problem.message


def test_very_many_problems_are_summed_up() -> None:
    content = json.dumps({f"x{number}": 1 for number in range(MAX_PROBLEMS + 20)}).encode()
    problems = refused(content).problems
    assert len(problems) == MAX_PROBLEMS + 1
    assert problems[-1].message == "ほかに20か所あります"


WRONG_VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-10, 20_000),
    st.floats(allow_nan=False, allow_infinity=False).filter(lambda number: not number.is_integer()),
    st.sampled_from(
        ["", " ", "x", "2027-02-30", "2027-03-31", "08:30", "0886", "a b", "\n", "Asia/Tokyo", "2003", "1"]
    ),
    st.just([]),
    st.just({}),
    st.just([1, {}]),
    st.just({"key": "k"}),
)


def _places(value: Any, steps: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    found = [steps] if steps else []
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, member in members:
        found.extend(_places(member, (*steps, step)))
    return found


@given(dossiers(), st.data())
def test_a_planted_fault_is_found_exactly_when_the_schema_finds_it(dossier: Dossier, data: st.DataObject) -> None:
    document = json.loads(json.dumps(as_document(dossier)))
    places = _places(document)
    if not places:
        return
    *around, last = data.draw(st.sampled_from(places))
    target = document
    for step in around:
        target = target[step]
    target[last] = data.draw(WRONG_VALUES)
    refused_by_schema = not SCHEMA.is_valid(document)
    problems = problems_of(json.dumps(document).encode())
    assert all(not VALIDATORS_OWN_WORDS.search(problem.message) for problem in problems)
    assert all(problem.message_en.isascii() or "…" in problem.message_en for problem in problems)
    if refused_by_schema:
        assert problems
    assert refused_by_schema or all(BEYOND_A_SCHEMA.search(problem.message) for problem in problems)


@given(dossiers())
def test_every_pointer_of_the_document_leads_to_its_value(dossier: Dossier) -> None:
    document = as_document(dossier)
    for steps in _places(document):
        if all(isinstance(step, str | int) for step in steps):
            value_at(dossier, "".join(f"/{step}" for step in steps))
