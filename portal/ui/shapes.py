"""What the components want to be given: small frozen values that a view fills. Not here: markup, queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Task:
    """One line of a task list; ``state`` is a ``SectionState`` value, ``on`` the day of the last change."""

    title: str
    url: str
    state: str
    hint: str = ""
    on: dt.date | None = None
    key: str = ""


@dataclass(frozen=True)
class Rung:
    """One date of the deadline ladder. ``days_left`` counts from today and is negative once the day is past.

    ``done_on`` is set when the duty was met; ``steps`` is the arithmetic, a (sentence, citation) a line.
    """

    title: str
    on: dt.date | None
    days_left: int | None = None
    done_on: dt.date | None = None
    steps: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Citation:
    """A place in a notice and the words that stand there: ``別添三 三`` and the quoted line."""

    place: str
    quote: str = ""
    notice: str = ""


@dataclass(frozen=True)
class ShownFinding:
    """One finding as a card. ``verdict``: fail, unknown, pass, not_applicable; ``blocks`` when it stops submission."""

    code: str
    title: str
    message: str
    verdict: str = "fail"
    blocks: bool = True
    citations: Sequence[Citation] = ()
    url: str = ""
    link_text: str = ""
    rule_url: str = ""


@dataclass(frozen=True)
class Entry:
    """One row of a description list; with ``change_url`` it becomes a check-your-answers row."""

    label: str
    value: object
    change_url: str = ""


@dataclass(frozen=True)
class Tab:
    title: str
    url: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True)
class Happening:
    """One event of a timeline: what, who (title and organisation, as the viewer may see them), when."""

    what: str
    at: dt.datetime
    who: str = ""
    icon: str = "circle"
    note: str = ""
    url: str = ""


@dataclass(frozen=True)
class Remark:
    """A comment on a field of a revision; ``internal`` ones are never shown outside the authority."""

    who: str
    at: dt.datetime
    text: str
    kind: str = ""
    about: str = ""
    about_url: str = ""
    internal: bool = False
    resolved: bool = False


@dataclass(frozen=True)
class Tile:
    """One figure: 「12 件」 with its label; a ``url`` leads to the list behind it."""

    label: str
    value: object
    unit: str = ""
    tone: str = ""
    url: str = ""


@dataclass(frozen=True)
class Bar:
    """One bar: its label and figure; a ``url`` leads to the list behind it."""

    label: str
    value: int
    tone: str = ""
    url: str = ""
