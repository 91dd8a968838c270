"""What judging says: verdicts, severities, one finding, and the report of a whole dossier. All of it is plain data.

Not here: the rules that find (each app's rules), the engine that runs them (rulebook).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from portal.kit.choices import LabelledEnum


class Verdict(LabelledEnum):
    """What one rule says about one place of the dossier."""

    PASS = "pass", "適合", "Met"
    FAIL = "fail", "不備", "Not met"
    UNKNOWN = "unknown", "未入力", "Not filled in"
    NOT_APPLICABLE = "not_applicable", "該当なし", "Not applicable"


class Severity(LabelledEnum):
    """What a finding does: ``block`` stops submission, whether the rule fails or its input is empty."""

    BLOCK = "block", "提出できません", "Blocks submission"
    WARN = "warn", "要注意", "Warning"
    ADVICE = "advice", "助言", "Advice"


class Standing(LabelledEnum):
    """The verdict on the whole dossier; blocked goes before late, late before ready."""

    BLOCKED = "blocked", "提出できません", "Blocked"
    LATE = "late", "提出期限後です", "Late"
    READY = "ready", "提出できます", "Ready"


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence about one place.

    ``field`` is a JSON pointer into the dossier, ``remedy`` the section and field of the form that mends it
    (``lodging#phone``), ``citation`` the labels of the passages. Names of persons stand in 「」 (“” in English),
    so that ``without_names`` can take them out; no other personal data occurs in a message. ``unanswered`` marks
    an empty field or one that only says 未定: it is reported once, whatever the number of rules that need it.
    """

    code: str
    verdict: Verdict
    severity: Severity
    citation: tuple[str, ...]
    field: str
    message: str
    message_en: str
    remedy: str
    verified: bool = True
    late: bool = False
    unanswered: bool = False
    due_on: dt.date | None = None

    def as_json(self) -> dict[str, Any]:
        """The finding as the command, the API and the frozen revision write it."""
        return {
            "code": self.code,
            "verdict": self.verdict.value,
            "severity": self.severity.value,
            "citation": list(self.citation),
            "field": self.field,
            "message": self.message,
            "message_en": self.message_en,
            "remedy": self.remedy,
            "verified": self.verified,
            "due_on": self.due_on.isoformat() if self.due_on else None,
        }

    def without_names(self, names: Collection[str]) -> Finding:
        """The same finding for readers who may not see persons: every quoted name becomes 「(氏名)」."""
        ja, en = self.message, self.message_en
        for name in names:
            ja = ja.replace(f"「{name}」", "「(氏名)」")
            en = en.replace(f"“{name}”", "“(name)”")
        return replace(self, message=ja, message_en=en)


@dataclass(frozen=True, slots=True)
class Ran:
    """That a rule was run, and the worst it said; ``reason`` tells why it did not apply."""

    code: str
    verdict: Verdict
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """Everything judging one dossier under one edition on one day has to say.

    ``findings`` holds fail and unknown, worst first; ``passed`` the places that are right or not applicable;
    ``follow_ups`` what may come later and by when; ``ran`` every rule in the order of the book.
    """

    edition: str
    on: dt.date
    findings: tuple[Finding, ...]
    passed: tuple[Finding, ...]
    follow_ups: tuple[Finding, ...]
    ran: tuple[Ran, ...]
    deadlines: Any = None
    late_reason_given: bool = False

    @property
    def verdict(self) -> Standing:
        if any(finding.severity is Severity.BLOCK and not finding.late for finding in self.findings):
            return Standing.BLOCKED
        return Standing.LATE if any(finding.late for finding in self.findings) else Standing.READY

    @property
    def may_submit(self) -> bool:
        """Whether the principal may submit: ready, or late with the reason given."""
        return self.verdict is Standing.READY or (self.verdict is Standing.LATE and self.late_reason_given)

    def of(self, severity: Severity) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.severity is severity)

    def at(self, pointer: str) -> tuple[Finding, ...]:
        """The findings on ``pointer`` itself and on everything beneath it."""
        return tuple(f for f in self.findings if f.field == pointer or f.field.startswith(f"{pointer}/"))

    def without_names(self, names: Collection[str]) -> Report:
        """The report for readers who may not see persons (JCSOS, statistics)."""
        return replace(
            self,
            findings=tuple(finding.without_names(names) for finding in self.findings),
            passed=tuple(finding.without_names(names) for finding in self.passed),
            follow_ups=tuple(finding.without_names(names) for finding in self.follow_ups),
        )

    def as_json(self, *, everything: bool = False) -> dict[str, Any]:
        """The report as one JSON object; ``everything`` adds what passed or did not apply."""
        shown = self.findings + self.passed if everything else self.findings
        return {
            "edition": self.edition,
            "on": self.on.isoformat(),
            "verdict": self.verdict.value,
            "may_submit": self.may_submit,
            "deadlines": _plain(self.deadlines),
            "findings": [finding.as_json() for finding in shown],
            "follow_ups": [finding.as_json() for finding in self.follow_ups],
            "ran": [{"code": ran.code, "verdict": ran.verdict.value, "reason": ran.reason} for ran in self.ran],
        }


def _plain(deadlines: Any) -> Mapping[str, Any] | None:
    return None if deadlines is None else deadlines.as_json()
