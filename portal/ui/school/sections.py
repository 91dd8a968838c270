"""The sections of a plan: one page each, one more row, and a teacher's word for what an agent entered.

Not here: filling the page (section_page), saving it (saving), the roster (roster).
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from mofa_requests.actions.plan import NotEditable, require_editable
from portal.kit import clock
from portal.ui.labels import label_of
from portal.ui.messages import announce, refuse
from portal.ui.part_forms import PartFormSet
from portal.ui.school.doors import STAFF, WRITERS, TripPage, trip_page
from portal.ui.school.filled import ShownRow, fill
from portal.ui.school.saving import save
from portal.ui.school.section_page import show
from portal.ui.school.standing import look_at
from trips.actions.plan import confirm_section
from trips.enums import Section


@trip_page(WRITERS, purpose="計画の各項目を書く")
def section_page(request: HttpRequest, page: TripPage, section: str) -> HttpResponseBase:
    """One section: GET shows it, POST saves (by htmx as one types, or by the plain button)."""
    chosen = _section(page, section)
    standing = look_at(page)
    if request.method == "POST":
        return save(request, page, chosen, standing)
    found = standing.findings_of(chosen)
    return show(request, standing, chosen, fill(chosen, standing.dossier, None, found, without_people=page.is_agent))


@trip_page(WRITERS, purpose="行を追加する")
def new_row(request: HttpRequest, page: TripPage, section: str, prop: str) -> HttpResponseBase:
    """One more empty row of a list, for htmx; nothing is stored yet."""
    chosen = _section(page, section)
    block = next(
        (b for b in fill(chosen, look_at(page).dossier, None, without_people=page.is_agent) if b.block.prop == prop),
        None,
    )
    if block is None or not isinstance(block.form, PartFormSet):
        raise Http404
    if not page.editable:
        return HttpResponse(status=409)
    row = ShownRow(block.form.blank_row(), 0, "", open=True, faults=0)
    return render(request, "school/_row.html", {"row": row, "block": block.block})


@trip_page(STAFF, purpose="旅行会社の入力を学校として確認する")
def confirm(request: HttpRequest, page: TripPage, section: str) -> HttpResponseBase:
    """A teacher makes the agent's entries the school's own."""
    chosen = _section(page, section)
    if request.method == "POST":
        try:
            require_editable(page.trip)
            confirm_section(page.trip, chosen, by=page.actor, on=clock.today())
            announce(request, gettext("「%(section)s」を学校として確認しました。") % {"section": label_of(chosen)})
        except NotEditable:
            refuse(request, gettext("この計画はいま書き換えられません。"))
    return redirect(f"{page.url('workspace')}#task-{chosen.value}")


def _section(page: TripPage, slug: str) -> Section:
    known = {section.value: section for section in page.sections if section is not Section.ROSTER}
    if slug not in known:
        raise Http404
    return known[slug]
