"""Seminars on JCSOS's desk: announcing, places and waiting list, attendance by list or ticket, materials, certificates.

Not here: what a member school sees (our_seminars).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from jcsos.actions import seats
from jcsos.actions import seminars as acts
from jcsos.enums import AttendeeState, Presence, SeminarState, Side
from jcsos.machine import SEMINAR
from jcsos.models import Seminar, SeminarAttendee
from jcsos.queries import seminars as queries
from portal.accounts.access import members
from portal.accounts.acting import actor_at, actor_of
from portal.audit.record import Actor
from portal.kit import clock
from portal.kit.machine import Refused
from portal.kit.roles import Audience, Role
from portal.ui.jcsos.seminar_files import give_certificate, give_material
from portal.ui.jcsos.seminar_forms import CallOffForm, MaterialForm, SeminarForm
from portal.ui.jcsos.seminar_shown import facts_of, row_of, seat_of
from portal.ui.messages import announce, refuse
from portal.ui.performing import perform
from portal.ui.shapes import Tile
from portal.ui.typed import sentence_of

EVERY_DESK = Role.of(Audience.JCSOS)
HANDS = (Role.JCSOS_NEWS, Role.JCSOS_MEMBERS)
_PAGE = 20


@members(EVERY_DESK, purpose="セミナーの一覧")
def seminars(request: HttpRequest) -> HttpResponse:
    """Every seminar, the latest first."""
    page = Paginator(queries.seminars(), _PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": [row_of(one) for one in page], "may_write": _is_hand(request)}
    return render(request, "jcsos/seminars.html", context)


@members(HANDS, purpose="セミナーの案内を書く")
def new_seminar(request: HttpRequest) -> HttpResponse:
    """A seminar to be prepared."""
    acting = request.membership  # type: ignore[attr-defined]
    form = SeminarForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = acts.write_seminar(acting.org_id, form.said, by=actor_of(acting))
            announce(request, gettext("案内を保存しました。受け付けを始めると、会員校に知らせます。"))
            return redirect("jcsos:seminar", seminar_id=made.pk)
        except Refused as reason:
            form.add_error(None, sentence_of(reason))
    return _form(request, form, gettext("セミナーの案内を書く"))


@members(HANDS, purpose="セミナーの案内を書き直す")
def edit_seminar(request: HttpRequest, seminar_id: UUID) -> HttpResponse:
    """An announcement changed."""
    found = _found(seminar_id)
    form = SeminarForm(request.POST) if request.method == "POST" else SeminarForm.of(found)
    by = actor_at(request)

    def rewrite(given: SeminarForm) -> None:
        acts.rewrite_seminar(found, given.said, by=by)

    if request.method == "POST" and perform(request, form, rewrite, gettext("案内を保存しました。")):
        return redirect("jcsos:seminar", seminar_id=found.pk)
    return _form(request, form, gettext("セミナーの案内を書き直す"), back=found)


@members(EVERY_DESK, purpose="一つのセミナーの申込みと出席")
def seminar(request: HttpRequest, seminar_id: UUID) -> HttpResponse:
    """The announcement, who comes, who waits, the attendance list and the materials."""
    return _show(request, _found(seminar_id))


@members(HANDS, purpose="セミナーの受け付け・終了・中止")
@require_POST
def seminar_act(request: HttpRequest, seminar_id: UUID, act: str) -> HttpResponseBase:
    """One step of the machine, by its name."""
    found = _found(seminar_id)
    if act not in _ACTS:
        raise Http404
    make, do, said = _ACTS[act]
    form, by = make(request.POST), actor_at(request)
    if perform(request, form, lambda given: do(found, given, by), said()):
        return redirect("jcsos:seminar", seminar_id=found.pk)
    return _show(request, _found(seminar_id), bound={act: form})


@members(HANDS, purpose="出席表に記録し、申込みを取り消す")
@require_POST
def seat_act(request: HttpRequest, seminar_id: UUID, attendee_id: UUID, act: str) -> HttpResponseBase:
    """One person of the list: came, came not after all, or is taken off."""
    found = _found(seminar_id)
    row = queries.attendees_of(found).filter(pk=attendee_id).first()
    if row is None or act not in _SEAT_ACTS:
        raise Http404
    do, said = _SEAT_ACTS[act]
    try:
        do(row, actor_at(request))
        announce(request, said())
    except Refused as reason:
        refuse(request, sentence_of(reason))
    return redirect(f"{reverse('jcsos:seminar', kwargs={'seminar_id': found.pk})}#seats")


@members(HANDS, purpose="受講票のQRコードで出席を記録する")
def ticket(request: HttpRequest, ticket: str) -> HttpResponseBase:
    """A ticket held before a phone: who it is, and the one button that records the attendance."""
    row = queries.attendee_of_ticket(ticket)
    if row is None:
        raise Http404
    if request.method == "POST":
        try:
            seats.attend(row, presence=Presence.TICKET, by=actor_at(request))
            announce(request, gettext("出席を記録しました。"))
        except Refused as reason:
            refuse(request, sentence_of(reason))
        return redirect("jcsos:ticket", ticket=ticket)
    crumbs = [
        (gettext("セミナー"), reverse("jcsos:seminars")),
        (row.seminar.title, reverse("jcsos:seminar", kwargs={"seminar_id": row.seminar_id})),
        (gettext("受講票"), ""),
    ]
    context = {"one": seat_of(row), "seminar": row.seminar, "crumbs": crumbs}
    return render(request, "jcsos/ticket_check.html", context)


@members(HANDS, purpose="セミナーの資料を載せる")
@require_POST
def add_material(request: HttpRequest, seminar_id: UUID) -> HttpResponseBase:
    """A file for those who have a place."""
    found = _found(seminar_id)
    form = MaterialForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            acts.give_material(found, form.upload, by=actor_at(request))
            announce(request, gettext("資料を載せました。"))
            return redirect(f"{reverse('jcsos:seminar', kwargs={'seminar_id': found.pk})}#materials")
        except Refused as reason:
            form.add_error("file", sentence_of(reason))
    return _show(request, found, bound={"material": form})


@members(HANDS, purpose="セミナーの資料を外す")
@require_POST
def remove_material(request: HttpRequest, seminar_id: UUID, material_id: UUID) -> HttpResponseBase:
    """Take a file away."""
    found = _found(seminar_id)
    row = queries.materials_of(found).filter(pk=material_id).first()
    if row is None:
        raise Http404
    acts.remove_material(row, by=actor_at(request))
    announce(request, gettext("資料を外しました。"))
    return redirect(f"{reverse('jcsos:seminar', kwargs={'seminar_id': found.pk})}#materials")


@members(EVERY_DESK, purpose="セミナーの資料を開く")
def material(request: HttpRequest, seminar_id: UUID, material_id: UUID) -> HttpResponseBase:
    """A file as the members get it."""
    return give_material(request, _found(seminar_id), material_id, back="jcsos:seminar")


@members(HANDS, purpose="修了証を開く")
def certificate(request: HttpRequest, seminar_id: UUID, attendee_id: UUID) -> HttpResponseBase:
    """The certificate of one person, as the school gets it."""
    return give_certificate(request, _found(seminar_id), attendee_id, back="jcsos:seminar")


_ACTS: dict[str, tuple[Callable[[Any], Any], Callable[[Seminar, Any, Actor], Any], Callable[[], str]]] = {
    "open": (
        forms.Form,
        lambda found, form, by: acts.open_seminar(found, by=by),
        lambda: gettext("申込みの受け付けを始め、会員校にメールで知らせました。"),
    ),
    "end": (
        forms.Form,
        lambda found, form, by: acts.end_seminar(found, by=by),
        lambda: gettext("開催を終えました。出席した人の修了証を、学校が開けます。"),
    ),
    "cancel": (
        CallOffForm,
        lambda found, form, by: acts.cancel_seminar(found, reason=form.cleaned_data["reason"], by=by),
        lambda: gettext("中止し、申し込んだ学校に知らせました。"),
    ),
}
_SEAT_ACTS: dict[str, tuple[Callable[[SeminarAttendee, Actor], Any], Callable[[], str]]] = {
    "attend": (
        lambda row, by: seats.attend(row, presence=Presence.LIST, by=by),
        lambda: gettext("出席を記録しました。"),
    ),
    "absent": (
        lambda row, by: seats.take_attendance_back(row, by=by),
        lambda: gettext("出席の記録を取り消しました。"),
    ),
    "cancel": (
        lambda row, by: seats.cancel_seat(row, by=by),
        lambda: gettext("申込みを取り消し、学校に知らせました。"),
    ),
}
"""Name in the URL → what is done, and what is said then."""


def _found(seminar_id: UUID) -> Seminar:
    try:
        return queries.get_seminar(seminar_id)
    except Seminar.DoesNotExist:
        raise Http404 from None


def _is_hand(request: HttpRequest) -> bool:
    return request.membership.role_kind in HANDS  # type: ignore[attr-defined]


def _form(request: HttpRequest, form: SeminarForm, title: str, *, back: Seminar | None = None) -> HttpResponse:
    parents = [(gettext("セミナー"), reverse("jcsos:seminars"))]
    if back is not None:
        parents.append((back.title, reverse("jcsos:seminar", kwargs={"seminar_id": back.pk})))
    context = {"form": form, "heading": title, "crumbs": [*parents, (title, "")]}
    return render(request, "jcsos/edit_seminar.html", context, status=422 if form.errors else 200)


def _show(request: HttpRequest, found: Seminar, *, bound: dict[str, Any] | None = None) -> HttpResponse:
    bound, hand = bound or {}, _is_hand(request)
    role: Role = request.membership.role_kind  # type: ignore[attr-defined]
    steps = {step.name for step in SEMINAR.allowed(found.state_kind, seat=Side.JCSOS.value, role=role.value)}
    rows = [seat_of(row) for row in queries.attendees_of(found)]
    day = found.starts_at.astimezone(clock.TOKYO).date()
    context = {
        "seminar": found,
        "row": row_of(found),
        "facts": facts_of(found),
        "steps": steps,
        "forms": {name: bound.get(name) or make(None) for name, (make, _, _) in _ACTS.items() if name in steps},
        "material_form": bound.get("material") or (MaterialForm() if hand and steps | {"ended"} else None),
        "may_edit": hand and found.state_kind in (SeminarState.DRAFT, SeminarState.OPEN),
        "may_list": hand and found.state_kind is SeminarState.OPEN and day <= clock.today(),
        "may_cancel": hand and found.state_kind is SeminarState.OPEN,
        "hand": hand,
        "seats": rows,
        "materials": list(queries.materials_of(found)),
        "tiles": _tiles(found, [one.row for one in rows]),
        "bound": list(bound.values()),
        "crumbs": [(gettext("セミナー"), reverse("jcsos:seminars")), (found.title, "")],
    }
    return render(request, "jcsos/seminar.html", context, status=422 if bound else 200)


def _tiles(found: Seminar, rows: list[SeminarAttendee]) -> list[Tile]:
    people = gettext("人")

    def of(*states: AttendeeState) -> int:
        return sum(row.state_kind in states for row in rows)

    return [
        Tile(gettext("席"), found.places, people),
        Tile(gettext("申込み"), of(AttendeeState.PLACED, AttendeeState.ATTENDED), people),
        Tile(gettext("キャンセル待ち"), of(AttendeeState.WAITING), people),
        Tile(gettext("出席"), of(AttendeeState.ATTENDED), people),
    ]
