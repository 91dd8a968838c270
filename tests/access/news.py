"""A circular of JCSOS that went to the members, with an estate's own receipt and letter. Not here: who may open it."""

from __future__ import annotations

from dataclasses import dataclass

from jcsos.actions import circulars
from jcsos.models import Circular, CircularReceipt
from portal.jobs.models import OutboundMail
from portal.kit.roles import Role
from tests.factories.cast import Seat, seat


@dataclass(frozen=True)
class News:
    """One circular as it came to one member school."""

    circular: Circular
    receipt: CircularReceipt
    letter: OutboundMail


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
    return News(circular, receipt, letter)
