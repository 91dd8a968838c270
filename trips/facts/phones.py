"""Telephone numbers of a plan as rules see them: what is wrong with one, said in the words of the place it is for.

Not here: reading numbers (portal.kit.phones), whether a number fits the country (trips.rules).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from portal.directory.countries import JAPAN
from portal.kit import phones
from portal.kit.phones import PhoneProblem
from portal.lawbook.outcome import Fault, Subject

if TYPE_CHECKING:
    from trips.facts.trip import TripFacts

WRONG_COUNTRY = "wrong_country"


def phone_faults(
    subject: Subject[Any], at: str, facts: TripFacts, *, country: str | None = None, value: str | None = None
) -> Iterator[Fault]:
    """What stops the number in the field ``at`` from being dialled; ``country`` is the ministry's code of its place.

    A number of another country is not said here: that is a contradiction between two entries (trips.rules).
    """
    typed = value if value is not None else getattr(subject.value, at)
    label, english = _titles(subject.value, at)
    for problem in facts.phone_problems(typed, country):
        if problem.code != WRONG_COUNTRY:
            yield Fault(
                f"{subject.ja}の「{label}」では電話がつながりません。{problem.message}。",
                f"{subject.en}: “{english}” cannot be dialled. {problem.english}.",
                at,
            )


def belongs_elsewhere(typed: str, country: str, facts: TripFacts) -> PhoneProblem | None:
    """That the number is one of another country than ``country``; ``None`` when it may well belong there."""
    found = facts.phone_problems(typed, country)
    return next((problem for problem in found if problem.code == WRONG_COUNTRY), None)


def same_number(first: str | None, second: str | None, *, country: str | None = JAPAN) -> bool:
    """Whether both are given and are one telephone; an extension makes a difference."""
    return bool(first and second) and phones.same_number(first or "", second or "", country=country)


def _titles(part: Any, at: str) -> tuple[str, str]:
    field = type(part).model_fields[at]
    return field.title, field.json_schema_extra["x-title-en"]
