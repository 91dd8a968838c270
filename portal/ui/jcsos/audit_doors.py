"""One audit as both sides' pages show it: criteria with facts and evidence, findings, log. Not here: acts, URLs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from jcsos.enums import AuditState, Side
from jcsos.machine import step_words
from jcsos.models import Assessment, AuditStep, Evidence, Finding, TripAudit
from jcsos.queries import audits as queries
from jcsos.rules.criteria import Criterion, Fact, criteria_of
from portal.kit import clock
from portal.ui.labels import label_of, speaks_english
from portal.ui.shapes import Happening
from portal.ui.templatetags.shown import jdate

_ICONS = {"reminded": "clock", "due_moved": "calendar", "announce": "send", "send_result": "send", "close": "check"}


@dataclass(frozen=True)
class CriterionShown:
    """One criterion with everything known and said of it."""

    code: str
    title: str
    asks: str
    cites: tuple[str, ...]
    facts: list[dict[str, str]]
    proposes: str
    proposed: str
    evidence: list[Evidence]
    withdrawn: list[Evidence]
    assessment: Assessment | None
    verdict: str
    tone: str


@dataclass(frozen=True)
class FindingShown:
    """One finding with its words in the page's language."""

    finding: Finding
    title: str
    gravity: str
    state: str
    tone: str
    overdue: bool


def criteria_shown(audit: TripAudit) -> list[CriterionShown]:
    """Every criterion of the audit; both sides read the same facts."""
    assessments = queries.assessments_of(audit)
    given = list(queries.evidence_of(audit))
    readings = {known.code: reading for known, reading in queries.readings_of(audit)}
    shown = []
    for criterion in criteria_of(audit.campaign.rule_set):
        assessed, reading = assessments.get(criterion.code), readings[criterion.code]
        mine = [row for row in given if row.criterion == criterion.code]
        shown.append(
            CriterionShown(
                code=criterion.code,
                title=title_of(criterion),
                asks=criterion.asks_english if speaks_english() else criterion.asks,
                cites=criterion.cites,
                facts=[_fact(fact) for fact in reading.facts],
                proposes=label_of(reading.proposes),
                proposed=reading.proposes.value,
                evidence=[row for row in mine if row.withdrawn_at is None],
                withdrawn=[row for row in mine if row.withdrawn_at is not None],
                assessment=assessed,
                verdict=label_of(assessed.verdict_kind) if assessed else "",
                tone=_VERDICT_TONES.get(assessed.verdict, "") if assessed else "",
            )
        )
    return shown


def findings_shown(audit: TripAudit) -> list[FindingShown]:
    """The findings in view, by criterion."""
    titles = {criterion.code: title_of(criterion) for criterion in criteria_of(audit.campaign.rule_set)}
    today = clock.today()
    return [
        FindingShown(
            finding=row,
            title=titles.get(row.criterion, row.criterion),
            gravity=label_of(row.gravity_kind),
            state=label_of(row.state_kind),
            tone=_FINDING_TONES.get(row.state, "warn"),
            overdue=row.state == "upheld" and row.correction_due_on is not None and row.correction_due_on < today,
        )
        for row in queries.findings_of(audit)
    ]


def log_shown(audit: TripAudit) -> list[Happening]:
    """The log, newest first."""
    return [_happening(step) for step in reversed(list(queries.steps_of(audit)))]


def due_of(audit: TripAudit) -> dt.date | None:
    """The deadline in force, if one runs."""
    days = {AuditState.EVIDENCE: audit.evidence_due_on, AuditState.REPLY: audit.reply_due_on}
    return days.get(audit.state_kind)


def trip_entries(audit: TripAudit) -> dict[str, Any]:
    """What the head of an audit's page says of its trip."""
    due = due_of(audit)
    return {
        "audit": audit,
        "trip": audit.request,
        "campaign": audit.campaign,
        "state": label_of(audit.state_kind),
        "due": due,
        "due_days": (due - clock.today()).days if due else None,
        "findings": findings_shown(audit),
        "log": log_shown(audit),
    }


def title_of(criterion: Criterion) -> str:
    return criterion.english if speaks_english() else criterion.title


_VERDICT_TONES = {"met": "ok", "partly": "warn", "not_met": "error", "unproven": "warn"}
_FINDING_TONES = {"verified": "ok", "dropped": "", "draft": "", "upheld": "error"}


def _fact(fact: Fact) -> dict[str, str]:
    return {"text": fact.english if speaks_english() else fact.text, "source": fact.source}


def _happening(step: AuditStep) -> Happening:
    ja, en = step_words(step.name)
    what = en if speaks_english() else ja
    if step.due_on:
        what = gettext("%(what)s(期限 %(day)s)") % {"what": what, "day": jdate(step.due_on)}
    who = gettext("JCSOS") if step.side == Side.JCSOS.value else gettext("学校")
    return Happening(what=what, at=step.at, who=who, icon=_ICONS.get(step.name, "circle"), note=step.reason)
