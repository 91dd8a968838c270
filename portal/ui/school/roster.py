"""The roster: everybody in one table, counts in view, one person edited at a time. Not here: files (importing)."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mofa_requests.actions.plan import NotEditable, require_editable
from portal.dossier.types import Participant as PersonPart
from portal.dossier.types import ParticipantRole, Sex
from portal.kit.names import fold
from portal.ui.findings import findings_of
from portal.ui.labels import label_of, speaks_english
from portal.ui.messages import announce, refuse
from portal.ui.part_forms import part_form
from portal.ui.school.doors import STAFF, TripPage, trip_page
from portal.ui.school.forms import options
from portal.ui.school.standing import look_at
from portal.vault.keyring import TripCipher, cipher_for
from trips.actions import roster as actions
from trips.enums import Section
from trips.queries import Participant, RosterRow, get_participant, guardian_of, removed_of, roster_of
from trips.roster.export import CP932, UTF8, roster_csv, roster_xlsx


class GuardianForm(forms.Form):
    """Whom to call at home; kept sealed, never sent to an authority or the ministry."""

    name = forms.CharField(label=_("保護者氏名"), max_length=80, required=False)
    relation = forms.CharField(label=_("続柄"), max_length=20, required=False)
    phone1 = forms.CharField(label=_("保護者の電話1"), max_length=60, required=False)
    phone2 = forms.CharField(label=_("保護者の電話2"), max_length=60, required=False)


@trip_page(STAFF, purpose="参加者名簿")
def roster(request: HttpRequest, page: TripPage) -> HttpResponseBase:
    """The whole roster; searching posts its words, so that no name stands in a URL."""
    standing = look_at(page)
    rows = roster_of(page.trip, standing.cipher)
    words = fold(request.POST.get("words", "")) if request.method == "POST" else ""
    shown = [row for row in rows if not words or words in fold(f"{row.person.name or ''}{row.person.kana or ''}")]
    context = page.context(
        "workspace",
        rows=[_line(row, standing.dossier.outline.departs_on) for row in shown],
        words=request.POST.get("words", ""),
        total=len(rows),
        counts=_counts(rows),
        removed=list(removed_of(page.trip)[:20]),
        findings=standing.shown(findings_of(standing.report, Section.ROSTER)[:30]),
        section_state=standing.state_of(Section.ROSTER).value,
        stated=standing.dossier.outline.party.total,
        crumbs=_crumbs(page, gettext("参加者名簿"), here=True),
    )
    template = "school/_roster_rows.html" if getattr(request, "htmx", False) else "school/roster.html"
    return render(request, template, context)


@trip_page(STAFF, purpose="参加者を追加する")
def add_person(request: HttpRequest, page: TripPage) -> HttpResponseBase:
    """One more person at the end of the roster."""
    cipher = cipher_for(page.trip.pk)
    blank = PersonPart(key=actions.next_key(page.trip))
    form, guardian = _forms(request, page, blank, {})
    if request.method == "POST" and form.is_valid() and guardian.is_valid():
        try:
            require_editable(page.trip)
        except NotEditable:
            return _closed(request, page, form, guardian)
        row = actions.add_participant(page.trip, form.part, by=page.actor, cipher=cipher)
        _save_guardian(row, guardian, page, cipher)
        announce(request, gettext("参加者を追加しました。"))
        return redirect(page.url("add_person") if "more" in request.POST else page.url("roster"))
    return _person_page(request, page, form, guardian, title=gettext("参加者を追加する"))


@trip_page(STAFF, purpose="参加者の記載を直す")
def edit_person(request: HttpRequest, page: TripPage, person_id: UUID) -> HttpResponseBase:
    """One person's entry; the version tells whether somebody else was faster."""
    cipher = cipher_for(page.trip.pk)
    row = _row(page, person_id)
    part = actions.PARTICIPANTS.read(row, cipher)
    form, guardian = _forms(request, page, part, guardian_of(row, cipher))
    if request.method == "POST" and form.is_valid() and guardian.is_valid():
        try:
            require_editable(page.trip)
            version = request.POST.get("base_version", "")
            base = int(version) if version.isascii() and version.isdigit() else -1
            row = actions.change_participant(row, form.part, base_version=base, by=page.actor, cipher=cipher)
        except NotEditable:
            return _closed(request, page, form, guardian, row=row)
        except actions.StalePerson:
            refuse(
                request,
                gettext("ほかの人が先に保存しました。入力はこの画面に残っています。最新の内容と比べてください。"),
            )
            return _person_page(request, page, form, guardian, title=_title(part), row=row, stored=part, status=409)
        _save_guardian(row, guardian, page, cipher)
        announce(request, gettext("参加者の記載を保存しました。"))
        return redirect(page.url("roster") + f"#row-participants-{part.key}")
    return _person_page(request, page, form, guardian, title=_title(part), row=row)


