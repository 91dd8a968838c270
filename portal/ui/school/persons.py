"""One traveller at a time: added, changed, taken off the roster, put back. Not here: the table (roster)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mofa_requests.actions.plan import NotEditable, require_editable
from portal.dossier.types import Participant as PersonPart
from portal.ui.autosave import Clash, base_version
from portal.ui.messages import announce, refuse
from portal.ui.part_forms import PartForm, part_form
from portal.ui.school.conflicts import closed_panel, differences_in
from portal.ui.school.doors import STAFF, TripPage, trip_page
from portal.ui.school.forms import options
from portal.ui.school.unread import show_text
from portal.vault.keyring import TripCipher, cipher_for
from trips.actions import roster as actions
from trips.queries import Participant, get_participant, groups_of, guardian_of, person_of, removed_of


class GuardianForm(forms.Form):
    """Whom to call at home; kept sealed, never sent to an authority or the ministry."""

    name = forms.CharField(label=_("保護者氏名"), max_length=80, required=False)
    relation = forms.CharField(label=_("続柄"), max_length=20, required=False)
    phone1 = forms.CharField(label=_("保護者の電話1"), max_length=60, required=False)
    phone2 = forms.CharField(label=_("保護者の電話2"), max_length=60, required=False)


@dataclass(frozen=True)
class Sheet:
    """The two forms of one person, and the stored row behind them, if there is one."""

    person: PartForm
    guardian: GuardianForm
    row: Participant | None = None

    @property
    def readable(self) -> bool:
        return self.person.is_valid() and self.guardian.is_valid()

    def differences(self) -> list[Clash]:
        """Every field that says something else than what is stored."""
        return [*differences_in(self.person), *differences_in(self.guardian)]


@trip_page(STAFF, purpose="参加者を追加する")
def add_person(request: HttpRequest, page: TripPage) -> HttpResponseBase:
    """One more person at the end of the roster; pressing twice adds one."""
    cipher = cipher_for(page.trip.pk)
    offered = KeyForm(request.POST)
    key = offered.cleaned_data["key"] if offered.is_valid() else actions.next_key(page.trip)
    sheet = _sheet(request, page, PersonPart(key=key), {}, cipher)
    if request.method != "POST" or not sheet.readable:
        return _show(request, page, sheet, gettext("参加者を追加する"))
    try:
        require_editable(page.trip)
    except NotEditable as refused:
        return _closed(request, page, sheet, refused)
    row = actions.add_participant(page.trip, _part(sheet), by=page.actor, cipher=cipher)
    _keep_guardian(row, sheet, page, cipher)
    announce(request, gettext("参加者を追加しました。"))
    return redirect(page.url("add_person") if "more" in request.POST else f"{page.url('roster')}#{_anchor(row)}")


@trip_page(STAFF, purpose="参加者の記載を直す")
def edit_person(request: HttpRequest, page: TripPage, person_id: UUID) -> HttpResponseBase:
    """One person's entry; the version tells whether somebody else was faster."""
    cipher = cipher_for(page.trip.pk)
    row = _row(page, person_id)
    sheet = _sheet(request, page, person_of(row, cipher), guardian_of(row, cipher), cipher, row=row)
    if request.method != "POST" or not sheet.readable:
        return _show(request, page, sheet, _title(row))
    base = base_version(request)
    try:
        require_editable(page.trip)
        actions.change_participant(
            row, _part(sheet), base_version=-1 if base is None else base, by=page.actor, cipher=cipher
        )
        _keep_guardian(row, sheet, page, cipher)
    except NotEditable as refused:
        return _closed(request, page, sheet, refused)
    except actions.StalePerson:
        if clashes := sheet.differences():
            return _both_texts(request, page, sheet, clashes)
    announce(request, gettext("参加者の記載を保存しました。"))
    return redirect(f"{page.url('roster')}#{_anchor(row)}")


