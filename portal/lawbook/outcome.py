"""What a rule's function may answer about one subject. No answer at all means: met.

Not here: how answers become findings (rulebook).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Subject(Generic[T]):
    """One thing a rule looks at: where it stands in the dossier, its value, and its name in words."""

    pointer: str
    value: T
    ja: str
    en: str


@dataclass(frozen=True, slots=True)
class Fault:
    """The duty is not met: what is wrong and how to mend it, in both languages.

    ``at`` is the field, relative to the subject (``phone``) or, with a leading slash, from the top of the dossier;
    empty means the rule's first need. ``citation`` replaces the rule's own where an authority's rule is broken.
    """

    ja: str
    en: str
    at: str = ""
    citation: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Late(Fault):
    """The duty is not met because of the calendar; ``excused`` when the dossier gives the reason."""

    excused: bool = False


@dataclass(frozen=True, slots=True)
class Unanswered(Fault):
    """The field holds 未定 or the like, or is still empty after the day by which it was to follow."""


@dataclass(frozen=True, slots=True)
class Missing:
    """An input that is needed in this case is empty (未入力); the words say which and give an example."""

    ja: str
    en: str
    at: str = ""


@dataclass(frozen=True, slots=True)
class ToFollow:
    """Met for now: the input may come later, by ``due_on``, and will be chased."""

    ja: str
    en: str
    due_on: dt.date
    at: str = ""


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """The rule does not concern this dossier, and why."""

    ja: str
    en: str


Outcome = Fault | Missing | ToFollow | NotApplicable
Several = Iterator[Outcome]
Outcomes = Iterable[Outcome] | Outcome | None
Check = Callable[[Subject[Any], Any, Any], Outcomes]
