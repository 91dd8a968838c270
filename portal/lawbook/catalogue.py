"""The rulebook as a list of data, and the check that every declaration is whole. The check runs as a test.

Not here: text for people (explain).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from portal.lawbook.rule import Rule
from portal.lawbook.rulebook import Rulebook


def catalogue(book: Rulebook) -> list[dict[str, Any]]:
    """One JSON object per rule, in the order of the book: what ``rules --json`` prints.

    ``severity`` is the weight under the earliest edition that has the rule; ``quote`` and ``source`` are those of the
    first citation whose text is in our hands, ``passages`` holds all of them.
    """
    return [_row(rule) for rule in book.rules]


def _row(rule: Rule) -> dict[str, Any]:
    first = next((citation for citation in rule.cites if citation.quote), rule.cites[0])
    return {
        "code": rule.code,
        "title": rule.title,
        "english": rule.english,
        "chapter": rule.chapter.prefix,
        "severity": next(iter(rule.severities.values())).value,
        "severities": {edition: weight.value for edition, weight in rule.severities.items()},
        "citation": list(rule.citation),
        "quote": first.quote,
        "source": first.source,
        "passages": [
            {"citation": citation.label, "quote": citation.quote, "source": citation.source} for citation in rule.cites
        ],
        "editions": list(rule.editions),
        "verified": rule.verified,
        "needs": list(rule.needs),
        "remedy": rule.remedy,
    }


def complaints(book: Rulebook) -> list[str]:
    """Everything wrong with the declarations of ``book``, as sentences; empty when the book is whole."""
    return [*_repeated(book), *(complaint for rule in book.rules for complaint in _flaws(rule))]


def _repeated(book: Rulebook) -> Iterator[str]:
    for what, values in (
        ("番号", [rule.code for rule in book.rules]),
        ("題名", [rule.title for rule in book.rules]),
        ("英語の題名", [rule.english for rule in book.rules]),
    ):
        yield from (f"{what}「{value}」が二度使われています" for value, times in Counter(values).items() if times > 1)


def _flaws(rule: Rule) -> Iterator[str]:
    if not rule.cites or not any(citation.quote for citation in rule.cites):
        yield f"{rule.code}: 手元にある通知の一文を引いていません"
    if not rule.editions:
        yield f"{rule.code}: どの版にも入っていません"
    if not rule.remedy:
        yield f"{rule.code}: 直す所がありません"
    if not (rule.title and rule.english):
        yield f"{rule.code}: 題名が日英そろっていません"
    if bool(rule.hint[0]) != bool(rule.hint[1]):
        yield f"{rule.code}: 書き方が日英そろっていません"
    if not rule.needs and rule.judge is None:
        yield f"{rule.code}: 何も判定しません"
    for need in rule.needs:
        if not _exists(rule, need):
            yield f"{rule.code}: 「{need}」という欄は {rule.each.part.__name__} にありません"


def _exists(rule: Rule, need: str) -> bool:
    try:
        return all(rule.labels(need))
    except (KeyError, AttributeError, TypeError):
        return False
