"""Keeping a claim: opened, written, its social insurance and papers noted, moved by the machine, its sums and files.

Every step leaves its event in the same transaction; no event names a person or an illness. Not here: reading
(insurance.queries), reminding (insurance.actions.claim_reminders).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from uuid import UUID

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Max

from insurance.claims import Notice, Reckoning, papers_for
from insurance.enums import AmountKind
from insurance.machine import CLAIM, SEAT
from insurance.models import Claim, ClaimAmount, ClaimFile
from insurance.queries import (
    NOT_WANTED,
    STORY_COLUMNS,
    contracts_of,
    notice_of,
    open_claim_text,
    reckoning_of,
    still_due,
    story_of,
    terms_for,
)
from portal.audit.events import EventName
from portal.audit.record import Actor, Subject, record
from portal.kit import clock
from portal.kit.ids import uuid7
from portal.kit.machine import Refused
from portal.vault import files
from portal.vault.keyring import TripCipher
from portal.vault.models import TripKey
from portal.vault.uploads import Upload, keep_upload

_MOST_YEN = 10**10
_REASONED = {"refuse", "withdraw", "ask_more"}


class StaleClaim(Exception):
    """Somebody else wrote the claim since it was opened; nothing was written."""


@transaction.atomic
def open_claim(
    trip_id: UUID, *, school_id: UUID, key: UUID, participant: str, policy: str, notice: Notice, by: Actor,
    cipher: TripCipher, reference: str = "",
) -> Claim:  # fmt: skip
    """A new case of one traveller; the same form (``key``) sent twice makes one."""
    TripKey.objects.select_for_update(of=("self",)).get(trip_id=trip_id)  # numbers are given one after the other
    known = Claim.objects.filter(pk=key, trip_id=trip_id).first()
    if known is not None:
        return known
    last = Claim.objects.filter(trip_id=trip_id).aggregate(last=Max("number"))["last"] or 0
    claim = Claim(
        pk=key, trip_id=trip_id, school_id=school_id, number=last + 1, participant=participant, policy=policy,
        opened_by_id=by.person_id,
    )  # fmt: skip
    _write_story(claim, notice, cipher)
    _seal(claim, "reference", reference, cipher)
    claim.save(force_insert=True)
    _record(EventName.CLAIM_OPENED, claim, by)
    return claim


@transaction.atomic
def change_claim(
    claim: Claim, *, participant: str, policy: str, notice: Notice, reference: str, base_version: int, by: Actor,
    cipher: TripCipher,
) -> Claim:  # fmt: skip
    """Write the facts anew if nobody did since ``base_version``. Raises ``StaleClaim``."""
    claim = _lock(claim)
    if claim.version != base_version:
        raise StaleClaim(str(claim.pk))
    _refuse_closed(claim)
    claim.participant, claim.policy = participant, policy
    _write_story(claim, notice, cipher)
    _seal(claim, "reference", reference, cipher)
    claim.version += 1
    claim.save()
    _record(EventName.CLAIM_CHANGED, claim, by)
    return claim


@transaction.atomic
def note_social(claim: Claim, *, claimed_on: dt.date | None, none: bool, by: Actor) -> Claim:
    """Whether health insurance was asked first (JET page: before the insurer), or does not cover the person."""
    claim = _lock(claim)
    _refuse_closed(claim)
    if claimed_on is not None and none:
        raise Refused(
            "請求した日か「健康保険の対象ではない」のどちらか一つを選んでください",
            "Choose one: the day of the claim, or “not covered by health insurance”",
        )
    _refuse_future(claimed_on)
    claim.social_on, claim.social_none = claimed_on, none
    claim.save(update_fields=["social_on", "social_none"])
    _record(EventName.CLAIM_CHANGED, claim, by)
    return claim


@transaction.atomic
def tick_papers(claim: Claim, got: Mapping[str, dt.date | None], *, unwanted: frozenset[str], by: Actor,
                cipher: TripCipher) -> Claim:  # fmt: skip
    """Which papers are in hand, from which day, and which the insurer does not want."""
    claim = _lock(claim)
    _refuse_closed(claim)
    known = {paper.name for paper in papers_for(notice_of(claim, cipher).place)}
    for day in got.values():
        _refuse_future(day)
    papers = {name: day.isoformat() for name, day in got.items() if day is not None and name in known}
    claim.papers = papers | dict.fromkeys(unwanted & known, NOT_WANTED)
    claim.save(update_fields=["papers"])
    _record(EventName.CLAIM_CHANGED, claim, by)
    return claim


@transaction.atomic
def move_claim(claim: Claim, step: str, *, on: dt.date, reason: str, by: Actor, cipher: TripCipher) -> Claim:
    """Fire one step of the machine on a day. Raises ``Refused`` where the machine or the step's guard says no."""
    claim = _lock(claim)
    target = CLAIM.fire(step, claim.state_kind, seat=SEAT, role=by.role)
    notice = notice_of(claim, cipher)
    _refuse_future(on)
    _guard(claim, step, on=on, reason=reason.strip(), notice=notice)
    claim.state = target.value
    for stamp in CLAIM.named(step).stamps:
        setattr(claim, stamp, on)
    if step == "reopen":
        claim.reported_on = claim.filed_on = claim.closed_on = claim.prolonged_until = None
    if reason.strip():
        _seal(claim, "closing", reason.strip(), cipher)
    _count(claim, notice)
    claim.version += 1
    claim.save()
    _record(EventName.CLAIM_MOVED, claim, by, state=target.label)
    return claim


