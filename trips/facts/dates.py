"""Every date of a dossier that has to come before another: by when, and what it says.

Not here: comparing them (trips.rules.days), the dates of travel themselves (journey, nights).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from trips.facts.trip import TripFacts

_DEPARTURE = ("出発日", "departure")
_RETURN = ("帰国日", "the return")


@dataclass(frozen=True, slots=True)
class Dated:
    """One date that is too late: where it stands, what it dates, and the latest day it might have been."""

    pointer: str
    on: dt.date
    ja: str
    en: str
    limit: dt.date
    limit_ja: str = ""
    limit_en: str = ""


# What may be planned ahead but must be over by departure.
_BY_DEPARTURE = (
    ("outline", "previsit_on"),
    ("readiness", "orientation_on"),
    ("readiness", "parents_meeting_on"),
    ("readiness", "tabireji_on"),
    ("readiness", "mext_copy_on"),
    ("handover", "itinerary_on"),
    ("handover", "blood_list_on"),
)
# What, when it carries a date, is said to be done already.
_DONE = (
    ("destinations", "level_checked_on"),
    ("missions", "verified_on"),
    ("opt_outs", "signed_on"),
    ("confirmations", "confirmed_on"),
    ("people", "consented_on"),
)


def too_late(facts: TripFacts) -> Iterator[Dated]:
    """Every date that lies after departure (which has to be known), or, for what may follow, after the return."""
    leaving, home = facts.departs_on, facts.returns_on
    assert leaving is not None
    for name, field in _BY_DEPARTURE:
        part = getattr(facts.dossier, name)
        yield from _after(leaving, part, field, f"/{name}/{field}", ("", ""), _DEPARTURE)
    for leg in facts.legs:
        yield from _after(
            leaving, leg.value, "to_follow_on", f"{leg.pointer}/to_follow_on", (f"{leg.ja}の", ""), _DEPARTURE
        )
    yield from claims_after(leaving, facts, words=_DEPARTURE)
    if home is not None:
        yield from _after(home, facts.dossier.homestay, "list_due_on", "/homestay/list_due_on", ("", ""), _RETURN)


def claims_after(day: dt.date, facts: TripFacts, *, words: tuple[str, str] = ("", "")) -> Iterator[Dated]:
    """What is said to be done on a date after ``day``: levels checked, numbers verified, papers signed, consents."""
    for name, field in _DONE:
        for subject in getattr(facts, name):
            whose = (f"{subject.ja}の", f"{subject.en}: ")
            yield from _after(day, subject.value, field, f"{subject.pointer}/{field}", whose, words)


def _after(
    limit: dt.date, part: Any, field: str, pointer: str, whose: tuple[str, str], words: tuple[str, str]
) -> Iterator[Dated]:
    on = getattr(part, field)
    if on is not None and on > limit:
        shown = type(part).model_fields[field]
        english = shown.json_schema_extra["x-title-en"]
        yield Dated(pointer, on, f"{whose[0]}{shown.title}", f"{whose[1]}{english}", limit, *words)
