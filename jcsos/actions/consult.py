"""Consultations: a school asks, JCSOS answers, the two meet, either ends it. Every text is sealed before it is stored.

Not here: articles made of answers (articles), what may follow what (machine).
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext

from jcsos.actions.steps import require_text
from jcsos.enums import Side, TicketEntryKind, TicketState, TicketTopic, VisitMeans
from jcsos.machine import TICKET
from jcsos.models import Ticket, TicketEntry
from jcsos.queries.consult import cipher_of, office
from jcsos.queries.window import membership_of
from portal.accounts.queries import holders_of
from portal.audit.events import EventName
from portal.audit.record import Actor, Subject, record
from portal.jobs.enqueue import post_notice
from portal.kit import clock
from portal.kit.ids import uuid7
from portal.kit.machine import Refused
from portal.kit.roles import Role
from portal.tenancy.models import Org
from portal.vault import files
from portal.vault.keyring import new_key
from portal.vault.uploads import Upload, keep_upload

_SCHOOL = (Role.SCHOOL_DRAFTER, Role.SCHOOL_PRINCIPAL)
_DESK = (Role.JCSOS_CASES,)


@transaction.atomic
def ask(school: Org, topic: TicketTopic, subject: str, text: str, *, by: Actor, upload: Upload | None = None) -> Ticket:
    """A member school opens a consultation with its first question; the desk is told."""
    place = office()
    if place is None or membership_of(school.pk) is None:
        raise Refused(gettext("相談は、JCSOSの会員校だけが利用できます"))
    line = require_text(subject, gettext("件名を書いてください"))
    ticket_id = uuid7()
    cipher, held = new_key(owner_id=school.pk, subject_id=ticket_id)
    ticket = Ticket(id=ticket_id, school=school, org=place, topic=topic.value, opened_by_id=by.person_id)
    ticket.key_master, ticket.key_wrapped = held.master_id, held.wrapped
    sealed = cipher.seal(line, table=ticket._meta.db_table, column="subject", row=ticket.pk)
    assert sealed is not None
    ticket.subject = sealed
    ticket.save(force_insert=True)
    _write(ticket, text, by=by, upload=upload)
    record(EventName.CONSULT_OPENED, by=by, about=_about(ticket), ticket=str(ticket.pk), topic=topic.label)
    return ticket


@transaction.atomic
def write(ticket: Ticket, text: str, *, by: Actor, upload: Upload | None = None) -> TicketEntry:
    """One more message of either side; the other side is told. JCSOS's first one is the answer that is measured."""
    ticket = _lock(ticket)
    side = side_of(ticket, by)
    step = "ask" if side is Side.SCHOOL else "answer"
    ticket.state = _fire(step, ticket, by=by).value
    if side is Side.JCSOS and ticket.first_answered_at is None:
        ticket.first_answered_at = clock.now()
    ticket.save(update_fields=["state", "first_answered_at"])
    entry = _write(ticket, text, by=by, upload=upload)
    name = EventName.CONSULT_WRITTEN if side is Side.SCHOOL else EventName.CONSULT_ANSWERED
    record(name, by=by, about=_about(ticket), ticket=str(ticket.pk))
    return entry


@transaction.atomic
def note_visit(ticket: Ticket, means: VisitMeans, held_on: dt.date | None, text: str, *, by: Actor) -> TicketEntry:
    """The two met: where, on which day, and what was said. Both sides read it."""
    ticket = _lock(ticket)
    if side_of(ticket, by) is not Side.JCSOS:
        raise Refused(gettext("訪問・面談の記録は、JCSOSの相談担当が書きます"))
    if held_on is None or held_on > clock.today():
        raise Refused(gettext("訪問・面談の日は、今日か、それより前の日にしてください"))
    text = require_text(text, gettext("話したことを書いてください"))
    entry = _entry(ticket, text, TicketEntryKind.VISIT, by=by, means=means.value, held_on=held_on)
    entry.save(force_insert=True)
    record(EventName.CONSULT_VISITED, by=by, about=_about(ticket), ticket=str(ticket.pk), held_on=held_on.isoformat())
    _tell(ticket, entry, by=by)
    return entry


@transaction.atomic
def close(ticket: Ticket, *, by: Actor) -> Ticket:
    """Either side ends the consultation."""
    ticket = _lock(ticket)
    ticket.state = _fire("close", ticket, by=by).value
    ticket.closed_at, ticket.closed_by_id = clock.now(), by.person_id
    ticket.save(update_fields=["state", "closed_at", "closed_by"])
    record(EventName.CONSULT_CLOSED, by=by, about=_about(ticket), ticket=str(ticket.pk))
    return ticket


