"""Every file of the hostile corpus gets its verdict, in Japanese with row and cell, and hurts nobody."""

from __future__ import annotations

import datetime as dt
import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.trips.roster.builders import workbook
from tests.trips.roster.case import Case
from tests.trips.roster.corpus import CASES
from trips.roster.preview import RosterPreview, read_roster
from trips.roster.refusals import FileRefused

TODAY = dt.date(2026, 11, 22)
JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠]")


def _words(preview: RosterPreview) -> str:
    problems = [problem for row in preview.refused for problem in row.problems]
    problems += [warning for row in preview.kept for warning in row.warnings]
    notices = [notice.message for notice in preview.notices]
    return "\n".join([*notices, *(f"{p.cell} {p.shown} {p.message} {p.mend}" for p in problems)])


def _expect_refusal(case: Case, data: bytes) -> None:
    with pytest.raises(FileRefused) as caught:
        read_roster(data, case.filename, on=TODAY, **case.options)
    explanation = caught.value.explanation
    assert caught.value.code in (case.refused or "").split("|")
    assert JAPANESE.search(explanation.message)
    assert explanation.mend.endswith(("。", "い)。"))
    assert explanation.english.isascii()
    assert all(word in explanation.message for word in case.says)


def _expect_preview(case: Case, data: bytes) -> None:
    preview = read_roster(data, case.filename, on=TODAY, **case.options)
    assert (len(preview.kept), len(preview.refused), len(preview.skipped)) == (case.kept, case.bad, case.skipped)
    assert preview.read == len(preview.kept) + len(preview.refused)
    words = _words(preview)
    assert [word for word in case.says if word not in words] == []
    for row in preview.refused:
        assert row.problems
        assert all(JAPANESE.search(problem.message) and problem.mend for problem in row.problems)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_gets_its_verdict(case: Case) -> None:
    data = case.build()
    if case.refused:
        _expect_refusal(case, data)
    else:
        _expect_preview(case, data)


def test_has_all_58_numbers() -> None:
    assert {case.number for case in CASES} == set(range(1, 59))


def test_the_same_file_twice_at_once_is_known_by_its_digest() -> None:
    data = workbook()
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(lambda _: read_roster(data, "名簿.xlsx", on=TODAY), range(2))
    assert first.digest == second.digest
    assert first.kept == second.kept


@pytest.mark.parametrize("name", ["../a.xlsx", "名" * 295 + ".xlsx", "名簿\u202exslx.exe", "a\x00.xlsx", "a\r\nb.xlsx"])
def test_shows_only_safe_file_names(name: str) -> None:
    shown = read_roster(workbook(), name, on=TODAY).filename
    assert len(shown) <= 80
    assert not re.search(r"[\x00-\x1f/\\\u202e]", shown)
