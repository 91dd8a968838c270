"""The audit of one trip, from the announcement to its close; each step with its notice. Not here: findings, evidence.

No default pass without a notice: silence moves nothing. Only after the deadline, a reminder, and ``GRACE_DAYS`` since
the reminder may an assessor go on without the school's answer.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext

from jcsos.actions.notices import tell_auditors, tell_school
from jcsos.actions.steps import fire, lock_audit, note_step, require_later, require_text, subject_of
from jcsos.enums import Act, AuditState, Due, FindingState, Gravity, Verdict
from jcsos.models import Assessment, TripAudit
from jcsos.queries.audits import assessments_of, evidence_of, findings_of, last_reminder, readings_of
from jcsos.rules.criteria import criteria_of
from portal.audit.events import EventName
from portal.audit.record import Actor, record
from portal.kit import clock
from portal.kit.machine import Refused
from portal.kit.roles import Role

GRACE_DAYS = 7
_FAULTS = (Verdict.NOT_MET.value, Verdict.PARTLY.value)


@transaction.atomic
def announce(audit: TripAudit, *, due_on: dt.date | None, by: Actor) -> TripAudit:
    """Tell the school that its trip was drawn, and by when evidence is asked for."""
    audit = lock_audit(audit)
    audit.state = fire("announce", audit, by=by).value
    audit.evidence_due_on = require_later(due_on)
    audit.announced_at, audit.announced_by_id = clock.now(), by.person_id
    audit.save(update_fields=["state", "evidence_due_on", "announced_at", "announced_by"])
    tell_school(audit, "audit_announced", step=note_step(audit, "announce", by=by, due_on=audit.evidence_due_on))
    return audit


@transaction.atomic
def hand_in(audit: TripAudit, *, by: Actor) -> TripAudit:
    """The school has given what it has."""
    audit = lock_audit(audit)
    audit.state = fire("hand_in", audit, by=by).value
    audit.handed_in_at, audit.handed_in_by_id = clock.now(), by.person_id
    audit.save(update_fields=["state", "handed_in_at", "handed_in_by"])
    tell_auditors(audit, "audit_answered", step=note_step(audit, "hand_in", by=by))
    return audit


@transaction.atomic
def remind(audit: TripAudit, *, by: Actor) -> TripAudit:
    """A notice that the deadline in force has passed; once a day at most."""
    audit = lock_audit(audit)
    due = _due_in_force(audit)
    if due is None or due >= clock.today():
        raise Refused(gettext("期限の過ぎた監査だけに、お願いの通知を送れます"))
    before = last_reminder(audit, act=Act.REMINDED.value, due_on=due)
    if before is not None and before.at.astimezone(clock.TOKYO).date() == clock.today():
        raise Refused(gettext("今日のお願いの通知は、もう送りました"))
    tell_school(audit, "audit_reminder", step=note_step(audit, Act.REMINDED.value, by=by, due_on=due))
    return audit


@transaction.atomic
def take_up(audit: TripAudit, *, by: Actor) -> TripAudit:
    """Assess without further evidence, after deadline, reminder and grace."""
    audit = lock_audit(audit)
    state = fire("take_up", audit, by=by)
    require_silence(audit, due_on=audit.evidence_due_on)
    audit.state = state.value
    audit.save(update_fields=["state"])
    note_step(audit, "take_up", by=by)
    return audit


@transaction.atomic
def ask_more(audit: TripAudit, what: str, *, due_on: dt.date | None, by: Actor) -> TripAudit:
    """Back to the school for more evidence."""
    audit = lock_audit(audit)
    audit.state = fire("ask_more", audit, by=by).value
    audit.asked_more = require_text(what, gettext("どの資料を追加してほしいかを書いてください"))
    audit.evidence_due_on = require_later(due_on)
    audit.save(update_fields=["state", "asked_more", "evidence_due_on"])
    step = note_step(audit, "ask_more", by=by, due_on=audit.evidence_due_on, reason=audit.asked_more)
    tell_school(audit, "audit_announced", step=step)
    return audit


@transaction.atomic
def move_deadline(audit: TripAudit, due: Due, *, to: dt.date | None, reason: str, by: Actor) -> TripAudit:
    """Move the deadline in force, earlier or later but never into the past, and tell the school why."""
    audit = lock_audit(audit)
    if by.role != Role.JCSOS_AUDITOR:
        raise Refused(gettext("期限を変えられるのはJCSOSの監査担当だけです"))
    column = {Due.EVIDENCE: "evidence_due_on", Due.REPLY: "reply_due_on"}[due]
    waiting = {Due.EVIDENCE: AuditState.EVIDENCE, Due.REPLY: AuditState.REPLY}[due]
    if audit.state_kind is not waiting:
        raise Refused(gettext("いま動いていない期限は変えられません。画面を読み込み直してください"))
    reason = require_text(reason, gettext("期限を変える理由を書いてください。学校に知らせます"))
    before, after = getattr(audit, column), require_later(to)
    if before == after:
        raise Refused(gettext("期限が今と同じ日です。別の日を入れてください"))
    setattr(audit, column, after)
    audit.save(update_fields=[column])
    facts = {"before": before.isoformat(), "after": after.isoformat(), "audit": str(audit.pk)}
    record(EventName.AUDIT_DUE_MOVED, by=by, about=subject_of(audit), **facts)
    step = note_step(audit, Act.DUE_MOVED.value, by=by, due_on=after, reason=reason)
    tell_school(audit, "audit_due_moved", step=step)
    return audit


@transaction.atomic
def assess(audit: TripAudit, criterion: str, verdict: Verdict, *, note: str, by: Actor) -> Assessment:
    """Keep the verdict on one criterion, with the facts and evidence it rests on as they stand now."""
    audit = lock_audit(audit)
    if audit.state_kind is not AuditState.ASSESSING:
        raise Refused(gettext("評価中の監査だけを評価できます。画面を読み込み直してください"))
    if verdict in (Verdict.PARTLY, Verdict.NOT_MET, Verdict.NOT_APPLICABLE) and not note.strip():
        raise Refused(gettext("「%(verdict)s」とする理由を書いてください") % {"verdict": verdict.label})
    values = {
        "verdict": verdict.value,
        "note": note.strip(),
        "cites": _cites(audit, criterion),
        "assessed_at": clock.now(),
        "assessed_by_id": by.person_id,
        "school_id": audit.school_id,
    }
    row, _ = Assessment.objects.update_or_create(audit=audit, criterion=criterion, defaults=values)
    record(EventName.AUDIT_ASSESSED, by=by, about=subject_of(audit), audit=str(audit.pk), criterion=criterion)
    return row


@transaction.atomic
def send_result(audit: TripAudit, *, reply_due_on: dt.date | None, by: Actor) -> TripAudit:
    """Send every finding to the school, which has the right of reply. Without findings the audit closes as passed."""
    audit = lock_audit(audit)
    _require_assessed(audit)
    drafts = list(findings_of(audit).filter(state=FindingState.DRAFT.value))
    name = "send_result" if drafts else "pass"
    state = fire(name, audit, by=by)
    _require_findings_for_faults(audit, {draft.criterion for draft in drafts})
    if any(draft.gravity_kind is Gravity.GRAVE and draft.confirmed_at is None for draft in drafts):
        raise Refused(gettext("重大な指摘は、書いた人とは別の評価者が確かめてから送ってください"))
    audit.state = state.value
    audit.result_at, audit.result_by_id = clock.now(), by.person_id
    audit.reply_due_on = require_later(reply_due_on) if drafts else None
    audit.closed_at = None if drafts else clock.now()
    audit.save(update_fields=["state", "result_at", "result_by", "reply_due_on", "closed_at"])
    for draft in drafts:
        draft.state, draft.issued_at = FindingState.ISSUED.value, clock.now()
        draft.save(update_fields=["state", "issued_at"])
    step = note_step(audit, name, by=by, due_on=audit.reply_due_on)
    tell_school(audit, "audit_result", step=step)
    return audit


@transaction.atomic
def settle(audit: TripAudit, *, by: Actor) -> TripAudit:
    """Every finding is upheld or dropped: on to corrections, or closed when nothing was upheld."""
    audit = lock_audit(audit)
    states = set(findings_of(audit).values_list("state", flat=True))
    open_states = states - {FindingState.UPHELD.value, FindingState.DROPPED.value}
    name = "settle" if FindingState.UPHELD.value in states else "clear"
    state = fire(name, audit, by=by)
    if open_states:
        raise Refused(gettext("維持するか取り下げるかを決めていない指摘があります。すべて決めてから進めてください"))
    audit.state = state.value
    audit.closed_at = clock.now() if state is AuditState.CLOSED else None
    audit.save(update_fields=["state", "closed_at"])
    event = "audit_closed" if audit.closed_at else "audit_correction"
    tell_school(audit, event, step=note_step(audit, name, by=by))
    return audit


def require_silence(audit: TripAudit, *, due_on: dt.date | None) -> None:
    """The deadline passed, a reminder went out, and its grace is over; else ``Refused`` says what is still to do."""
    if due_on is None or due_on >= clock.today():
        raise Refused(gettext("期限がまだ来ていません。期限が過ぎ、お願いの通知を送ってから進められます"))
    notice = last_reminder(audit, act=Act.REMINDED.value, due_on=due_on)
    if notice is None:
        raise Refused(gettext("学校にお願いの通知を送っていません。通知なしに進めることはできません"))
    ends = notice.at.astimezone(clock.TOKYO).date() + dt.timedelta(days=GRACE_DAYS)
    if clock.today() <= ends:
        raise Refused(
            gettext("お願いの通知から%(n)d日間は、学校の返事を待ってください(%(day)sまで)")
            % {"n": GRACE_DAYS, "day": ends.isoformat()}
        )


def _due_in_force(audit: TripAudit) -> dt.date | None:
    return {AuditState.EVIDENCE: audit.evidence_due_on, AuditState.REPLY: audit.reply_due_on}.get(audit.state_kind)


def _cites(audit: TripAudit, criterion: str) -> list[dict[str, str]]:
    """The facts of the portal and the pieces of evidence at hand, as text."""
    found = next((reading for known, reading in readings_of(audit) if known.code == criterion), None)
    if found is None:
        raise Refused(gettext("この監査の基準に、その項目はありません"))
    facts = [{"source": fact.source, "text": fact.text, "english": fact.english} for fact in found.facts]
    given = evidence_of(audit).filter(criterion=criterion, withdrawn_at=None)
    shown = [
        {"source": f"資料 {row.shown_name}".strip(), "text": row.statement, "english": row.statement} for row in given
    ]
    return facts + shown


def _require_assessed(audit: TripAudit) -> None:
    done = assessments_of(audit)
    missing = [criterion.title for criterion in criteria_of(audit.campaign.rule_set) if criterion.code not in done]
    if missing:
        raise Refused(gettext("まだ評価していない項目があります: %(names)s") % {"names": "、".join(missing)})


def _require_findings_for_faults(audit: TripAudit, found: set[str]) -> None:
    faults = [code for code, row in assessments_of(audit).items() if row.verdict in _FAULTS]
    missing = sorted(set(faults) - found)
    if missing:
        raise Refused(
            gettext("「満たさない」「一部満たす」とした項目には、指摘を書いてください(%(codes)s)")
            % {"codes": "、".join(missing)}
        )
