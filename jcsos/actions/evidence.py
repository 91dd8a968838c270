"""Evidence: given by the school, opened by the assessors with a trace, withdrawn by the school with a reason.

Only pages and pictures are taken, known by their first bytes (portal.vault.uploads).
"""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext

from jcsos.actions.steps import lock_audit, note_step, require_text, side_of, subject_of
from jcsos.enums import Act, AuditState, Side
from jcsos.models import Evidence, TripAudit
from jcsos.queries.audits import cipher_of
from jcsos.rules.criteria import criteria_of
from portal.audit.events import EventName
from portal.audit.record import Actor, record
from portal.kit import clock
from portal.kit.ids import uuid7
from portal.kit.machine import Refused
from portal.vault import files
from portal.vault.uploads import MAX_BYTES, Upload, keep_upload

__all__ = ["MAX_BYTES", "Upload", "give_evidence", "open_evidence", "withdraw_evidence"]
_OPEN = (AuditState.EVIDENCE, AuditState.CORRECTING)


@transaction.atomic
def give_evidence(audit: TripAudit, criterion: str, *, statement: str, upload: Upload | None, by: Actor) -> Evidence:
    """Keep a statement, a file, or both, for one criterion, while evidence or corrections are asked for."""
    audit = lock_audit(audit)
    if side_of(audit, by) is not Side.SCHOOL or audit.state_kind not in _OPEN:
        raise Refused(gettext("いまは資料を受け付けていません。画面を読み込み直してください"))
    if criterion not in {known.code for known in criteria_of(audit.campaign.rule_set)}:
        raise Refused(gettext("この監査の基準に、その項目はありません"))
    if not statement.strip() and upload is None:
        raise Refused(gettext("説明を書くか、ファイルを選んでください"))
    row = Evidence(school_id=audit.school_id, audit=audit, criterion=criterion, statement=statement.strip())
    row.given_by_id = by.person_id
    if upload is not None:
        _keep(row, audit, upload)
    row.save(force_insert=True)
    note_step(audit, Act.EVIDENCE_GIVEN.value, by=by)
    record(EventName.AUDIT_EVIDENCE_GIVEN, by=by, about=subject_of(audit), evidence=str(row.pk))
    return row


@transaction.atomic
def withdraw_evidence(row: Evidence, *, reason: str, by: Actor) -> Evidence:
    """The school takes a piece back: its text and file go, the fact and the reason stay for both sides."""
    audit = lock_audit(row.audit)
    reason = require_text(reason, gettext("取り下げる理由を書いてください。JCSOSにも見えます"))
    if audit.state_kind is AuditState.CLOSED:
        raise Refused(gettext("終わった監査の資料は取り下げられません。JCSOSに相談してください"))
    row = Evidence.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if row.withdrawn_at is not None:
        raise Refused(gettext("この資料は取り下げ済みです"))
    stored = row.stored_name
    row.statement = row.shown_name = row.stored_name = ""
    row.withdrawn_at, row.withdrawn_by_id, row.withdrawn_reason = clock.now(), by.person_id, reason
    row.save(
        update_fields=[
            "statement", "shown_name", "stored_name", "withdrawn_at", "withdrawn_by", "withdrawn_reason",
        ]
    )  # fmt: skip
    note_step(audit, Act.EVIDENCE_WITHDRAWN.value, by=by, reason=reason)
    record(EventName.AUDIT_EVIDENCE_WITHDRAWN, by=by, about=subject_of(audit), evidence=str(row.pk))
    if stored:
        # After commit only: a rolled back withdrawal must still find its file.
        transaction.on_commit(lambda: default_storage.delete(stored))
    return row


@transaction.atomic
def open_evidence(row: Evidence, *, by: Actor) -> bytes:
    """The file's content; an assessor's look is in the school's history. Raises ``FileLost`` or ``Refused``."""
    if not row.has_file:
        raise Refused(gettext("このファイルは取り下げられました"))
    if side_of(row.audit, by) is Side.JCSOS:
        record(EventName.AUDIT_EVIDENCE_OPENED, by=by, about=subject_of(row.audit), evidence=str(row.pk))
    return files.fetch(name=row.stored_name, sha256=row.sha256, cipher=cipher_of(row.audit))


def _keep(row: Evidence, audit: TripAudit, upload: Upload) -> None:
    row.id = uuid7()
    kept = keep_upload(upload, name=f"evidence/{audit.pk}/{row.pk}.sealed", cipher=cipher_of(audit))
    row.stored_name, row.shown_name = kept.stored_name, upload.shown_name
    row.media_type, row.size, row.sha256 = kept.media_type, kept.size, kept.sha256
