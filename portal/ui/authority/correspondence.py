"""What the portal knows of a letter beforehand, and what it says of papers on their way. Not here: acts (sending)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext

from mofa_requests.models import LetterRecord, Packet, Revision
from portal.accounts.models import Membership
from portal.directory.desks import Desk, mofa_desk
from portal.dossier.types import Channel, Letter
from portal.jobs.models import Job, JobState
from portal.kit import clock
from portal.lawbook.edition import load_edition
from portal.ui.authority.values import entries_of
from portal.ui.shapes import Entry
from portal.ui.templatetags.shown import jdate

SUBJECT = "海外修学旅行に係る情報提供について(依頼)"


@dataclass(frozen=True)
class RoutingNote:
    """To which desk a letter of an edition goes today, and what the notice itself says of it."""

    desk: Desk
    as_written: str
    edition: str
    moved: bool
    usual_channel: str


def proposed_letter(membership: Membership, revision: Revision, fixed: LetterRecord | None) -> Letter:
    """The letter in force, or one filled with what is known of sender, desk and edition; no number is proposed."""
    if fixed is not None:
        return Letter.model_validate(fixed.content)
    org, on = membership.org, clock.today()
    return Letter(
        dated_on=on,
        channel=Channel(load_edition(revision.edition).usual_channel),
        addressee=mofa_desk(on=on).addressee or None,
        sender_body=org.name or None,
        sender_title=org.head_title or None,
        sender_name=org.head_name or None,
        section=org.section or None,
        person=membership.user.name or None,
        phone=org.phone or None,
        email=org.email or None,
    )


def routing_note(edition: str, *, on: dt.date) -> RoutingNote:
    """A request under the duties of 2003 that is written today goes to the desk of today."""
    rules, desk = load_edition(edition), mofa_desk(on=on)
    written = rules.addressee.as_written
    moved = bool(written and desk.addressee and written != desk.addressee)
    return RoutingNote(desk, written, edition, moved, rules.usual_channel)


def letter_shown(fixed: LetterRecord) -> list[Entry]:
    """The letter in force, read only."""
    return entries_of(Letter.model_validate(fixed.content), Letter.model_fields)


def packet_state(packet: Packet | None, job: Job | None) -> str:
    """``ready``, ``under_way``, ``stuck`` (a person has to look) or ``missing``."""
    if packet is not None:
        return "ready"
    if job is None:
        return "missing"
    return "stuck" if job.state == JobState.PARKED.value else "under_way"


def receipt_words(received_on: dt.date, *, due_on: dt.date | None) -> str:
    """The day of receipt judged against the deadline, in words."""
    if due_on is None:
        return gettext("%(day)sに外務省が受け取りました。") % {"day": jdate(received_on)}
    facts = {"day": jdate(received_on), "due": jdate(due_on), "days": abs((received_on - due_on).days)}
    if received_on <= due_on:
        return gettext("%(day)sに外務省が受け取りました。必着日%(due)sに間に合っています。") % facts
    return gettext("%(day)sに外務省が受け取りました。必着日%(due)sを%(days)d日過ぎています。") % facts


def mail_proposal(letter: Letter, school: str) -> dict[str, str]:
    """Subject and body of the mail, as the officer may change them. Japanese: it goes to the ministry."""
    lines = [
        f"{letter.addressee or ''} 御中".strip(),
        "",
        f"{school}の海外修学旅行について、別添のとおり依頼します。",
        f"文書番号: {letter.number or ''}",
        "",
        *(line for line in (letter.sender_body, letter.section, letter.person, letter.phone, letter.email) if line),
    ]
    return {"subject": f"{SUBJECT} {letter.number or ''}".strip(), "body": "\n".join(lines)}