@transaction.atomic
def note_amount(claim: Claim, kind: AmountKind, yen: int, *, on: dt.date, note: str, by: Actor,
                cipher: TripCipher) -> ClaimAmount:  # fmt: skip
    """Add a bill or a payment in yen. The same line sent twice is kept once."""
    claim = _lock(claim)
    _refuse_closed(claim)
    _refuse_future(on)
    if not 0 < yen <= _MOST_YEN:
        raise Refused(
            f"金額は1円から{_MOST_YEN:,}円までの整数で書いてください。外貨は、領収書の日の円に直してください",
            f"Write whole yen between 1 and {_MOST_YEN:,}; convert other currencies at the day of the receipt",
        )
    for known in ClaimAmount.objects.filter(claim=claim, kind=kind.value, yen=yen, on=on, removed_at=None):
        if open_claim_text(known, "note", cipher) == note:
            return known
    row = ClaimAmount(claim=claim, school_id=claim.school_id, kind=kind.value, yen=yen, on=on)
    row.recorded_by_id = by.person_id
    _seal(row, "note", note, cipher)
    row.save(force_insert=True)
    _record(EventName.CLAIM_AMOUNT, claim, by)
    return row


@transaction.atomic
def remove_amount(claim: Claim, amount_id: UUID, *, by: Actor) -> bool:
    """A line that was wrong no longer counts; it stays in the ledger. Whether there was one."""
    claim = _lock(claim)
    _refuse_closed(claim)
    found = ClaimAmount.objects.filter(claim=claim, pk=amount_id, removed_at=None).update(removed_at=clock.now())
    if found:
        _record(EventName.CLAIM_AMOUNT_REMOVED, claim, by)
    return bool(found)


@transaction.atomic
def add_file(claim: Claim, upload: Upload, *, paper: str, by: Actor, cipher: TripCipher) -> ClaimFile:
    """Keep a copy of a receipt or another paper, sealed. Raises ``Refused`` for what is no page and no picture."""
    claim = _lock(claim)
    row = ClaimFile(claim=claim, school_id=claim.school_id, paper=paper, added_by_id=by.person_id)
    row.pk = uuid7()
    kept = keep_upload(upload, name=f"claims/{claim.pk}/{row.pk}.sealed", cipher=cipher)
    row.stored_name, row.media_type, row.sha256, row.size = kept.stored_name, kept.media_type, kept.sha256, kept.size
    _seal(row, "shown_name", upload.shown_name, cipher)
    row.save(force_insert=True)
    _record(EventName.CLAIM_FILE, claim, by)
    return row


@transaction.atomic
def open_file(row: ClaimFile, *, by: Actor, cipher: TripCipher) -> bytes:
    """The file's content, with a trace of who looked. Raises ``FileLost``."""
    _record(EventName.CLAIM_FILE_OPENED, row.claim, by)
    return files.fetch(name=row.stored_name, sha256=row.sha256, cipher=cipher)


