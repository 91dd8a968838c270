"""Seminars as a member school sees them: registering its staff, tickets, materials, certificates, record of training.

Not here: the desk (seminars).
"""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from jcsos.actions import seats
from jcsos.enums import AttendeeState, SeminarState
from jcsos.models import Seminar
from jcsos.queries import seminars as queries
from jcsos.queries.window import membership_of
from portal.accounts.access import members
from portal.accounts.acting import actor_at, actor_of
from portal.kit import clock
from portal.kit.machine import Refused
from portal.kit.roles import Role
from portal.ui.jcsos.seminar_files import attendee, give_certificate, give_material, ticket_code
from portal.ui.jcsos.seminar_forms import SeatForm
from portal.ui.jcsos.seminar_shown import facts_of, row_of, seat_of
from portal.ui.messages import announce, refuse, warn
from portal.ui.typed import sentence_of

STAFF = (Role.SCHOOL_DRAFTER, Role.SCHOOL_PRINCIPAL)
_PAGE = 20


@members(STAFF, purpose="JCSOSのセミナーと自校の研修の記録")
def our_seminars(request: HttpRequest) -> HttpResponse:
    """What is announced, and what the school's staff attended so far."""
    acting = request.membership  # type: ignore[attr-defined]
    page = Paginator(queries.seminars(), _PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [row_of(one) for one in page],
        "training": queries.training_of(acting.org_id),
        "crumbs": [(gettext("JCSOS"), reverse("jcsos:ours")), (gettext("セミナー"), "")],
    }
    return render(request, "jcsos/our_seminars.html", context)


@members(STAFF, purpose="JCSOSの一つのセミナー")
def our_seminar(request: HttpRequest, seminar_id: UUID) -> HttpResponse:
    """The announcement and the school's own registrations."""
    return _show(request, _found(seminar_id))


@members(STAFF, purpose="教職員をセミナーに申し込む")
@require_POST
def register(request: HttpRequest, seminar_id: UUID) -> HttpResponseBase:
    """One member of staff."""
    acting = request.membership  # type: ignore[attr-defined]
    found = _found(seminar_id)
    form = SeatForm(request.POST)
    if form.is_valid():
        try:
            row = seats.register(found, acting.org_id, by=actor_of(acting), **form.cleaned_data)
        except Refused as reason:
            form.add_error(None, sentence_of(reason))
        else:
            _say(request, row.state_kind)
            return redirect("jcsos:our_seminar", seminar_id=found.pk)
    return _show(request, found, form)


@members(STAFF, purpose="セミナーの申込みを取り消す")
@require_POST
def cancel_seat(request: HttpRequest, seminar_id: UUID, attendee_id: UUID) -> HttpResponseBase:
    """Take a registration back."""
    found = _found(seminar_id)
    try:
        seats.cancel_seat(attendee(found, attendee_id), by=actor_at(request))
        announce(request, gettext("申込みを取り消しました。"))
    except Refused as reason:
        refuse(request, sentence_of(reason))
    return redirect("jcsos:our_seminar", seminar_id=found.pk)


@members(STAFF, purpose="セミナーの受講票")
def our_ticket(request: HttpRequest, seminar_id: UUID, attendee_id: UUID) -> HttpResponse:
    """The ticket with its QR code, to be shown on a phone or printed."""
    found = _found(seminar_id)
    row = attendee(found, attendee_id)
    crumbs = [
        (gettext("セミナー"), reverse("jcsos:our_seminars")),
        (found.title, reverse("jcsos:our_seminar", kwargs={"seminar_id": found.pk})),
        (gettext("受講票"), ""),
    ]
    context = {"seminar": found, "facts": facts_of(found), "one": seat_of(row), "crumbs": crumbs}
    return render(request, "jcsos/our_ticket.html", context)


@members(STAFF, purpose="受講票のQRコード")
def our_ticket_code(request: HttpRequest, seminar_id: UUID, attendee_id: UUID) -> HttpResponse:
    """The code as a picture; a registration that was cancelled has none."""
    row = attendee(_found(seminar_id), attendee_id)
    if row.state_kind is AttendeeState.CANCELLED:
        raise Http404
    return ticket_code(row)


@members(STAFF, purpose="セミナーの資料を受け取る")
def our_material(request: HttpRequest, seminar_id: UUID, material_id: UUID) -> HttpResponseBase:
    """A file for those who have a place."""
    return give_material(request, _found(seminar_id), material_id, back="jcsos:our_seminar")


@members(STAFF, purpose="修了証を受け取る")
def our_certificate(request: HttpRequest, seminar_id: UUID, attendee_id: UUID) -> HttpResponseBase:
    """The certificate of one of the school's own staff."""
    return give_certificate(request, _found(seminar_id), attendee_id, back="jcsos:our_seminar")


def _found(seminar_id: UUID) -> Seminar:
    try:
        return queries.get_seminar(seminar_id)
    except Seminar.DoesNotExist:
        raise Http404 from None


def _say(request: HttpRequest, state: AttendeeState) -> None:
    if state is AttendeeState.PLACED:
        announce(request, gettext("申し込みました。席があります。"))
    else:
        warn(request, gettext("満席のため、キャンセル待ちに入りました。席が空くとメールで知らせます。"))


def _show(request: HttpRequest, found: Seminar, form: SeatForm | None = None) -> HttpResponse:
    acting = request.membership  # type: ignore[attr-defined]
    is_member = membership_of(acting.org_id) is not None
    takes = found.state_kind is SeminarState.OPEN and clock.today() <= found.apply_until and is_member
    context = {
        "seminar": found,
        "row": row_of(found),
        "facts": facts_of(found),
        "seats": [seat_of(row) for row in queries.attendees_of(found).filter(school_id=acting.org_id)],
        "form": form or (SeatForm() if takes else None),
        "may_cancel": found.state_kind is SeminarState.OPEN,
        "materials": list(queries.materials_of(found)),
        "crumbs": [(gettext("セミナー"), reverse("jcsos:our_seminars")), (found.title, "")],
    }
    return render(request, "jcsos/our_seminar.html", context, status=422 if form else 200)
