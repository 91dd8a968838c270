"""Findings: written, confirmed, replied to, upheld or dropped, corrected, verified. Not here: sending them (audits)."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext

from jcsos.actions.audits import require_silence
from jcsos.actions.notices import tell_auditors, tell_school
from jcsos.actions.steps import (
    fire,
    fire_finding,
    lock_audit,
    lock_finding,
    note_step,
    require_later,
    require_text,
    subject_of,
)
from jcsos.enums import Act, AuditState, FindingState, Gravity
from jcsos.models import Finding, TripAudit
from jcsos.queries.audits import findings_of
from jcsos.rules.criteria import criteria_of
from portal.audit.events import EventName
from portal.audit.record import Actor, record
from portal.kit import clock
from portal.kit.machine import Refused
from portal.kit.roles import Role

_TO_BE_MENDED = (FindingState.UPHELD.value, FindingState.CORRECTED.value)


@transaction.atomic
def write_finding(audit: TripAudit, criterion: str, gravity: Gravity, text: str, *, by: Actor) -> Finding:
    """A draft that the school does not see yet; pressed twice, once."""
    audit = lock_audit(audit)
    if audit.state_kind is not AuditState.ASSESSING:
        raise Refused(gettext("評価中の監査だけに指摘を書けます。画面を読み込み直してください"))
    if criterion not in {known.code for known in criteria_of(audit.campaign.rule_set)}:
        raise Refused(gettext("この監査の基準に、その項目はありません"))
    text = require_text(text, gettext("指摘の内容を書いてください"))
    same = {"audit": audit, "criterion": criterion, "gravity": gravity.value, "text": text}
    before = Finding.objects.filter(**same, state=FindingState.DRAFT.value, written_by_id=by.person_id).first()
    if before is not None:
        return before
    finding = Finding.objects.create(**same, school_id=audit.school_id, written_by_id=by.person_id)
    record(EventName.AUDIT_FINDING_WRITTEN, by=by, about=subject_of(audit), finding=str(finding.pk))
    return finding


@transaction.atomic
def confirm_finding(finding: Finding, *, by: Actor) -> Finding:
    """The second assessor has read a grave finding and stands by it."""
    finding = lock_finding(finding)
    fire_finding("confirm", finding, by=by)
    if finding.written_by_id == by.person_id:
        raise Refused(gettext("自分の書いた指摘は確かめられません。別の評価者に頼んでください"))
    if finding.confirmed_at is not None:
        raise Refused(gettext("この指摘は確認済みです"))
    finding.confirmed_at, finding.confirmed_by_id = clock.now(), by.person_id
    finding.save(update_fields=["confirmed_at", "confirmed_by"])
    record(EventName.AUDIT_FINDING_CONFIRMED, by=by, about=subject_of(finding.audit), finding=str(finding.pk))
    return finding


@transaction.atomic
def drop_finding(finding: Finding, *, reason: str, by: Actor) -> Finding:
    """Take a finding back; one that the school has seen stays in the log with its reason."""
    finding = lock_finding(finding)
    was_seen = finding.issued_at is not None
    finding.state = fire_finding("drop", finding, by=by).value
    finding.dropped_reason = require_text(reason, gettext("取り下げる理由を書いてください"))
    finding.dropped_at, finding.dropped_by_id = clock.now(), by.person_id
    finding.save(update_fields=["state", "dropped_reason", "dropped_at", "dropped_by"])
    record(EventName.AUDIT_FINDING_DROPPED, by=by, about=subject_of(finding.audit), finding=str(finding.pk))
    if was_seen:
        note_step(finding.audit, Act.DROPPED.value, by=by, reason=finding.dropped_reason)
    return finding


@transaction.atomic
def reply_to(finding: Finding, reply: str, *, by: Actor) -> Finding:
    """The school's head uses the right of reply, once."""
    finding = lock_finding(finding)
    if finding.audit.state_kind is not AuditState.REPLY:
        raise Refused(gettext("いまは意見を受け付けていません。画面を読み込み直してください"))
    finding.state = fire_finding("answer", finding, by=by).value
    finding.reply = require_text(
        reply, gettext("意見を書いてください。異議がないときは「異議ありません」と書いてください")
    )
    finding.replied_at, finding.replied_by_id = clock.now(), by.person_id
    finding.save(update_fields=["state", "reply", "replied_at", "replied_by"])
    tell_auditors(finding.audit, "audit_answered", step=note_step(finding.audit, Act.REPLIED.value, by=by))
    return finding


