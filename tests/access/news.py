"""A circular of JCSOS with an estate's own receipt and letter, and a seminar its staff attends. Not here: rights."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from jcsos.actions import circulars, seats, seminars
from jcsos.models import Circular, CircularReceipt, Seminar, SeminarAttendee, SeminarMaterial
from portal.jobs.models import OutboundMail
from portal.kit import clock
from portal.kit.roles import Role
from portal.vault.uploads import Upload
from tests.factories.cast import Seat, seat


@dataclass(frozen=True)
class News:
    """One circular as it came to one member school, and one seminar for which it registered somebody."""

    circular: Circular
    receipt: CircularReceipt
    letter: OutboundMail
    seminar: Seminar
    seat: SeminarAttendee
    material: SeminarMaterial


def build_news(member: Seat, jcsos: Seat) -> News:
    """Written, checked by a second person and delivered, in JCSOS's own scope."""
    writer, checker = seat(Role.JCSOS_NEWS, jcsos.org), seat(Role.JCSOS_NEWS, jcsos.org)
    text = circulars.Text("見本のお知らせ", "見本の内容", countries=("0886",))
    with writer.at_work() as by:
        circular = circulars.propose(circulars.write_circular(jcsos.org.pk, text, by=by), by=by)
    with checker.at_work() as by:
        circulars.approve(circular, by=by)
    with writer.at_work() as by:
        circular = circulars.order(circular, by=by)
        circulars.deliver(circular.pk, key=circulars.job_key(circular), by=by)
    receipt = CircularReceipt.objects.get(circular=circular, school=member.org)
    letter = OutboundMail.objects.filter(event="circular", key=str(receipt.pk)).latest("created_at")
    return News(circular, receipt, letter, *_seminar(member, writer))


def _seminar(member: Seat, desk: Seat) -> tuple[Seminar, SeminarAttendee, SeminarMaterial]:
    """Open for registration, with a file; a member of the school's staff has a place."""
    start = clock.now() + dt.timedelta(days=30)
    said = seminars.Announcement(
        title="見本のセミナー", text="見本", venue="見本会館", starts_at=start, ends_at=start + dt.timedelta(hours=1),
        places=9, apply_until=clock.today() + dt.timedelta(days=7),
    )  # fmt: skip
    with desk.at_work() as by:
        seminar = seminars.open_seminar(seminars.write_seminar(desk.org.pk, said, by=by), by=by)
        material = seminars.give_material(seminar, Upload("見本.pdf", b"%PDF-1.7"), by=by)
    with member.at_work() as by:
        attendee = seats.register(seminar, member.org.pk, name="見本 花子", duty="教諭", by=by)
    return seminar, attendee, material
