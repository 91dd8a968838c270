"""Why a whole file is refused: the codes, and how each is said.

Here: the exception that crosses the child process. Not here: the sentences (sentences), reasons for single rows.
"""

from __future__ import annotations

from typing import NamedTuple

from trips.roster.sentences import NOTICES, REFUSALS
from trips.roster.table import Row


class Explanation(NamedTuple):
    """What is wrong, how to mend it, and both in one English line."""

    message: str
    mend: str
    english: str


class FileRefused(Exception):
    """The whole file cannot be read; ``code`` is a key of the sentences, ``facts`` fill them.

    ``peek`` carries the first rows when only the headings are in doubt, so that a person may choose the columns.
    """

    def __init__(self, code: str, *, peek: tuple[Row, ...] = (), **facts: str) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts
        self.peek = peek

    @property
    def explanation(self) -> Explanation:
        """The sentences for the person who sent the file."""
        return Explanation(*(sentence.format(**self.facts) for sentence in REFUSALS[self.code]))


class Notice(NamedTuple):
    """Something a reader must know about a file that was read; ``code`` is stable."""

    code: str
    message: str
    english: str


def notice(code: str, **facts: str) -> Notice:
    """The notice ``code`` with its facts filled in."""
    message, english = NOTICES[code]
    return Notice(code, message.format(**facts), english.format(**facts))
