"""Every code that is raised has words, and all words are whole."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from trips import roster
from trips.roster.refusals import FileRefused, notice
from trips.roster.sentences import NOTICES, REFUSALS

SOURCES = "\n".join(path.read_text(encoding="utf-8") for path in Path(roster.__file__).parent.glob("*.py"))


def _facts(*sentences: str) -> dict[str, str]:
    names = {name for sentence in sentences for _, name, _, _ in string.Formatter().parse(sentence) if name}
    return dict.fromkeys(names, "7")


def test_every_code_in_the_source_has_a_sentence() -> None:
    raised = set(re.findall(r'FileRefused\(\s*"(\w+)"', SOURCES))
    assert raised <= set(REFUSALS)
    assert set(re.findall(r'\bnotice\("(\w+)"', SOURCES)) <= set(NOTICES)


@pytest.mark.parametrize("code", REFUSALS)
def test_a_refusal_says_what_and_how_to_mend(code: str) -> None:
    explanation = FileRefused(code, **_facts(*REFUSALS[code])).explanation
    assert explanation.message.endswith("。")
    assert re.search(r"(ください。|ください\(.*\)。)$", explanation.mend)
    assert explanation.english.isascii()
    assert explanation.english.endswith(".")


@pytest.mark.parametrize("code", NOTICES)
def test_a_notice_is_said_in_both_languages(code: str) -> None:
    told = notice(code, **_facts(*NOTICES[code]))
    assert told.message.endswith("。")
    assert told.english.isascii()