@transaction.atomic
def uphold(finding: Finding, *, correction: str, owner: str, due_on: dt.date | None, by: Actor) -> Finding:
    """Keep the finding and ask for a correction: what, by whom at the school, until when.

    A finding without reply may be upheld only after deadline, reminder and grace.
    """
    finding = lock_finding(finding)
    if finding.audit.state_kind is not AuditState.REPLY:
        raise Refused(gettext("意見の確認中だけに、指摘の扱いを決められます。画面を読み込み直してください"))
    state = fire_finding("uphold", finding, by=by)
    if finding.state_kind is FindingState.ISSUED:
        require_silence(finding.audit, due_on=finding.audit.reply_due_on)
    finding.state, finding.upheld_at = state.value, clock.now()
    finding.correction = require_text(correction, gettext("何を直してほしいかを書いてください"))
    finding.owner = require_text(owner, gettext("学校のどの役職の人が直すかを書いてください(例: 教頭)"))
    finding.correction_due_on = require_later(due_on)
    finding.save(update_fields=["state", "upheld_at", "correction", "owner", "correction_due_on"])
    note_step(finding.audit, Act.UPHELD.value, by=by, due_on=finding.correction_due_on, reason=finding.correction)
    return finding


@transaction.atomic
def report_correction(finding: Finding, report: str, *, by: Actor) -> Finding:
    """The school tells what it mended; with the last one the audit goes to verification."""
    finding = lock_finding(finding)
    audit = lock_audit(finding.audit)
    if audit.state_kind is not AuditState.CORRECTING:
        raise Refused(gettext("いまは是正の報告を受け付けていません。画面を読み込み直してください"))
    finding.state = fire_finding("correct", finding, by=by).value
    finding.reported = require_text(report, gettext("何をどう直したかを書いてください"))
    finding.reported_at, finding.reported_by_id = clock.now(), by.person_id
    finding.save(update_fields=["state", "reported", "reported_at", "reported_by"])
    step = note_step(audit, Act.REPORTED.value, by=by)
    if not findings_of(audit).filter(state=FindingState.UPHELD.value).exists():
        audit.state = fire("report", audit, by=by).value
        audit.save(update_fields=["state"])
        step = note_step(audit, "report", by=by)
    tell_auditors(audit, "audit_answered", step=step)
    return finding


@transaction.atomic
def verify_correction(finding: Finding, *, by: Actor) -> Finding:
    """The correction holds; with the last one the audit closes and the school is told."""
    finding = lock_finding(finding)
    audit = lock_audit(finding.audit)
    _require_verifying(audit)
    finding.state = fire_finding("verify", finding, by=by).value
    finding.verified_at, finding.verified_by_id = clock.now(), by.person_id
    finding.save(update_fields=["state", "verified_at", "verified_by"])
    note_step(audit, Act.VERIFIED.value, by=by)
    if not findings_of(audit).filter(state__in=_TO_BE_MENDED).exists():
        audit.state, audit.closed_at = fire("close", audit, by=by).value, clock.now()
        audit.save(update_fields=["state", "closed_at"])
        tell_school(audit, "audit_closed", step=note_step(audit, "close", by=by))
    return finding


@transaction.atomic
def refuse_correction(finding: Finding, *, reason: str, due_on: dt.date | None, by: Actor) -> Finding:
    """The correction does not hold: back to the school with a reason and a new day."""
    finding = lock_finding(finding)
    audit = lock_audit(finding.audit)
    _require_verifying(audit)
    finding.state = fire_finding("refuse", finding, by=by).value
    reason = require_text(reason, gettext("何が足りないかを書いてください"))
    finding.correction_due_on = require_later(due_on)
    finding.save(update_fields=["state", "correction_due_on"])
    audit.state = fire("send_back", audit, by=by).value
    audit.save(update_fields=["state"])
    step = note_step(audit, Act.REFUSED.value, by=by, due_on=finding.correction_due_on, reason=reason)
    tell_school(audit, "audit_correction", step=step)
    return finding


@transaction.atomic
def move_correction(finding: Finding, *, to: dt.date | None, reason: str, by: Actor) -> Finding:
    """Move the day of one correction, never into the past, and tell the school why."""
    finding = lock_finding(finding)
    before = finding.correction_due_on
    if finding.state_kind is not FindingState.UPHELD or before is None or by.role != Role.JCSOS_AUDITOR:
        raise Refused(gettext("いま動いていない期限は変えられません。画面を読み込み直してください"))
    reason = require_text(reason, gettext("期限を変える理由を書いてください。学校に知らせます"))
    finding.correction_due_on = require_later(to)
    finding.save(update_fields=["correction_due_on"])
    facts = {"before": before.isoformat(), "after": finding.correction_due_on.isoformat()}
    record(EventName.AUDIT_DUE_MOVED, by=by, about=subject_of(finding.audit), **facts)
    step = note_step(finding.audit, Act.DUE_MOVED.value, by=by, due_on=finding.correction_due_on, reason=reason)
    tell_school(finding.audit, "audit_due_moved", step=step)
    return finding


def _require_verifying(audit: TripAudit) -> None:
    if audit.state_kind is not AuditState.VERIFYING:
        raise Refused(gettext("是正の確認中の監査だけで行えます。画面を読み込み直してください"))
