"""A circular as pages show it: state, countries and recipients in words, who did what, its mails. Not here: URLs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from jcsos.enums import CircularState, Reach
from jcsos.models import Circular, CircularReceipt
from jcsos.queries.circulars import Told
from portal.dossier.types import SchoolKind
from portal.jobs.bounces import address_corrected
from portal.jobs.models import MailState, OutboundMail
from portal.ui.labels import label_of
from portal.ui.places import country_name
from portal.ui.shapes import Entry
from portal.ui.templatetags.shown import jdatetime

_LOOKS = {
    CircularState.DRAFT: ("draft", ""),
    CircularState.CHECKING: ("eye", "warn"),
    CircularState.APPROVED: ("check", "key"),
    CircularState.WAITING: ("clock", "key"),
    CircularState.SENT: ("send", "ok"),
}
_MAIL_TONES = {MailState.SENT: "ok", MailState.BOUNCED: "error", MailState.UNKNOWN: "warn"}


@dataclass(frozen=True)
class CircularShown:
    """One circular with its words in the page's language."""

    circular: Circular
    state: str
    icon: str
    tone: str
    countries: list[str]
    receipt: CircularReceipt | None = None


@dataclass(frozen=True)
class MailShown:
    """One mail to one person of a member school."""

    mail: OutboundMail
    state: str
    tone: str
    person: str
    address: str
    may_bounce: bool
    may_go: bool
    waits_for_address: bool


def row_of(circular: Circular, *, receipt: CircularReceipt | None = None) -> CircularShown:
    """A circular for a list or a head."""
    icon, tone = _LOOKS[circular.state_kind]
    countries = [country_name(code) for code in circular.countries]
    return CircularShown(circular, label_of(circular.state_kind), icon, tone, countries, receipt)


def entries_of(circular: Circular) -> list[Entry]:
    """Whom it is for, and who wrote, checked and sent it."""
    kinds = gettext("、").join(label_of(SchoolKind(kind)) for kind in circular.kinds) or gettext("すべて")
    signed = (
        (gettext("書いた人"), circular.written_by, circular.written_at),
        (gettext("確認を頼んだ人"), circular.proposed_by, circular.proposed_at),
        (gettext("確認した人"), circular.approved_by, circular.approved_at),
        (gettext("送信を決めた人"), circular.ordered_by, circular.ordered_at),
    )
    return [
        Entry(gettext("送り先"), label_of(Reach(circular.reach))),
        Entry(gettext("学校の種類"), kinds),
        *(Entry(label, _signed(person, at)) for label, person, at in signed if person and at),
    ]


def told_shown(told: list[Told]) -> list[tuple[CircularReceipt, list[MailShown]]]:
    """Every member with its mails."""
    return [(one.receipt, [_mail(mail, one) for mail in one.mails]) for one in told]


def _mail(mail: OutboundMail, told: Told) -> MailShown:
    state = MailState(mail.state)
    bounced, mended = state is MailState.BOUNCED, address_corrected(mail) or bool(told.newcomers)
    return MailShown(
        mail=mail,
        state=label_of(state),
        tone=_MAIL_TONES.get(state, ""),
        person=str(mail.recipient),
        # An address is shown where somebody has to mend it, and nowhere else.
        address=mail.recipient.email if bounced else "",
        may_bounce=state in (MailState.SENT, MailState.UNKNOWN),
        may_go=state is MailState.UNKNOWN or (bounced and mended),
        waits_for_address=bounced and not mended and mail.recipient_id in told.people,
    )


def _signed(person: Any, at: dt.datetime) -> str:
    return f"{person} {jdatetime(at)}"
