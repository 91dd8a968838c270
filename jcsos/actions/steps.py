"""Locking an audit, asking its machine, and writing the line of its log together with the event of the history.

Not here: the single acts (campaigns, audits, evidence, findings).
"""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext

from jcsos.enums import AuditState, FindingState, Side
from jcsos.machine import AUDIT, FINDING, step_words
from jcsos.models import AuditStep, Finding, TripAudit
from portal.audit.events import EventName
from portal.audit.record import Actor, Subject, record
from portal.kit import clock
from portal.kit.machine import Refused


def lock_audit(audit: TripAudit) -> TripAudit:
    """The audit's row, locked for the rest of the transaction. Raises ``Refused`` once it is out of sight."""
    rows = TripAudit.objects.select_for_update(of=("self",)).select_related("campaign", "school")
    found = rows.filter(pk=audit.pk).first()
    if found is None:
        raise Refused(gettext("この学校は閲覧に同意していないため、監査を続けられません。記録は残っています"))
    return found


def lock_finding(finding: Finding) -> Finding:
    """The finding's row, locked, with its audit."""
    rows = Finding.objects.select_for_update(of=("self",)).select_related("audit__campaign", "audit__school")
    found = rows.filter(pk=finding.pk).first()
    if found is None:
        raise Refused(gettext("この指摘は、いまは開けません。画面を読み込み直してください"))
    return found


def side_of(audit: TripAudit, by: Actor) -> Side:
    """From which side this person acts, by the organisation acted for."""
    return Side.SCHOOL if by.org_id == audit.school_id else Side.JCSOS


def fire(name: str, audit: TripAudit, *, by: Actor) -> AuditState:
    """The next state of an audit for this person, or ``Refused``."""
    return AUDIT.fire(name, audit.state_kind, seat=side_of(audit, by), role=by.role)


def fire_finding(name: str, finding: Finding, *, by: Actor) -> FindingState:
    """The next state of a finding for this person, or ``Refused``."""
    return FINDING.fire(name, finding.state_kind, seat=side_of(finding.audit, by), role=by.role)


def note_step(audit: TripAudit, name: str, *, by: Actor, due_on: dt.date | None = None, reason: str = "") -> AuditStep:
    """One line of the log, and the same in the school's history of the trip."""
    step = AuditStep.objects.create(
        school_id=audit.school_id,
        audit=audit,
        name=name,
        side=side_of(audit, by).value,
        by_id=by.person_id,
        due_on=due_on,
        reason=reason,
    )
    ja, en = step_words(name)
    record(EventName.AUDIT_STEP, by=by, about=subject_of(audit), audit=str(audit.pk), step=ja, step_en=en)
    return step


def subject_of(audit: TripAudit) -> Subject:
    """An event about an audit stands in the history of its trip."""
    request = audit.request
    return Subject(school_id=audit.school_id, trip_id=request.trip_id, request_id=request.pk)


def require_later(day: dt.date | None, *, than: dt.date | None = None) -> dt.date:
    """A deadline lies after today. Raises ``Refused`` with what to do."""
    if day is None:
        raise Refused(gettext("期限の日付を入れてください"))
    if day <= (than or clock.today()):
        raise Refused(gettext("期限は今日より後の日にしてください"))
    return day


def require_text(text: str, missing: str) -> str:
    """Text that somebody wrote, or ``Refused`` with the sentence ``missing``."""
    if not text.strip():
        raise Refused(missing)
    return text.strip()