@trip_page(STAFF, purpose="参加者を名簿から外す")
def remove_person(request: HttpRequest, page: TripPage, person_id: UUID) -> HttpResponseBase:
    """Off the roster, with the way back in the message."""
    row = _row(page, person_id)
    if request.method == "POST":
        try:
            require_editable(page.trip)
            actions.remove_participant(row, by=page.actor)
            undo = page.url("restore_person", person_id=row.pk)
            announce(request, gettext("名簿から外しました。"), undo_url=undo)
        except NotEditable:
            refuse(request, gettext("この計画はいま書き換えられません。"))
        return redirect(page.url("roster"))
    return render(request, "school/remove_person.html", page.context("workspace", row=row))


@trip_page(STAFF, purpose="外した参加者を戻す")
def restore_person(request: HttpRequest, page: TripPage, person_id: UUID) -> HttpResponseBase:
    """Back on the roster."""
    row = removed_of(page.trip).filter(pk=person_id).first()
    if row is None:
        raise Http404
    if request.method == "POST":
        actions.restore_participant(row, by=page.actor)
        announce(request, gettext("名簿に戻しました。"))
    return redirect(page.url("roster"))


@trip_page(STAFF, purpose="名簿をファイルに書き出す", step_up=True)
def export_roster(request: HttpRequest, page: TripPage, kind: str) -> HttpResponseBase:
    """The roster as .xlsx or .csv; what cp932 cannot hold is named before anything is given out."""
    standing = look_at(page)
    people = standing.dossier.participants
    groups = {group.key: group.name or group.key for group in standing.dossier.groups}
    if kind == "xlsx":
        given = roster_xlsx(people, title=page.trip.trip_no, groups=groups, english=speaks_english())
    else:
        encoding = CP932 if kind == "cp932" else UTF8
        given = roster_csv(people, encoding=encoding, groups=groups, english=speaks_english())
    if given.losses and request.GET.get("anyway") != "1":
        return render(request, "school/export_losses.html", page.context("workspace", losses=given.losses))
    response = HttpResponse(given.data, content_type=given.media_type)
    suffix = "xlsx" if kind == "xlsx" else "csv"
    response["Content-Disposition"] = f'attachment; filename="{page.trip.trip_no}-roster.{suffix}"'
    return response


def _row(page: TripPage, person_id: UUID) -> Participant:
    try:
        return get_participant(page.trip, person_id)
    except Participant.DoesNotExist:
        raise Http404 from None


def _forms(request: HttpRequest, page: TripPage, part: PersonPart, guardian: dict[str, str]) -> tuple[Any, Any]:
    groups = options(look_at(page).dossier.groups)
    data = request.POST if request.method == "POST" else None
    form_class = part_form(PersonPart, exclude=("guardian_recorded",), choices={"group": groups})
    form = form_class(data, part=part, prefix="person")
    return form, GuardianForm(data, initial=guardian, prefix="guardian")


def _person_page(
    request: HttpRequest,
    page: TripPage,
    form: Any,
    guardian: Any,
    *,
    title: str,
    row: Participant | None = None,
    stored: PersonPart | None = None,
    status: int | None = None,
) -> HttpResponse:
    errors = bool(form.errors or guardian.errors)
    context = page.context(
        "workspace",
        form=form,
        guardian=guardian,
        heading=title,
        row=row,
        version=row.version if row else 0,
        stored=stored,
        crumbs=_crumbs(page, title),
    )
    return render(request, "school/person.html", context, status=status or (422 if errors else 200))


def _closed(
    request: HttpRequest, page: TripPage, form: Any, guardian: Any, *, row: Participant | None = None
) -> HttpResponse:
    refuse(request, gettext("この計画はいま書き換えられません。入力はこの画面に残っています。"))
    return _person_page(request, page, form, guardian, title=gettext("参加者"), row=row, status=409)


def _save_guardian(row: Participant, guardian: Any, page: TripPage, cipher: TripCipher) -> None:
    if guardian.has_changed():
        actions.save_guardian(row, guardian.cleaned_data, by=page.actor, cipher=cipher)


def _title(part: PersonPart) -> str:
    return part.name or part.key


def _line(row: RosterRow, departs_on: Any) -> dict[str, Any]:
    person = row.person
    return {
        "id": row.id,
        "person": person,
        "role": label_of(person.role),
        "sex": label_of(person.sex) if person.sex else "",
        "age": age_on(person.born_on, departs_on),
    }


def age_on(born_on: Any, day: Any) -> int | None:
    """Full years on a day, birthdays counted on the day itself."""
    if born_on is None or day is None:
        return None
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def _counts(rows: list[RosterRow]) -> list[tuple[str, list[int]]]:
    """Role × sex, with the total in the last column; the last line adds up."""
    cells = Counter((row.person.role, row.person.sex) for row in rows)
    lines = []
    for role in ParticipantRole:
        numbers = [cells[(role, sex)] for sex in (*Sex, None)]
        if sum(numbers):
            lines.append((label_of(role), [*numbers, sum(numbers)]))
    total = [sum(numbers[i] for _, numbers in lines) for i in range(len(Sex) + 2)]
    return [*lines, (gettext("合計"), total)]


def _crumbs(page: TripPage, title: str, *, here: bool = False) -> list[tuple[str, str]]:
    trail = [(gettext("旅行"), reverse("trips:home")), (page.trip.trip_no, page.url("workspace"))]
    return [*trail, (title, "")] if here else [*trail, (gettext("参加者名簿"), page.url("roster")), (title, "")]
