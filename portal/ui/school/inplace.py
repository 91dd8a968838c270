"""One traveller edited where the row stands, saved as one types; without scripts the same link opens the whole entry.

Not here: guardians, passports, adding and taking off (persons), the table (roster).
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from mofa_requests.actions.plan import NotEditable, require_editable
from portal.dossier.types import Participant as PersonPart
from portal.kit import clock
from portal.ui.part_forms import PartForm, part_form
from portal.ui.school.conflicts import differences_in
from portal.ui.school.doors import STAFF, TripPage, trip_page
from portal.ui.school.forms import options
from portal.ui.school.roster import columns_of, counted, line_of_person, row_words
from portal.ui.school.standing import look_at
from portal.vault.keyring import TripCipher, cipher_for
from trips.actions import roster as actions
from trips.queries import Participant, get_participant, groups_of, person_of

IN_PLACE = ("name", "kana", "role", "sex", "grade", "class_name", "number", "born_on", "group", "room")
_WIDE = 11
"""The most columns the table has."""


@trip_page(STAFF, purpose="名簿の行をその場で直す")
def edit_row(request: HttpRequest, page: TripPage, person_id: UUID) -> HttpResponseBase:
    """GET opens the row's fields (``?shut=1`` closes them), POST saves them and says so; fragments for htmx."""
    row = _row(page, person_id)
    if not getattr(request, "htmx", False):
        return redirect(page.url("edit_person", person_id=person_id))
    cipher = cipher_for(page.trip.pk)
    if request.method == "POST":
        return _save(request, page, row, cipher)
    if "shut" in request.GET or not page.editable:
        return _closed_row(request, page, row)
    return _render(request, "school/_row_edit.html", page, row, form=_form(page, row, cipher), wide=_WIDE)


def _row(page: TripPage, person_id: UUID) -> Participant:
    try:
        return get_participant(page.trip, person_id)
    except Participant.DoesNotExist:
        raise Http404 from None


def _form(page: TripPage, row: Participant, cipher: TripCipher, data: Any = None) -> PartForm:
    """The fields that stand in the table; the group only where there is one to choose."""
    groups, part = groups_of(page.trip, cipher), person_of(row, cipher)
    choices = {"group": options(groups)} if groups or part.group else {}
    shown = [name for name in IN_PLACE if name != "group" or choices]
    return part_form(PersonPart, only=shown, choices=choices)(data, part=part, prefix=f"row-{row.key}")


def _save(request: HttpRequest, page: TripPage, row: Participant, cipher: TripCipher) -> HttpResponse:
    form = _form(page, row, cipher, request.POST)
    form.is_valid()
    assert isinstance(form.part, PersonPart)
    told = request.POST.get(f"row-{row.key}-version", "")
    try:
        require_editable(page.trip)
        base = int(told) if told.isdecimal() else -1
        row = actions.change_participant(row, form.part, base_version=base, by=page.actor, cipher=cipher)
    except NotEditable:
        return _render(request, "school/_row_saved.html", page, row, closed=True)
    except actions.StalePerson:
        row.refresh_from_db()
        clashes = differences_in(_read(page, row, cipher, request.POST))
        if clashes:
            return _render(request, "school/_row_saved.html", page, row, clashes=clashes)
    unread = [field for field in form if field.errors]
    return _render(request, "school/_row_saved.html", page, row, unread=unread, **counted(look_at(page)))


def _read(page: TripPage, row: Participant, cipher: TripCipher, data: Any) -> PartForm:
    form = _form(page, row, cipher, data)
    form.is_valid()
    return form


def _closed_row(request: HttpRequest, page: TripPage, row: Participant) -> HttpResponse:
    standing = look_at(page)
    line = line_of_person(standing.dossier, row.key, row.pk, base=page.url("roster"))
    more = {"line": line, "say": row_words(), **columns_of(standing.dossier)}
    return _render(request, "school/_roster_row.html", page, row, **more)


def _render(request: HttpRequest, template: str, page: TripPage, row: Participant, **more: Any) -> HttpResponse:
    context = {"page": page, "trip": page.trip, "person": row, "at": clock.now(), **more}
    return render(request, template, context)
