"""The duty-of-care file of a trip: the school's page with names of staff, JCSOS's page with roles alone, and the PDF.

Not here: what the file says (jcsos.rules.duty_file), when it is frozen (jcsos.actions.duty_file).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from jcsos import queries as window
from jcsos.actions import duty_file as acts
from jcsos.documents.duty_file import build_file, who_of
from jcsos.enums import FileStage
from jcsos.models import DutyFile
from jcsos.queries import duty_file as queries
from jcsos.rules.duty_file import Chapter
from mofa_requests.models import MofaRequest
from portal.accounts.access import members
from portal.accounts.acting import actor_at
from portal.kit import clock
from portal.kit.pdf import RenderError
from portal.kit.roles import Role
from portal.ui.files_out import pdf_response
from portal.ui.jcsos.views import READERS
from portal.ui.labels import label_of, speaks_english
from portal.ui.messages import refuse
from portal.ui.school.doors import STAFF, TripPage, trip_page


@trip_page(STAFF, purpose="旅行の安全配慮の記録を見る")
def our_file(request: HttpRequest, page: TripPage) -> HttpResponse:
    """The newest revision; before departure what would stand in it today."""
    held = acts.keep_up(page.trip.pk, by=page.actor)
    document = held[-1].document if held else _today(page.trip.pk)
    names = queries.people_in(document) if document else {}
    context = {
        **page.context("timeline", **_shown(document, names)),
        "file": held[-1] if held else None,
        "files": [(file, label_of(file.stage_kind)) for file in reversed(held)],
        "crumbs": page.crumbs(
            gettext("安全配慮の記録"),
            (gettext("経過・連絡"), page.url("timeline")),
        ),
    }
    return render(request, "jcsos/our_duty_file.html", context)


@trip_page(STAFF, purpose="旅行の安全配慮の記録をPDFにする")
def our_file_pdf(request: HttpRequest, page: TripPage, number: int) -> HttpResponseBase:
    """One frozen revision as a PDF with the names of the staff."""
    file = _file(page.trip.pk, number)
    acts.note_export(file, by=page.actor)
    back = reverse("jcsos:our_duty_file", kwargs={"trip_id": page.trip.pk})
    return _pdf(request, file, names=queries.people_in(file.document), back=back)


@members(READERS, purpose="会員校の安全配慮の記録を、氏名を除いて読む")
def member_file(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """The newest frozen revision of a trip in the window, without any name; the school sees that it was read."""
    found = _in_window(request_id)
    file = queries.files_of(found.trip_id).last()
    if file is not None:
        acts.note_read(file, by=actor_at(request))
    context = {
        **_shown(file.document if file else None, {}),
        "file": file,
        "stage": label_of(file.stage_kind) if file else "",
        "mofa_request": found,
        "crumbs": [
            (gettext("会員校と旅行"), reverse("jcsos:home")),
            (found.title, reverse("jcsos:trip", kwargs={"request_id": found.pk})),
            (gettext("安全配慮の記録"), ""),
        ],
    }
    return render(request, "jcsos/member_duty_file.html", context)


@members((Role.JCSOS_AUDITOR,), purpose="会員校の安全配慮の記録を、氏名を除いてPDFにする")
def member_file_pdf(request: HttpRequest, request_id: UUID, number: int) -> HttpResponseBase:
    """One frozen revision as a PDF without any name."""
    found = _in_window(request_id)
    file = _file(found.trip_id, number)
    acts.note_read(file, by=actor_at(request))
    back = reverse("jcsos:member_duty_file", kwargs={"request_id": found.pk})
    return _pdf(request, file, names={}, back=back)


def _today(trip_id: UUID) -> dict[str, Any] | None:
    """What the file would say now; nothing while nothing was submitted."""
    try:
        return queries.gather(trip_id, stage=FileStage.DEPARTURE, until=clock.now())
    except LookupError:
        return None


def _shown(document: dict[str, Any] | None, names: Mapping[int, str]) -> dict[str, Any]:
    """The chapters with their lines, and the figures on top."""
    if document is None:
        return {"chapters": [], "events": 0, "done": 0, "open": 0}
    language = "english" if speaks_english() else "text"
    lines = [
        {**line, "shown": line[language], "who": who_of(line["by"], names), "day": _day(line["on"])}
        for line in document["lines"]
    ]
    chapters = [(label_of(chapter), [one for one in lines if one["chapter"] == chapter]) for chapter in Chapter]
    return {
        "chapters": [(title, found) for title, found in chapters if found],
        "events": len(document["events"]),
        "done": sum(bool(line["done"]) for line in lines),
        "open": sum(not line["done"] for line in lines),
    }


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _file(trip_id: UUID, number: int) -> DutyFile:
    try:
        return queries.get_file(trip_id, number)
    except DutyFile.DoesNotExist:
        raise Http404 from None


def _in_window(request_id: UUID) -> MofaRequest:
    try:
        return window.trip_in_window(request_id)[0]
    except MofaRequest.DoesNotExist:
        raise Http404 from None


def _pdf(request: HttpRequest, file: DutyFile, *, names: Mapping[int, str], back: str) -> HttpResponseBase:
    try:
        return pdf_response(build_file(file, names=names), f"anzen-hairyo-{file.trip_id}-{file.number}.pdf")
    except RenderError as error:
        refuse(request, gettext(str(error)))
        return redirect(back)
