"""The check against 別添三: values, the rules' verdict and the officer's own tick side by side; whole plan; roster."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.forms import BoundField
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from mofa_requests import queries
from mofa_requests.actions.persons import names_travel, open_persons
from mofa_requests.actions.review import Stale, save_ticks
from mofa_requests.enums import RequestState
from mofa_requests.models import TickSheet
from portal.dossier.types import Tick
from portal.kit import clock
from portal.kit.machine import Refused
from portal.ui.authority.changes import Changes
from portal.ui.authority.doors import RequestPage, refused, request_page, revision_seen
from portal.ui.authority.forms import TickSheetForm
from portal.ui.authority.items import Item, age_grid, failing_items, items_of, other_findings, role_grid, some_of_each
from portal.ui.authority.plan import host_grid, people_grid, sections_of
from portal.ui.authority.reading import Reading, read
from portal.ui.autosave import base_version
from portal.ui.findings import show_all
from portal.ui.history import happening
from portal.ui.labels import label_of
from portal.ui.messages import announce

OPEN_FOR = dt.timedelta(minutes=20)
"""How long the names stay in view after they were opened; then the page asks again."""


@dataclass(frozen=True)
class TickRow:
    """One item of 別添三 with the officer's fields; ``stored`` is somebody else's tick that was saved meanwhile."""

    item: Item
    result: BoundField | None
    note: BoundField | None
    tick: Tick | None
    stored: str


@request_page(purpose="別添三の照合")
def check(request: HttpRequest, page: RequestPage) -> HttpResponseBase:
    """GET shows the seven items; POST saves the officer's ticks."""
    if request.method == "POST":
        return _save(request, page)
    reading, sheet = read(page), _sheet(page)
    form = _form(page, None, _ticks(sheet), failing_items(reading.report))
    return _show(request, page, reading, sheet, form)


@request_page(purpose="提出された計画の内容")
def plan(request: HttpRequest, page: RequestPage) -> HttpResponseBase:
    """The whole frozen plan, read only; names of travellers have a page of their own."""
    reading = read(page)
    context = page.context(
        "plan",
        gettext("計画の内容"),
        sections=sections_of(page.dossier),
        revision=page.revision,
        rungs=reading.rungs(),
    )
    return render(request, "authority/plan.html", context)


@request_page(purpose="参加者名簿")
def roster(request: HttpRequest, page: RequestPage) -> HttpResponseBase:
    """Figures for everybody; names only where they travel, and only after they were opened on purpose."""
    if request.method == "POST":
        try:
            open_persons(revision_seen(request, page), by=page.actor)
        except Refused as reason:
            refused(request, page, reason)
        return redirect(page.url("roster"))
    since = clock.now() - OPEN_FOR
    named = names_travel(page.revision)
    opened = named and queries.has_opened_persons(page.request, user_id=page.actor.user_id, since=since)
    dossier = page.dossier
    context = page.context(
        "request",
        gettext("参加者名簿"),
        grids=[role_grid(dossier), age_grid(dossier)],
        named=named,
        opened=opened,
        edition=label_of(dossier.edition),
        people=[people_grid(dossier), *([host_grid(dossier)] if dossier.hosts else [])] if opened else [],
        minutes=int(OPEN_FOR.total_seconds() // 60),
        revision=page.revision,
    )
    response = render(request, "authority/roster.html", context)
    response["Cache-Control"] = "no-store"
    return response


@request_page(purpose="経過")
def history(request: HttpRequest, page: RequestPage) -> HttpResponseBase:
    """Everything that happened to the request, and its revisions."""
    context = page.context(
        "history",
        gettext("経過"),
        happenings=[happening(event) for event in queries.history_of(page.request)],
        revisions=list(queries.revisions_of(page.request)),
    )
    return render(request, "authority/history.html", context)


def _save(request: HttpRequest, page: RequestPage) -> HttpResponseBase:
    reading, sheet = read(page), _sheet(page)
    failing = failing_items(reading.report)
    form = TickSheetForm(request.POST, ticks=_ticks(sheet), failing=failing)
    if not form.is_valid():
        return _show(request, page, reading, sheet, form, status=422)
    base = base_version(request)
    try:
        version = save_ticks(
            revision_seen(request, page),
            form.ticks(),
            base_version=-1 if base is None else base,
            by=page.actor,
            failing=failing,
        )
    except Refused as reason:
        page = refused(request, page, reason)
        clash = isinstance(reason, Stale)
        return _show(request, page, read(page), _sheet(page), form, status=409 if clash else 422, clash=clash)
    left = len(form.fields) // 2 - len(form.ticks())
    announce(
        request,
        gettext("照合を保存しました。あと%(left)d項目です。") % {"left": left}
        if left
        else gettext("照合を保存しました(%(version)d回目)。7項目とも記入されています。") % {"version": version},
    )
    return redirect(page.url("request"))


def _sheet(page: RequestPage) -> TickSheet | None:
    return queries.ticksheet_of(page.revision)


def _ticks(sheet: TickSheet | None) -> tuple[Tick, ...]:
    return tuple(Tick.model_validate(tick) for tick in sheet.ticks) if sheet else ()


def _form(page: RequestPage, data: Any, ticks: tuple[Tick, ...], failing: frozenset[str]) -> TickSheetForm | None:
    """The officer's form while the review is under way on this desk; nobody writes ticks otherwise."""
    if not page.forwards or page.request.state != RequestState.IN_REVIEW.value:
        return None
    return TickSheetForm(data, ticks=ticks, failing=failing)


def _show(
    request: HttpRequest,
    page: RequestPage,
    reading: Reading,
    sheet: TickSheet | None,
    form: TickSheetForm | None,
    *,
    status: int = 200,
    clash: bool = False,
) -> HttpResponse:
    report, every = reading.report, "all" in request.GET
    others, changes = other_findings(report), Changes(page)
    some_others = some_of_each(others, every=every)
    context = page.context(
        "request",
        gettext("別添三の照合"),
        reading=reading,
        revision=page.revision,
        form=form,
        rows=_rows(items_of(page.dossier, report, every=every), form, _ticks(sheet), clash=clash),
        ticked=len(_ticks(sheet)),
        sheet=sheet,
        version=sheet.version if sheet else 0,
        clash=clash,
        others=show_all(some_others, url_of=lambda pointer: ""),
        others_found=len(others),
        others_more=len(others) - len(some_others),
        comparison=changes.compare(request.GET.get("since", "")),
        reopening=changes.reopening(),
        rungs=reading.rungs(),
        named=names_travel(page.revision),
    )
    return render(request, "authority/request.html", context, status=status)


def _rows(items: list[Item], form: TickSheetForm | None, ticks: tuple[Tick, ...], *, clash: bool) -> list[TickRow]:
    held = {tick.item: tick for tick in ticks}
    rows = []
    for item in items:
        result, note = form.pair(item.key) if form else (None, None)
        tick = held.get(item.key)
        rows.append(TickRow(item, result, note, tick, _stored(tick) if clash else ""))
    return rows


def _stored(tick: Tick | None) -> str:
    if tick is None:
        return gettext("記入なし")
    return f"{label_of(tick.result)} {tick.note or ''}".strip()
