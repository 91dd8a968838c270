"""Joining, renewing and leaving with their documents; contacts, services; the English letter of membership.

Not here: consent (membership), what a letter looks like (documents.letter).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext

from jcsos.actions import membership as gate
from jcsos.actions.steps import require_text
from jcsos.enums import AssociateKind, PaperKind, Service
from jcsos.models import Associate, MemberPaper, Membership
from jcsos.queries.roll import cipher_of
from jcsos.queries.window import membership_of
from jcsos.rules.members import Contact, Terms, contacts_as_json, letter_says, letter_until
from portal.audit.events import EventName
from portal.audit.record import Actor, Subject, record
from portal.kit import clock
from portal.kit.ids import uuid7
from portal.kit.machine import Refused
from portal.tenancy.models import Org
from portal.vault import files
from portal.vault.keyring import new_key
from portal.vault.uploads import Upload, keep_upload


@transaction.atomic
def enrol(school: Org, terms: Terms, *, on: dt.date, by: Actor, upload: Upload | None = None) -> Membership:
    """A school becomes a full member; JCSOS reads nothing until the school consents."""
    if membership_of(school.pk) is not None:
        raise Refused(gettext("この学校は、もう会員です"))
    _require_term(terms, on=on)
    held = gate.join(school, on=on)
    _set_terms(held, terms)
    held.save(update_fields=["term_from", "term_until", "services"])
    record(EventName.MEMBERSHIP_JOINED, by=by, about=_about(held))
    if upload is not None:
        keep_paper(held, PaperKind.JOIN, upload, by=by)
    return held


@transaction.atomic
def renew(held: Membership | Associate, *, until: dt.date | None, by: Actor, upload: Upload | None = None) -> None:
    """A new term follows the present one. It has to end after it, and after today."""
    _require_member(held)
    if until is None or until <= max(held.term_until or clock.today(), clock.today()):
        raise Refused(gettext("新しい期間の終わりは、今日といまの期間の終わりより後の日にしてください"))
    held.term_from = held.term_until + dt.timedelta(days=1) if held.term_until else clock.today()
    held.term_until = until
    held.save(update_fields=["term_from", "term_until"])
    record(EventName.MEMBERSHIP_RENEWED, by=by, about=_about(held), until=until.isoformat())
    if upload is not None:
        keep_paper(held, PaperKind.RENEW, upload, by=by)


@transaction.atomic
def set_services(held: Membership | Associate, terms: Terms, *, by: Actor) -> None:
    """Keep the services held."""
    _require_member(held)
    held.services = [service.value for service in terms.services]
    held.save(update_fields=["services"])
    record(EventName.MEMBERSHIP_CHANGED, by=by, about=_about(held))


@transaction.atomic
def set_contacts(held: Membership | Associate, contacts: Iterable[Contact], *, by: Actor) -> None:
    """Keep whom to reach for which duty."""
    _require_member(held)
    held.contacts = contacts_as_json(contacts)
    held.save(update_fields=["contacts"])
    record(EventName.MEMBERSHIP_CHANGED, by=by, about=_about(held))


@transaction.atomic
def resign(held: Membership, *, reason: str, by: Actor, upload: Upload | None = None) -> Membership:
    """The school leaves today: reading ends with this transaction, and its letters say so from then on."""
    _require_member(held)
    reason = require_text(reason, gettext("退会する理由を書いてください"))
    if upload is not None:
        keep_paper(held, PaperKind.LEAVE, upload, by=by)
    MemberPaper.objects.filter(membership=held, kind=PaperKind.LETTER.value, revoked_at=None).update(
        revoked_at=clock.now()
    )
    record(EventName.MEMBERSHIP_LEFT, by=by, about=_about(held))
    held.leaving_reason = reason
    held.save(update_fields=["leaving_reason"])
    gate.leave(held, on=max(clock.today(), held.joined_on))
    return held


@transaction.atomic
def enrol_associate(
    office: Org, name: str, kind: AssociateKind, terms: Terms, *, on: dt.date, by: Actor, english_name: str = ""
) -> Associate:
    """A body joins as an associate member."""
    _require_term(terms, on=on)
    row = Associate(org=office, kind=kind.value, joined_on=on, english_name=english_name.strip())
    row.name = require_text(name, gettext("団体の名前を書いてください"))
    _set_terms(row, terms)
    row.save(force_insert=True)
    record(EventName.MEMBERSHIP_JOINED, by=by, about=Subject())
    return row


@transaction.atomic
def end_associate(row: Associate, *, by: Actor, upload: Upload | None = None) -> Associate:
    """An associate member leaves."""
    _require_member(row)
    if upload is not None:
        keep_paper(row, PaperKind.LEAVE, upload, by=by)
    row.left_on = max(clock.today(), row.joined_on)
    row.save(update_fields=["left_on"])
    record(EventName.MEMBERSHIP_LEFT, by=by, about=Subject())
    return row


@transaction.atomic
def keep_paper(held: Membership | Associate, kind: PaperKind, upload: Upload, *, by: Actor) -> MemberPaper:
    """Seal and keep one document of a membership."""
    row = _paper_of(held, kind, by=by)
    owner = row.school_id or row.associate_id
    assert owner is not None
    cipher, key = new_key(owner_id=owner, subject_id=row.pk)
    row.key_master, row.key_wrapped = key.master_id, key.wrapped
    kept = keep_upload(upload, name=f"members/{owner}/{row.pk}.sealed", cipher=cipher)
    row.shown_name, row.stored_name, row.media_type = upload.shown_name, kept.stored_name, kept.media_type
    row.sha256, row.size = kept.sha256, kept.size
    row.save(force_insert=True)
    record(EventName.MEMBERSHIP_PAPER, by=by, about=_about(held), kind=kind.label)
    return row


def open_paper(row: MemberPaper) -> bytes:
    """The content of a kept document. Raises ``FileLost``."""
    return files.fetch(name=row.stored_name, sha256=row.sha256, cipher=cipher_of(row))


@transaction.atomic
def issue_letter(held: Membership, *, by: Actor) -> MemberPaper:
    """An English letter of membership, for a year or to the end of the term; its code opens its public page."""
    _require_member(held)
    institution = held.school.english_name.strip()
    if not institution:
        raise Refused(gettext("学校の英語名が登録されていません。登録してから発行してください"))
    row, today = _paper_of(held, PaperKind.LETTER, by=by), clock.today()
    if held.term_until is not None and held.term_until < today:
        raise Refused(gettext("会員の期間が過ぎています。継続の手続をしてから発行してください"))
    row.code, row.issued_on = uuid4(), today
    row.valid_until = letter_until(term_until=held.term_until, on=today)
    row.says = letter_says(
        institution=institution, since=held.joined_on, services=_services(held), issued_on=today,
        valid_until=row.valid_until,
    )  # fmt: skip
    row.save(force_insert=True)
    record(EventName.LETTER_ISSUED, by=by, about=_about(held), letter=str(row.pk))
    return row


def _services(held: Membership) -> list[Service]:
    return [Service(value) for value in held.services]


def _paper_of(held: Membership | Associate, kind: PaperKind, *, by: Actor) -> MemberPaper:
    row = MemberPaper(id=uuid7(), kind=kind.value, given_by_id=by.person_id)
    if isinstance(held, Membership):
        row.school_id, row.membership = held.school_id, held
    else:
        row.associate_id = held.pk
    return row


def _set_terms(held: Membership | Associate, terms: Terms) -> None:
    held.term_from, held.term_until = terms.term_from, terms.term_until
    held.services = [service.value for service in terms.services]


def _require_term(terms: Terms, *, on: dt.date) -> None:
    if terms.term_until is not None and terms.term_until < (terms.term_from or on):
        raise Refused(gettext("期間の終わりは、始まりの日か、その後の日にしてください"))


def _require_member(held: Membership | Associate) -> None:
    """By the row as it stands now: two people may press at once."""
    model = type(held)
    if not model.objects.select_for_update(of=("self",)).filter(pk=held.pk, left_on=None).exists():
        raise Refused(gettext("退会した会員です。画面を読み込み直してください"))


def _about(held: Membership | Associate) -> Subject:
    return Subject(school_id=_school_of(held))


def _school_of(held: Membership | Associate) -> UUID | None:
    return held.school_id if isinstance(held, Membership) else None
