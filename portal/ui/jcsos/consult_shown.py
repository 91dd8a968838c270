"""A consultation as both sides' pages show it: lines, waits, file. Not here: who may come (consult, our_consult)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext

from jcsos.actions import consult as acts
from jcsos.enums import Side, TicketTopic, VisitMeans
from jcsos.models import Ticket
from jcsos.queries import consult as queries
from portal.audit.record import Actor
from portal.ui.files_out import attachment
from portal.ui.labels import label_of
from portal.ui.messages import refuse
from portal.ui.shapes import Tile
from portal.vault.files import FileLost

_TONES = {"asked": "warn", "answered": "key", "closed": "ok"}
_ICONS = {"asked": "clock", "answered": "info", "closed": "check"}
_ENDINGS = {"application/pdf": ".pdf", "image/png": ".png", "image/jpeg": ".jpg"}


def line_of(ticket: Ticket) -> dict[str, Any]:
    """One consultation in a list; nothing of it is opened."""
    waited = ticket.first_answered_at - ticket.opened_at if ticket.first_answered_at else None
    return {
        "ticket": ticket,
        "topic": label_of(TicketTopic(ticket.topic)),
        "state": label_of(ticket.state_kind),
        "tone": _TONES[ticket.state],
        "icon": _ICONS[ticket.state],
        "waited": hours_words(waited.total_seconds() / 3600) if waited is not None else "",
    }


def shown(ticket: Ticket) -> dict[str, Any]:
    """The whole consultation, opened."""
    return {
        "row": line_of(ticket),
        "ticket": ticket,
        "subject": queries.subject_of(ticket),
        "entries": [_entry(one) for one in queries.entries_of(ticket)],
    }


def hours_words(hours: float) -> str:
    """A wait in the unit people use for it."""
    if hours < 1:
        return gettext("1時間未満")
    if hours < 48:
        return gettext("%(n)d時間") % {"n": round(hours)}
    return gettext("%(n)d日") % {"n": round(hours / 24)}


def tiles_of(waits: queries.Waits) -> list[Tile]:
    """The measure of response times."""
    first = hours_words(waits.first_answer_hours) if waits.first_answer_hours is not None else "—"
    closing = hours_words(waits.closing_days * 24) if waits.closing_days is not None else "—"
    longest = hours_words(waits.longest_waiting.total_seconds() / 3600) if waits.longest_waiting else "—"
    return [
        Tile(gettext("回答待ち"), waits.waiting, gettext("件"), tone="warn" if waits.waiting else ""),
        Tile(gettext("いちばん長く待っている相談"), longest, ""),
        Tile(gettext("最初の回答まで(中央値)"), first, ""),
        Tile(gettext("終了まで(中央値)"), closing, ""),
    ]


def give_file(request: HttpRequest, ticket: Ticket, entry_id: UUID, *, by: Actor, back: str) -> HttpResponseBase:
    """The file of one line, to be kept; or back to the page with the reason why not."""
    entry = queries.file_entry(ticket, entry_id)
    if entry is None:
        raise Http404
    try:
        content = acts.open_file(entry, by=by)
    except FileLost:
        refuse(request, gettext("保存したファイルを読み出せません。出した人に、もう一度出してもらってください。"))
        return redirect(back)
    return attachment(content, f"sodan-{entry.pk}{_ENDINGS[entry.media_type]}", media_type=entry.media_type)


def _entry(one: queries.OpenedEntry) -> dict[str, Any]:
    entry = one.entry
    return {
        "entry": entry,
        "text": one.text,
        "side": gettext("JCSOS") if entry.side == Side.JCSOS.value else gettext("学校"),
        "means": label_of(VisitMeans(entry.means)) if entry.means else "",
    }
