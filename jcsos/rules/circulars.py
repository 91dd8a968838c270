"""What holds for every circular: when reminders go out, which link counts as official, how the archive is searched.

Not here: rows (models), who may do what (machine).
"""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlsplit

from portal.kit.names import fold

REMIND_AFTER = (3, 7, 14)
"""Days after sending on which members that have not read a circular are reminded; after the last one it stops."""

OFFICIAL_HOST = "www.anzen.mofa.go.jp"
"""外務省 海外安全ホームページ, where the danger information lies (domain.md §1.6)."""

_WORDS_AT_MOST = 8


def reminders_due(sent_on: dt.date, *, on: dt.date) -> int:
    """The number of the last reminder whose day has come, 0 before the first.

    >>> reminders_due(dt.date(2026, 11, 1), on=dt.date(2026, 11, 4))
    1
    """
    return sum(on >= sent_on + dt.timedelta(days=days) for days in REMIND_AFTER)


def is_official(url: str) -> bool:
    """Whether a link leads to the ministry's own public pages on safety abroad, and nowhere else."""
    try:
        parts = urlsplit(url)
        plain = parts.scheme == "https" and parts.netloc == OFFICIAL_HOST
    except ValueError:
        return False
    return plain and not any(char.isspace() or not char.isprintable() or char in "\"'<>\\" for char in url)


def search_form(*texts: str) -> str:
    """Texts as they are searched: 髙 as 高, katakana as hiragana, width and case apart. A blank parts the texts."""
    return " ".join(fold(text) for text in texts)


def words_of(query: str) -> tuple[str, ...]:
    """The words of a query in the form of ``search_form``; each has to occur somewhere in the text."""
    return tuple(filter(None, (fold(word) for word in query.split())))[:_WORDS_AT_MOST]
