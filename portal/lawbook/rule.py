"""How a rule is declared: its code, words, citations, the fields it needs, and the function that judges.

Not here: running the rules (rulebook), the rules themselves (each app's ``rules``), the notices' words (citation).
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from types import FunctionType
from typing import Any, Generic, TypeVar

from portal.lawbook.citation import Citation, cite
from portal.lawbook.finding import Severity
from portal.lawbook.outcome import Check, Outcome, Subject

F = TypeVar("F")
Words = tuple[str, str]

EDITIONS = ("2003", "2016", "2024")
BLOCK, WARN, ADVICE = Severity.BLOCK, Severity.WARN, Severity.ADVICE


@dataclass(frozen=True)
class Each(Generic[F]):
    """What a rule is asked about, one by one: every hotel, every traveller, or the school itself.

    ``part`` is the type of the subjects' values, ``of`` finds them in the facts, ``none`` says in Japanese and
    English why the rule does not apply when there are none.
    """

    part: type
    of: Callable[[F], Sequence[Subject]]
    none: Words = ("", "")


@dataclass(frozen=True)
class Rule:
    """One duty as code.

    ``needs`` are attribute paths on the subject's value: one that is empty makes the verdict *unknown*, and
    ``judge`` is not asked. ``when`` may answer ``NotApplicable``. ``severities`` gives the weight in each edition
    that has the rule. ``to_follow`` names the field with the date by which an empty need may still come.
    """

    code: str
    title: str
    english: str
    chapter: Chapter
    cites: tuple[Citation, ...]
    severities: Mapping[str, Severity]
    each: Each[Any]
    needs: tuple[str, ...]
    remedy: str
    hint: Words
    judge: Check | None
    when: Check | None
    to_follow: str | None
    verified: bool
    why: str
    file: str
    line: int
    readers: tuple[tuple[str, Callable[[Any], Any]], ...] = field(repr=False)

    @property
    def editions(self) -> tuple[str, ...]:
        return tuple(self.severities)

    @property
    def citation(self) -> tuple[str, ...]:
        return tuple(citation.label for citation in self.cites)

    def labels(self, need: str) -> Words:
        """The Japanese and English title of the field ``need`` of the rule's part."""
        part: Any = self.each.part
        *parents, last = need.split(".")
        for parent in parents:
            part = part.model_fields[parent].annotation
        shown = part.model_fields[last]
        return shown.title, shown.json_schema_extra["x-title-en"]


class Chapter:
    """A chapter of rules whose codes share a prefix and whose functions read the same facts.

    ``cited_as`` takes the ``Law`` and gives the labels that findings cite where the duty is not the ministry's.
    """

    def __init__(
        self,
        prefix: str,
        title: str,
        english: str,
        *,
        facts: Callable[[Any], Any],
        cited_as: Callable[[Any], tuple[str, ...]] | None = None,
    ) -> None:
        self.prefix = prefix
        self.title = title
        self.english = english
        self.facts = facts
        self.cited_as = cited_as
        self.rules: list[Rule] = []

    def __iter__(self) -> Iterator[Rule]:
        return iter(sorted(self.rules, key=attrgetter("code")))

    def rule(self, code: str, title: str, english: str, **declared: Any) -> Callable[[Check], Check]:
        """Declare a rule; the decorated function judges a subject whose ``needs`` are all filled in."""

        def declare(judge: Check) -> Check:
            assert isinstance(judge, FunctionType)
            place = judge.__code__.co_filename, judge.__code__.co_firstlineno
            self._add(code, title, english, judge=judge, why=judge.__doc__ or "", place=place, **declared)
            return judge

        return declare

    def require(self, code: str, title: str, english: str, **declared: Any) -> None:
        """Declare a rule that asks for nothing but that its ``needs`` are filled in."""
        frame = sys._getframe(1)
        place = frame.f_code.co_filename, frame.f_lineno
        self._add(code, title, english, judge=None, why="", place=place, **declared)

    def _add(
        self,
        code: str,
        title: str,
        english: str,
        *,
        judge: Check | None,
        why: str,
        place: tuple[str, int],
        cites: Iterable[str | Citation],
        severity: Severity,
        each: Each[Any],
        remedy: str,
        needs: tuple[str, ...] = (),
        hint: Words = ("", ""),
        under: Mapping[str, Severity | None] | None = None,
        when: Check | None = None,
        to_follow: str | None = None,
        verified: bool = True,
    ) -> None:
        if not code.startswith(self.prefix):
            raise ValueError(f"{code}: この章の番号は {self.prefix} で始まります")
        citations = tuple(citation if isinstance(citation, Citation) else cite(citation) for citation in cites)
        self.rules.append(
            Rule(
                code=code,
                title=title,
                english=english,
                chapter=self,
                cites=citations,
                severities=_severities(severity, under or {}),
                each=each,
                needs=needs,
                remedy=remedy,
                hint=hint,
                judge=judge,
                when=when,
                to_follow=to_follow,
                verified=verified,
                why=why,
                file=place[0],
                line=place[1],
                readers=tuple((need, attrgetter(need)) for need in needs),
            )
        )


def _severities(severity: Severity, under: Mapping[str, Severity | None]) -> dict[str, Severity]:
    """The weight per edition; ``None`` in ``under`` leaves the rule out of that edition."""
    weights = {edition: under.get(edition, severity) for edition in EDITIONS}
    return {edition: weight for edition, weight in weights.items() if weight is not None}


__all__ = ["ADVICE", "BLOCK", "EDITIONS", "WARN", "Chapter", "Each", "Outcome", "Rule", "Words"]
