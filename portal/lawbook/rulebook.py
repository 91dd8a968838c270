"""The engine: asks every rule of an edition about every subject and gathers what they say into one report.

Not here: any duty (each app's rules), words of the notices (citation), the arithmetic of days (deadlines).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeVar

from portal.kit.digest import digest_of
from portal.lawbook.answers import is_blank, is_placeholder
from portal.lawbook.finding import Finding, Ran, Report, Severity, Verdict
from portal.lawbook.outcome import (
    Fault,
    Late,
    Missing,
    NotApplicable,
    Outcome,
    Outcomes,
    Subject,
    ToFollow,
    Unanswered,
)
from portal.lawbook.parameters import Figure, parameters_on
from portal.lawbook.rule import EDITIONS, Chapter, Rule
from portal.lawbook.words import day_words

V = TypeVar("V")
_WEIGHT = {Severity.BLOCK: 0, Severity.WARN: 1, Severity.ADVICE: 2}


@dataclass(frozen=True)
class Law:
    """What a rule may know besides the dossier: edition, day, dated figures, deadlines, the authority's own rules."""

    edition: str
    on: dt.date
    figures: Mapping[str, Figure]
    deadlines: Any = None
    local: Any = None

    def amount(self, name: str) -> int:
        """The figure ``name`` as it stands on the day of judging, in its own unit."""
        return self.figures[name].amount


@dataclass(frozen=True)
class Case:
    """One dossier before the court: facts are derived from it once and shared by all chapters."""

    dossier: Any
    law: Law
    _views: dict[Any, Any] = field(default_factory=dict, repr=False)

    def view(self, facts: Callable[[Case], V]) -> V:
        """``facts(self)``, computed at the first asking."""
        if facts not in self._views:
            self._views[facts] = facts(self)
        return self._views[facts]


class Rulebook:
    """All chapters bound together, in the order given."""

    def __init__(self, *chapters: Chapter) -> None:
        self.chapters = chapters
        self.rules = tuple(rule for chapter in chapters for rule in chapter)

    @cached_property
    def digest(self) -> str:
        """sha256 of every rule as declared: code, words, weights, quoted lines. Tells which book judged a revision."""
        return digest_of(
            [
                [rule.code, rule.title, dict(rule.severities), [[c.label, c.quote] for c in rule.cites], rule.verified]
                for rule in self.rules
            ]
        )

    def under(self, edition: str) -> tuple[Rule, ...]:
        """The rules in force under ``edition``; raises ``LookupError`` for one that does not exist."""
        if edition not in EDITIONS:
            raise LookupError(f"通知の版「{edition}」はありません。{'・'.join(EDITIONS)} のどれかにしてください")
        return tuple(rule for rule in self.rules if edition in rule.severities)

    def get(self, code: str) -> Rule:
        """The rule of ``code``; raises ``LookupError`` with a sentence for the user."""
        found = self._by_code.get(code.upper())
        if found is None:
            raise LookupError(f"規則 {code} はありません。一覧は python manage.py rules で見られます")
        return found

    @cached_property
    def _by_code(self) -> dict[str, Rule]:
        return {rule.code: rule for rule in reversed(self.rules)}

    def judge(
        self,
        dossier: Any,
        *,
        edition: str,
        on: dt.date,
        parameters: Mapping[str, Figure] | None = None,
        deadlines: Any = None,
        local: Any = None,
    ) -> Report:
        """Judge ``dossier`` as of ``on``. ``parameters`` replaces the dated figures, ``local`` adds a board's rules."""
        figures = parameters_on(on) if parameters is None else parameters
        case = Case(dossier, Law(edition, on, figures, deadlines, local))
        bench = _Bench()
        for rule in self.under(edition):
            bench.hear(rule, case)
        return bench.report(case)


