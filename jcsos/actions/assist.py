"""J-TAS: a case is taken in with one line, described as things become known, handed over, and closed with lessons.

Every text is sealed before it is stored. Not here: who may come (portal.ui.jcsos), what may follow what (machine).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from jcsos.enums import AssistCategory, AssistState, Cover, EntryKind, Party, Purpose, Side
from jcsos.machine import ASSIST
from jcsos.models import AssistCase, AssistEntry, AssistReading
from jcsos.queries.assist import TASKS, alike_to, cipher_of, open_tasks, trips_to_link
from portal.accounts.queries import holders_of
from portal.audit.events import EventName
from portal.audit.record import Actor, Subject, record
from portal.jobs.enqueue import post_notice
from portal.kit import clock
from portal.kit.ids import uuid7
from portal.kit.machine import Refused
from portal.kit.roles import Role
from portal.vault.keyring import new_key

_TRIES = 5


@dataclass(frozen=True)
class Details:
    """What is known of a case; everything may stay open."""

    person: str = ""
    category: AssistCategory | None = None
    country: str = ""
    zone: str = ""
    cover: Cover = Cover.UNKNOWN
    school_id: UUID | None = None
    request_id: UUID | None = None


@transaction.atomic
def open_case(org_id: UUID, headline: str, *, by: Actor) -> AssistCase:
    """The first line is enough. Whoever takes the call is on duty for the case and has it open."""
    line = _required(headline, gettext("何が起きたかを一行で書いてください"))
    case_id = uuid7()
    cipher, held = new_key(owner_id=org_id, subject_id=case_id)
    case = AssistCase(id=case_id, org_id=org_id, key_master=held.master_id, key_wrapped=held.wrapped)
    case.headline = cipher.seal(line, table=case._meta.db_table, column="headline", row=case.pk)
    case.on_duty_id = case.opened_by_id = by.person_id
    _save_with_number(case)
    record(EventName.ASSIST_OPENED, by=by, about=Subject(), case=str(case.pk), number=case.number)
    read_case(case, Purpose.HANDLING, by=by)
    return case


@transaction.atomic
def read_case(case: AssistCase, purpose: Purpose, *, by: Actor, again: bool = False) -> AssistReading:
    """Somebody opens a case for a purpose. ``again`` is one more look within the hour: a row, no new event."""
    row = AssistReading.objects.create(org_id=case.org_id, case=case, purpose=purpose.value, by_id=by.person_id)
    if not again:
        facts = {"case": str(case.pk), "number": case.number, "purpose": purpose.label}
        record(EventName.ASSIST_READ, by=by, about=Subject(), **facts)
    return row


@transaction.atomic
def describe(case: AssistCase, details: Details, *, by: Actor) -> AssistCase:
    """Keep what is known by now; what was known and is left empty becomes unknown again, as the form showed it."""
    case = _lock(case)
    _require_open(case)
    _require_trip_of_school(details)
    case.person = cipher_of(case).seal(details.person or None, table=case._meta.db_table, column="person", row=case.pk)
    case.category = details.category.value if details.category else ""
    case.country, case.zone, case.cover = details.country, details.zone, details.cover.value
    case.linked_school_id, case.linked_request_id = details.school_id, details.request_id
    case.save(update_fields=["person", "category", "country", "zone", "cover", "linked_school", "linked_request_id"])
    record(EventName.ASSIST_NOTED, by=by, about=Subject(), case=str(case.pk), number=case.number)
    return case


@transaction.atomic
def note(
    case: AssistCase, text: str, *, by: Actor, happened_at: dt.datetime | None = None, party: Party | None = None
) -> AssistEntry:
    """A line of the timeline; with a ``party`` it is a contact made."""
    case = _lock(case)
    kind = EntryKind.CONTACT if party else EntryKind.NOTE
    text = _required(text, gettext("記録を書いてください"))
    if happened_at is not None and happened_at > clock.now() + dt.timedelta(minutes=5):
        raise Refused(gettext("これから先の時刻は記録できません。やることとして残してください"))
    return _write(case, kind, text, by=by, happened_at=happened_at, party=party)


@transaction.atomic
def plan_task(case: AssistCase, text: str, *, due_at: dt.datetime | None, call_back: bool, by: Actor) -> AssistEntry:
    """Something to do, or somebody to call back, by a moment."""
    case = _lock(case)
    _require_open(case)
    if due_at is None:
        raise Refused(gettext("いつまでかを入れてください"))
    kind = EntryKind.CALL_BACK if call_back else EntryKind.TASK
    return _write(case, kind, _required(text, gettext("何をするかを書いてください")), by=by, due_at=due_at)


@transaction.atomic
def finish_task(case: AssistCase, entry_id: UUID, *, by: Actor) -> None:
    """A task is done, once."""
    case = _lock(case)
    rows = AssistEntry.objects.filter(pk=entry_id, case=case, kind__in=TASKS, done_at=None)
    if not rows.update(done_at=clock.now(), done_by_id=by.person_id):
        raise Refused(gettext("この項目は済んでいます。画面を読み込み直してください"))
    record(EventName.ASSIST_NOTED, by=by, about=Subject(), case=str(case.pk), number=case.number)


@transaction.atomic
def hand_over(case: AssistCase, *, to: int, summary: str, by: Actor) -> AssistCase:
    """The next shift takes the case, with a summary of what matters; that person is told by mail."""
    case = _lock(case)
    _require_open(case)
    if to == case.on_duty_id:
        raise Refused(gettext("いまの担当者とは別の人を選んでください"))
    if not holders_of(case.org_id, (Role.JCSOS_CASES,)).filter(pk=to).exists():
        raise Refused(gettext("「相談・J-TAS」の担当者だけに引き継げます"))
    summary = _required(summary, gettext("次の担当者に伝えることを書いてください"))
    entry = _write(case, EntryKind.HANDOVER, summary, by=by)
    case.on_duty_id = to
    case.save(update_fields=["on_duty"])
    record(EventName.ASSIST_HANDED_OVER, by=by, about=Subject(), case=str(case.pk), number=case.number)
    post_notice("assist_handed_over", to=to, org_id=case.org_id, key=str(entry.pk), link=f"/jcsos/cases/{case.pk}/")
    return case


@transaction.atomic
def move(case: AssistCase, name: str, *, by: Actor, reason: str = "") -> AssistCase:
    """Take, watch, resume or reopen; reopening needs a reason."""
    case = _lock(case)
    case.state = _fire(name, case, by=by).value
    if name == "reopen":
        reason = _required(reason, gettext("再開する理由を書いてください"))
        case.closed_at = case.closed_by = None
    case.save(update_fields=["state", "closed_at", "closed_by"])
    _write(case, EntryKind.STEP, " ".join(filter(None, (ASSIST.named(name).label, reason))), by=by)
    return case


@transaction.atomic
def close(case: AssistCase, *, outcome: str, lessons: str, by: Actor) -> AssistCase:
    """Close with what came of it and what is to be learned; nothing may be left to do."""
    case = _lock(case)
    state = _fire("close", case, by=by)
    left = open_tasks(case).count()
    if left:
        raise Refused(
            gettext("やることが%(n)d件残っています。済ませるか、済みにしてから終了してください") % {"n": left}
        )
    cipher, table = cipher_of(case), case._meta.db_table
    texts = {
        "outcome": _required(outcome, gettext("結果を書いてください")),
        "lessons": _required(lessons, gettext("次に生かすことを書いてください")),
    }
    for column, text in texts.items():
        setattr(case, column, cipher.seal(text, table=table, column=column, row=case.pk))
    case.state, case.closed_at, case.closed_by_id = state.value, clock.now(), by.person_id
    case.save(update_fields=["state", "closed_at", "closed_by", "outcome", "lessons"])
    _write(case, EntryKind.STEP, ASSIST.named("close").label, by=by)
    record(EventName.ASSIST_CLOSED, by=by, about=Subject(), case=str(case.pk), number=case.number)
    return case


@transaction.atomic
def note_school_told(case: AssistCase, *, by: Actor) -> AssistCase:
    """The school was told, as J-TAS does in principle; who spoke to whom stands in the timeline."""
    case = _lock(case)
    if case.linked_school_id is None:
        raise Refused(gettext("学校がまだ結び付いていません。先に学校を選んでください"))
    if case.school_told_at is not None:
        raise Refused(gettext("学校への報告は記録済みです"))
    case.school_told_at = clock.now()
    case.save(update_fields=["school_told_at"])
    _write(case, EntryKind.CONTACT, gettext("学校に報告した"), by=by, party=Party.SCHOOL)
    return case


@transaction.atomic
def join_event(case: AssistCase, title: str, *, by: Actor) -> list[AssistCase]:
    """Cases that look like one event become one event; everybody at the desk is told. The joined cases."""
    case = _lock(case)
    title = case.event_title or _required(title, gettext("事案の名前を書いてください(人の名前は書かないでください)"))
    joined = [case, *alike_to(case)]
    if len(joined) == 1:
        raise Refused(gettext("同じ出来事と見られる案件がありません"))
    event_id = case.event_id or next((row.event_id for row in joined if row.event_id), None) or uuid7()
    for row in joined:
        AssistCase.objects.filter(pk=row.pk).update(event_id=event_id, event_title=title)
        record(EventName.ASSIST_GROUPED, by=by, about=Subject(), case=str(row.pk), number=row.number)
    for user_id in holders_of(case.org_id, (Role.JCSOS_CASES,)).values_list("pk", flat=True):
        key = f"{event_id}-{len(joined)}"
        post_notice("assist_escalated", to=user_id, org_id=case.org_id, key=key, link="/jcsos/cases/")
    return joined


def _write(
    case: AssistCase, kind: EntryKind, text: str, *, by: Actor, happened_at: dt.datetime | None = None,
    due_at: dt.datetime | None = None, party: Party | None = None,
) -> AssistEntry:  # fmt: skip
    row = AssistEntry(org_id=case.org_id, case=case, kind=kind.value, party=party.value if party else "")
    row.happened_at, row.due_at, row.noted_by_id = happened_at or clock.now(), due_at, by.person_id
    sealed = cipher_of(case).seal(text, table=row._meta.db_table, column="text", row=row.pk)
    assert sealed is not None
    row.text = sealed
    row.save(force_insert=True)
    record(EventName.ASSIST_NOTED, by=by, about=Subject(), case=str(case.pk), number=case.number)
    return row


def _save_with_number(case: AssistCase) -> None:
    """The next free number of the year; two calls in one moment never share one."""
    year = clock.today().year
    for _ in range(_TRIES):
        taken = AssistCase.objects.filter(org_id=case.org_id, number__startswith=f"J-{year}-")
        last = taken.order_by("-number").values_list("number", flat=True).first()
        case.number = f"J-{year}-{int(last[-4:]) + 1 if last else 1:04d}"
        try:
            with transaction.atomic():
                case.save(force_insert=True)
        except IntegrityError:
            continue
        return
    raise Refused(gettext("番号が取れませんでした。もう一度押してください"))


def _lock(case: AssistCase) -> AssistCase:
    return AssistCase.objects.select_for_update(of=("self",)).get(pk=case.pk)


def _require_open(case: AssistCase) -> None:
    if case.state_kind is AssistState.CLOSED:
        raise Refused(gettext("終了した案件です。続けるには再開してください"))


def _require_trip_of_school(details: Details) -> None:
    if details.request_id is None:
        return
    trips = trips_to_link(details.school_id) if details.school_id else None
    if trips is None or not trips.filter(pk=details.request_id).exists():
        raise Refused(gettext("選んだ旅行は、その会員校の閲覧できる旅行にありません。選び直してください"))


def _fire(name: str, case: AssistCase, *, by: Actor) -> AssistState:
    return ASSIST.fire(name, case.state_kind, seat=Side.JCSOS, role=by.role)


def _required(text: str, missing: str) -> str:
    if not text.strip():
        raise Refused(missing)
    return text.strip()