@transaction.atomic
def reopen(ticket: Ticket, text: str, *, by: Actor) -> Ticket:
    """The school takes an ended consultation up again, with what is new."""
    ticket = _lock(ticket)
    ticket.state = _fire("reopen", ticket, by=by).value
    ticket.closed_at = ticket.closed_by = None
    ticket.save(update_fields=["state", "closed_at", "closed_by"])
    _write(ticket, text, by=by, upload=None)
    record(EventName.CONSULT_REOPENED, by=by, about=_about(ticket), ticket=str(ticket.pk))
    return ticket


@transaction.atomic
def note_read(ticket: Ticket, *, by: Actor) -> None:
    """JCSOS opened a consultation: the school sees who and when."""
    record(EventName.CONSULT_READ, by=by, about=_about(ticket), ticket=str(ticket.pk))


@transaction.atomic
def open_file(entry: TicketEntry, *, by: Actor) -> bytes:
    """The file of one line. JCSOS's look stands in the school's history. Raises ``FileLost``."""
    ticket = entry.ticket
    if side_of(ticket, by) is Side.JCSOS:
        record(EventName.CONSULT_FILE_OPENED, by=by, about=_about(ticket), ticket=str(ticket.pk), entry=str(entry.pk))
    return files.fetch(name=entry.stored_name, sha256=entry.sha256, cipher=cipher_of(ticket))


def side_of(ticket: Ticket, by: Actor) -> Side:
    """From which side this person acts, by the organisation acted for."""
    return Side.SCHOOL if by.org_id == ticket.school_id else Side.JCSOS


def _write(ticket: Ticket, text: str, *, by: Actor, upload: Upload | None) -> TicketEntry:
    text = require_text(text, gettext("内容を書いてください"))
    entry = _entry(ticket, text, TicketEntryKind.MESSAGE, by=by)
    if upload is not None:
        name = f"consultations/{ticket.pk}/{entry.pk}.sealed"
        kept = keep_upload(upload, name=name, cipher=cipher_of(ticket))
        entry.shown_name, entry.stored_name, entry.media_type = upload.shown_name, kept.stored_name, kept.media_type
        entry.sha256, entry.size = kept.sha256, kept.size
    entry.save(force_insert=True)
    _tell(ticket, entry, by=by)
    return entry


def _entry(ticket: Ticket, text: str, kind: TicketEntryKind, *, by: Actor, means: str = "",
           held_on: dt.date | None = None) -> TicketEntry:  # fmt: skip
    entry = TicketEntry(school_id=ticket.school_id, ticket=ticket, kind=kind.value, by_id=by.person_id)
    entry.side, entry.means, entry.held_on = side_of(ticket, by).value, means, held_on
    sealed = cipher_of(ticket).seal(text, table=entry._meta.db_table, column="text", row=entry.pk)
    assert sealed is not None
    entry.text = sealed
    return entry


def _tell(ticket: Ticket, entry: TicketEntry, *, by: Actor) -> None:
    """The other side, by mail with a link and nothing else."""
    if side_of(ticket, by) is Side.SCHOOL:
        people, org_id, link = holders_of(ticket.org_id, _DESK), ticket.org_id, f"/jcsos/consultations/{ticket.pk}/"
        event = "consult_asked"
    else:
        people, org_id = holders_of(ticket.school_id, _SCHOOL), ticket.school_id
        event, link = "consult_answered", f"/jcsos/ours/consultations/{ticket.pk}/"
    for user_id in people.values_list("pk", flat=True):
        post_notice(event, to=user_id, org_id=org_id, key=str(entry.pk), link=link)


def _fire(name: str, ticket: Ticket, *, by: Actor) -> TicketState:
    return TICKET.fire(name, ticket.state_kind, seat=side_of(ticket, by), role=by.role)


def _lock(ticket: Ticket) -> Ticket:
    """The row, locked. Raises ``Refused`` once the school is no member any more."""
    found = Ticket.objects.select_for_update(of=("self",)).filter(pk=ticket.pk).first()
    if found is None:
        raise Refused(gettext("この相談は、いまは開けません。学校が退会した可能性があります"))
    return found


def _about(ticket: Ticket) -> Subject:
    return Subject(school_id=ticket.school_id)
