"""How ready a trip was, as a score of its criteria, and how a school stands among others. Not here: rows, screens.

The score is a share: met counts one, partly met a half, everything else nothing. What cannot be shown does not count
as done, because it would not stand up afterwards either. Criteria that no plan can show count once an audit judged
them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import quantiles

from jcsos.enums import Band, Verdict
from jcsos.rules.criteria import BY_CODE, CRITERIA, Known

SHOWN_BY_AUDIT_ALONE = frozenset({"AC07"})
"""The report after the return is no part of a plan: reading it proves nothing of that."""
_HALVES = {Verdict.MET: 2, Verdict.PARTLY: 1}
_BOUNDS = ((Band.STRONG, 80), (Band.FAIR, 60), (Band.WEAK, 40), (Band.POOR, 0))
_SAID_OF_COVER = "A2"
_OPEN_VERDICTS = ("fail", "unknown")
_WEIGHTS = ("block", "warn")


@dataclass(frozen=True)
class Quarters:
    """The scores of a group: a quarter of its schools lies below ``lower``, half below ``middle``."""

    schools: int
    lower: int
    middle: int
    upper: int


@dataclass(frozen=True)
class Reason:
    """One criterion of a school's score: how many of its trips met it, partly, or not, of those that counted."""

    code: str
    met: int
    partly: int
    lacking: int

    @property
    def counted(self) -> int:
        return self.met + self.partly + self.lacking

    @property
    def score(self) -> int:
        """Per cent of what this criterion could give."""
        return _per_cent(2 * self.met + self.partly, 2 * self.counted)


def verdicts_of(known: Known, judged: Mapping[str, Verdict] | None = None) -> dict[str, Verdict]:
    """Criterion → verdict: an auditor's where there is one (``judged``), otherwise what the plan proposes.

    Criteria that only an audit can show and those that do not apply are left out.
    """
    judged = judged or {}
    read = {
        criterion.code: judged.get(criterion.code) or criterion.read(known).proposes
        for criterion in CRITERIA
        if criterion.code in judged or criterion.code not in SHOWN_BY_AUDIT_ALONE
    }
    return {code: verdict for code, verdict in read.items() if verdict is not Verdict.NOT_APPLICABLE}


def score_of(verdicts: Mapping[str, Verdict]) -> int | None:
    """Whole per cent of what the criteria could give; ``None`` when none counts."""
    if not verdicts:
        return None
    return _per_cent(sum(_HALVES.get(verdict, 0) for verdict in verdicts.values()), 2 * len(verdicts))


def band_of(score: int) -> Band:
    """The score in words."""
    return next(band for band, least in _BOUNDS if score >= least)


def bounds_of(band: Band) -> tuple[int, int]:
    """The lowest and the highest score of a band."""
    least = dict(_BOUNDS)[band]
    above = min((low for _, low in _BOUNDS if low > least), default=101)
    return least, above - 1


def gaps_of(findings: Iterable[Mapping[str, object]]) -> list[str]:
    """The codes of 別添二 that a frozen report found wanting, each once; advice is no gap."""
    codes = {
        str(found["code"])
        for found in findings
        if str(found["code"]).startswith(_SAID_OF_COVER)
        and found["verdict"] in _OPEN_VERDICTS
        and found["severity"] in _WEIGHTS
    }
    return sorted(codes)


def reasons_of(trips: Iterable[Mapping[str, str]]) -> list[Reason]:
    """Criterion by criterion over a school's trips, the weakest first; ``trips`` are verdicts by code."""
    rows = list(trips)
    reasons = [_reason(code, [row[code] for row in rows if code in row]) for code in BY_CODE]
    return sorted((reason for reason in reasons if reason.counted), key=lambda reason: (reason.score, reason.code))


def mean_of(scores: Sequence[int]) -> int | None:
    """A school's score: the mean of its trips', rounded half up."""
    return (2 * sum(scores) + len(scores)) // (2 * len(scores)) if scores else None


def quarters_of(scores: Sequence[int], *, at_least: int) -> Quarters | None:
    """The quarters of the schools' scores; ``None`` for fewer than ``at_least`` (2 or more) schools."""
    if len(scores) < max(at_least, 2):
        return None
    lower, middle, upper = quantiles(scores, n=4, method="inclusive")
    return Quarters(len(scores), round(lower), round(middle), round(upper))


def _reason(code: str, verdicts: Sequence[str]) -> Reason:
    met, partly = verdicts.count(Verdict.MET.value), verdicts.count(Verdict.PARTLY.value)
    return Reason(code, met, partly, len(verdicts) - met - partly)


def _per_cent(part: int, whole: int) -> int:
    """Rounded half up."""
    return (200 * part + whole) // (2 * whole)