@transaction.atomic
def remove_file(claim: Claim, file_id: UUID, *, by: Actor) -> bool:
    """Delete one file; that it was there stays. Whether there was one."""
    claim = _lock(claim)
    row = ClaimFile.objects.filter(claim=claim, pk=file_id, removed_at=None).first()
    if row is None:
        return False
    row.removed_at = clock.now()
    row.save(update_fields=["removed_at"])
    _record(EventName.CLAIM_FILE_REMOVED, claim, by)
    # After commit only: a rolled back removal must still find its file.
    transaction.on_commit(lambda: default_storage.delete(row.stored_name))
    return True


@transaction.atomic
def read_claim(claim: Claim, *, by: Actor) -> None:
    """Note that somebody looked at a case: it holds special-care data."""
    _record(EventName.CLAIM_READ, claim, by)


def _guard(claim: Claim, step: str, *, on: dt.date, reason: str, notice: Notice) -> None:
    """What a step asks for beyond state and role."""
    if step in _REASONED and not reason:
        raise Refused("理由を書いてください。保険会社から聞いたことをそのまま書けます", "Write the reason")
    if step == "report" and on < notice.on:
        raise Refused("連絡した日が、起きた日より前です", "The day of reporting lies before the event")
    if step == "file":
        _refuse_unready(claim, notice)
    if step == "settle":
        _refuse_unbalanced(reckoning_of(claim), reason)


def _refuse_unready(claim: Claim, notice: Notice) -> None:
    if claim.social_on is None and not claim.social_none:
        raise Refused(
            "先に健康保険へ請求した日を書くか、「健康保険の対象ではない」を選んでください",
            "First write the day on which health insurance was asked, or that it does not cover the person",
        )
    missing = [paper for paper in papers_for(notice.place) if paper.name not in claim.papers]
    if missing:
        raise Refused(
            f"まだ手元にない書類が{len(missing)}つあります。そろえた日を書くか、「求められていない」に印を付けてください",
            f"{len(missing)} papers are still missing; write the day you got them, or mark them as not wanted",
        )


def _refuse_unbalanced(sums: Reckoning, reason: str) -> None:
    if sums.open and not reason:
        raise Refused(
            f"費用と支払いが{abs(sums.open):,}円合いません。金額を確かめるか、差の理由(免責金額、上限など)を書いてください",
            f"Bills and payments differ by {abs(sums.open):,} yen; check them or write why (deductible, limit …)",
        )


def _refuse_closed(claim: Claim) -> None:
    if claim.closed_on is not None:
        raise Refused(
            "終わった請求です。直すときは、先に記録を開き直してください", "The claim is closed; open it again first"
        )


def _refuse_future(day: dt.date | None) -> None:
    if day is not None and day > clock.today():
        raise Refused("今日より後の日は書けません", "A day after today cannot be recorded")


def _write_story(claim: Claim, notice: Notice, cipher: TripCipher) -> None:
    texts = story_of(notice)
    for column in STORY_COLUMNS:
        _seal(claim, column, texts[column], cipher)
    _count(claim, notice)


def _count(claim: Claim, notice: Notice) -> None:
    due = still_due(claim, notice, terms_for(claim, contracts_of(claim.trip_id)))
    claim.dues = [[name, on.isoformat()] for name, on in due]


def _seal(row: Claim | ClaimAmount | ClaimFile, column: str, text: str, cipher: TripCipher) -> None:
    setattr(row, column, cipher.seal(text or None, table=row._meta.db_table, column=column, row=row.pk))


def _lock(claim: Claim) -> Claim:
    """The row, held against others. An erased claim is none: there is nothing left to write to."""
    return Claim.objects.select_for_update(of=("self",)).get(pk=claim.pk, erased_at=None)


def _record(name: EventName, claim: Claim, by: Actor, **facts: str) -> None:
    about = Subject(school_id=claim.school_id, trip_id=claim.trip_id)
    record(name, by=by, about=about, number=claim.number, **facts)
