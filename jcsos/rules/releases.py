"""What a new edition changes for one trip, judged by the rules alone. Pure. Not here: which trips, keeping the answer.

Only what JCSOS may read is judged: findings about single persons are left out on both sides, since their values are
hidden from it. The authority's own rules are not known to it either.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from jcsos.rules.window import tells_of_a_person
from mofa_requests.rules import judge
from portal.dossier.types import Dossier
from portal.lawbook.finding import Finding, Report, Severity, Standing


@dataclass(frozen=True)
class Change:
    """Standing before and after, and the codes of the rules that come and go as obstacles or warnings."""

    before: Standing
    after: Standing
    came: tuple[str, ...]
    gone: tuple[str, ...]

    @property
    def turns(self) -> bool:
        """Whether the standing itself changes."""
        return self.before is not self.after


def change_under(dossier: Dossier, *, edition: str, on: dt.date, municipal: bool) -> Change:
    """``dossier`` under its own edition and under ``edition``, as of ``on`` (the day it was submitted)."""
    old = judge(dossier, edition=dossier.edition, on=on, municipal=municipal)
    new = judge(dossier, edition=edition, on=on, municipal=municipal)
    before, after = _weighty(old), _weighty(new)
    had, has = {found.code for found in before}, {found.code for found in after}
    return Change(_standing(before), _standing(after), tuple(sorted(has - had)), tuple(sorted(had - has)))


def per_rule(changes: Iterable[tuple[Iterable[str], Iterable[str]]]) -> list[tuple[str, int, int]]:
    """Rule → trips for which it comes, and for which it goes; the most frequent first."""
    rows = list(changes)
    came, gone = Counter(code for new, _ in rows for code in new), Counter(code for _, old in rows for code in old)
    codes = sorted({*came, *gone}, key=lambda code: (-came[code] - gone[code], code))
    return [(code, came[code], gone[code]) for code in codes]


def _weighty(report: Report) -> list[Finding]:
    """Findings that are more than advice and tell of no person."""
    found = (one for one in report.findings if one.severity is not Severity.ADVICE)
    return [one for one in found if not tells_of_a_person(one.field)]


def _standing(findings: list[Finding]) -> Standing:
    if any(found.severity is Severity.BLOCK and not found.late for found in findings):
        return Standing.BLOCKED
    return Standing.LATE if any(found.late for found in findings) else Standing.READY
