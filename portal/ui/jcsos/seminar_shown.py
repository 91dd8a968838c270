"""A seminar and its registrations as pages show them, in the page's language. Not here: URLs, acts."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext

from jcsos.enums import AttendeeState, Presence, SeminarState
from jcsos.models import Seminar, SeminarAttendee
from portal.ui.labels import label_of
from portal.ui.shapes import Entry
from portal.ui.templatetags.shown import jdate, jdatetime, jtime

_LOOKS = {
    SeminarState.DRAFT: ("draft", ""),
    SeminarState.OPEN: ("bell", "key"),
    SeminarState.ENDED: ("check", "ok"),
    SeminarState.CANCELLED: ("withdrawn", ""),
}
_SEATS = {
    AttendeeState.WAITING: ("clock", "warn"),
    AttendeeState.PLACED: ("user", "key"),
    AttendeeState.CANCELLED: ("withdrawn", ""),
    AttendeeState.ATTENDED: ("check", "ok"),
}


@dataclass(frozen=True)
class SeminarShown:
    """One seminar with its words."""

    seminar: Seminar
    state: str
    icon: str
    tone: str


@dataclass(frozen=True)
class SeatShown:
    """One registration with its words."""

    row: SeminarAttendee
    name: str
    state: str
    icon: str
    tone: str
    presence: str
    is_open: bool
    came: bool
    certified: bool


def row_of(seminar: Seminar) -> SeminarShown:
    """A seminar for a list or a head."""
    icon, tone = _LOOKS[seminar.state_kind]
    return SeminarShown(seminar, label_of(seminar.state_kind), icon, tone)


def seat_of(row: SeminarAttendee) -> SeatShown:
    """One line of an attendance list."""
    icon, tone = _SEATS[row.state_kind]
    state = row.state_kind
    return SeatShown(
        row=row,
        name=row.name or gettext("(氏名は年度の終わりに消しました)"),
        state=label_of(state),
        icon=icon,
        tone=tone,
        presence=label_of(Presence(row.presence)) if row.presence else "",
        is_open=state in (AttendeeState.WAITING, AttendeeState.PLACED),
        came=state is AttendeeState.ATTENDED,
        certified=bool(row.certificate_no and row.name),
    )


def facts_of(seminar: Seminar) -> list[Entry]:
    """When, where, until when."""
    return [
        Entry(gettext("日時"), f"{jdatetime(seminar.starts_at)} {gettext('〜')} {jtime(seminar.ends_at)}"),
        Entry(gettext("会場"), seminar.venue),
        Entry(gettext("席の数"), gettext("%(n)d人") % {"n": seminar.places}),
        Entry(gettext("申込みの期限"), jdate(seminar.apply_until)),
    ]