@trip_page(STAFF, purpose="参加者を名簿から外す")
def remove_person(request: HttpRequest, page: TripPage, person_id: UUID) -> HttpResponseBase:
    """Off the roster, with the way back in the message."""
    row = _row(page, person_id)
    if request.method != "POST":
        crumbs = page.crumbs(_title(row), (gettext("参加者名簿"), page.url("roster")))
        return render(request, "school/remove_person.html", page.context("workspace", row=row, crumbs=crumbs))
    try:
        require_editable(page.trip)
        actions.remove_participant(row, by=page.actor)
        announce(request, gettext("名簿から外しました。"), undo_url=page.url("restore_person", person_id=row.pk))
    except NotEditable:
        refuse(request, gettext("この計画はいま書き換えられません。"))
    return redirect(page.url("roster"))


@trip_page(STAFF, purpose="外した参加者を戻す")
def restore_person(request: HttpRequest, page: TripPage, person_id: UUID) -> HttpResponseBase:
    """Back on the roster."""
    row = removed_of(page.trip).filter(pk=person_id).first()
    if row is None:
        raise Http404
    if request.method == "POST":
        try:
            require_editable(page.trip)
            actions.restore_participant(row, by=page.actor)
            announce(request, gettext("名簿に戻しました。"))
        except NotEditable:
            refuse(request, gettext("この計画はいま書き換えられません。"))
    return redirect(f"{page.url('roster')}#{_anchor(row)}")


class KeyForm(forms.Form):
    """The key offered with an empty form, by which the same person sent twice is known."""

    key = forms.RegexField(r"^[A-Za-z0-9_-]{1,24}$")


def _row(page: TripPage, person_id: UUID) -> Participant:
    try:
        return get_participant(page.trip, person_id)
    except Participant.DoesNotExist:
        raise Http404 from None


def _sheet(
    request: HttpRequest,
    page: TripPage,
    part: PersonPart,
    guardian: dict[str, str],
    cipher: TripCipher,
    *,
    row: Participant | None = None,
) -> Sheet:
    groups = groups_of(page.trip, cipher)
    data = request.POST if request.method == "POST" else None
    choices = {"group": options(groups)} if groups or part.group else {}
    form_class = part_form(PersonPart, exclude=("guardian_recorded",), choices=choices)
    form = form_class(data, part=part, prefix="person")
    return Sheet(form, GuardianForm(data, initial=guardian, prefix="guardian"), row)


def _show(
    request: HttpRequest,
    page: TripPage,
    sheet: Sheet,
    title: str,
    *,
    panel: dict[str, Any] | None = None,
    status: int | None = None,
) -> HttpResponse:
    for name in sheet.person.errors:
        show_text(sheet.person.fields[name].widget)
    wrong = bool(sheet.person.errors or sheet.guardian.errors)
    context = page.context(
        "workspace",
        form=sheet.person,
        guardian=sheet.guardian,
        heading=title,
        row=sheet.row,
        key=sheet.person.given.key,  # type: ignore[union-attr]
        version=sheet.row.version if sheet.row else 0,
        panel=panel,
        readonly=not page.editable,
        crumbs=page.crumbs(title, (gettext("参加者名簿"), page.url("roster"))),
    )
    return render(request, "school/person.html", context, status=status or (422 if wrong else 200))


def _both_texts(request: HttpRequest, page: TripPage, sheet: Sheet, clashes: list[Clash]) -> HttpResponse:
    """Somebody was faster; ``sheet`` was read after them, so its version is the one to save over."""
    return _show(request, page, sheet, _title(sheet.row), panel={"clashes": clashes, "plain": True}, status=409)


def _closed(request: HttpRequest, page: TripPage, sheet: Sheet, refused: NotEditable) -> HttpResponse:
    panel = closed_panel(page, refused, sheet.differences())
    return _show(request, page, sheet, _title(sheet.row) or gettext("参加者を追加する"), panel=panel, status=409)


def _part(sheet: Sheet) -> PersonPart:
    assert isinstance(sheet.person.part, PersonPart)
    return sheet.person.part


def _keep_guardian(row: Participant, sheet: Sheet, page: TripPage, cipher: TripCipher) -> None:
    if sheet.guardian.has_changed():
        actions.save_guardian(row, sheet.guardian.cleaned_data, by=page.actor, cipher=cipher)


def _title(row: Participant | None) -> str:
    return (row.name or row.key) if row else ""


def _anchor(row: Participant) -> str:
    return f"row-participants-{row.key}"