class _Bench:
    """Collects findings while the rules are heard."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.passed: list[Finding] = []
        self.follow_ups: list[Finding] = []
        self.ran: list[Ran] = []

    def hear(self, rule: Rule, case: Case) -> None:
        facts = case.view(rule.chapter.facts)
        severity = rule.severities[case.law.edition]
        reason, asked, before = rule.each.none, False, len(self.findings)
        for subject in rule.each.of(facts):
            excuse = self._hear_one(rule, subject, facts, case.law, severity)
            asked = asked or excuse is None
            reason = reason if excuse is None else (excuse.ja, excuse.en)
        self._close(rule, severity, case.law, asked=asked, reason=reason, found=self.findings[before:])

    def _hear_one(
        self, rule: Rule, subject: Subject[Any], facts: Any, law: Law, severity: Severity
    ) -> NotApplicable | None:
        """Note what the rule says about one subject; the excuse when it does not concern it."""
        if rule.when is not None:
            excuse = rule.when(subject, facts, law)
            if isinstance(excuse, NotApplicable):
                return excuse
        outcomes = _open_needs(rule, subject, law)
        if not outcomes and rule.judge is not None:
            outcomes = _listed(rule.judge(subject, facts, law))
        for outcome in outcomes:
            if isinstance(outcome, NotApplicable):
                return outcome
            self._note(rule, subject, outcome, severity, law)
        return None

    def _note(self, rule: Rule, subject: Subject, outcome: Outcome, severity: Severity, law: Law) -> None:
        finding = _finding(rule, subject, outcome, severity, law)
        (self.follow_ups if finding.verdict is Verdict.PASS else self.findings).append(finding)

    def _close(
        self, rule: Rule, severity: Severity, law: Law, *, asked: bool, reason: tuple[str, str], found: list[Finding]
    ) -> None:
        if found:
            failed = any(finding.verdict is Verdict.FAIL for finding in found)
            self.ran.append(Ran(rule.code, Verdict.FAIL if failed else Verdict.UNKNOWN))
            return
        verdict = Verdict.PASS if asked else Verdict.NOT_APPLICABLE
        words = (rule.title, rule.english) if asked else reason
        self.ran.append(Ran(rule.code, verdict, "" if asked else reason[0]))
        self.passed.append(
            Finding(rule.code, verdict, severity, _cited(rule, law), "", *words, rule.remedy, verified=rule.verified)
        )

    def report(self, case: Case) -> Report:
        return Report(
            edition=case.law.edition,
            on=case.law.on,
            findings=_once_per_open_field(sorted(self.findings, key=lambda finding: _WEIGHT[finding.severity])),
            passed=tuple(self.passed),
            follow_ups=_once_per_open_field(self.follow_ups),
            ran=tuple(self.ran),
            deadlines=case.law.deadlines,
            late_reason_given=not is_blank(case.dossier.late_filing_reason),
        )


def _once_per_open_field(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """An open field is reported once, by the weightiest rule that needs it, with the citations of all of them."""
    kept: dict[object, Finding] = {}
    for number, finding in enumerate(findings):
        place = finding.field if finding.unanswered else number
        first = kept.setdefault(place, finding)
        if first is not finding:
            kept[place] = replace(first, citation=tuple(dict.fromkeys((*first.citation, *finding.citation))))
    return tuple(kept.values())


def _open_needs(rule: Rule, subject: Subject[Any], law: Law) -> Iterable[Outcome]:
    """What is to be said of needs that are empty or say 未定; nothing when all are answered."""
    found: list[Outcome] = []
    for need, read in rule.readers:
        value = read(subject.value)
        if value is None or is_blank(value):
            found.append(_empty(rule, subject, need, law))
        elif is_placeholder(value):
            found.append(_placeholder(rule, subject, need, value))
    return found


def _empty(rule: Rule, subject: Subject[Any], need: str, law: Law) -> Outcome:
    ja, en = rule.labels(need)
    where, where_en = _of(subject)
    due = rule.to_follow and getattr(subject.value, rule.to_follow)
    if not due:
        return Missing(
            f"{where}「{ja}」が未入力です。{rule.hint[0]}", f"{where_en}“{en}” is not filled in. {rule.hint[1]}", need
        )
    if law.on > due:
        return Unanswered(
            f"{where}「{ja}」は{day_words(due)}までに確定する予定でしたが、まだ未入力です。{rule.hint[0]}",
            f"{where_en}“{en}” was to follow by {due} and is still empty. {rule.hint[1]}",
            need,
        )
    return ToFollow(f"{where}「{ja}」は{day_words(due)}までに確定", f"{where_en}“{en}” to follow by {due}", due, need)


def _placeholder(rule: Rule, subject: Subject, need: str, value: str) -> Unanswered:
    ja, en = rule.labels(need)
    where, where_en = _of(subject)
    said = value.strip()
    return Unanswered(
        f"{where}「{ja}」が「{said}」のままです。決まった内容を書いてください。{rule.hint[0]}",
        f"{where_en}“{en}” still says “{said}”. Give the real answer. {rule.hint[1]}",
        need,
    )


def _of(subject: Subject) -> tuple[str, str]:
    return (f"{subject.ja}の" if subject.ja else "", f"{subject.en}: " if subject.en else "")


def _listed(outcomes: Outcomes) -> Iterable[Outcome]:
    if outcomes is None:
        return ()
    if isinstance(outcomes, (Fault, Missing, ToFollow, NotApplicable)):
        return (outcomes,)
    return outcomes


def _finding(rule: Rule, subject: Subject, outcome: Outcome, severity: Severity, law: Law) -> Finding:
    assert not isinstance(outcome, NotApplicable)
    if isinstance(outcome, Late) and outcome.excused:
        severity = Severity.WARN
    return Finding(
        code=rule.code,
        verdict=_VERDICTS[type(outcome)],
        severity=severity,
        citation=(outcome.citation if isinstance(outcome, Fault) else ()) or _cited(rule, law),
        field=_pointer(subject, outcome.at or next(iter(rule.needs), "")),
        message=outcome.ja.strip(),
        message_en=outcome.en.strip(),
        remedy=rule.remedy,
        verified=rule.verified,
        late=isinstance(outcome, Late),
        unanswered=isinstance(outcome, (Missing, Unanswered, ToFollow)),
        due_on=outcome.due_on if isinstance(outcome, ToFollow) else None,
    )


def _cited(rule: Rule, law: Law) -> tuple[str, ...]:
    """The labels of the rule's passages, or the board's own rule where the chapter says so."""
    return (rule.chapter.cited_as(law) if rule.chapter.cited_as else ()) or rule.citation


_VERDICTS = {
    Fault: Verdict.FAIL,
    Late: Verdict.FAIL,
    Unanswered: Verdict.FAIL,
    Missing: Verdict.UNKNOWN,
    ToFollow: Verdict.PASS,
}


def _pointer(subject: Subject, at: str) -> str:
    if at.startswith("/"):
        return at
    return f"{subject.pointer}/{at.replace('.', '/')}" if at else subject.pointer
