"""URLs for the browser tests of the kit: the product's own, and one autosaving section kept in memory.

The section saves with the kit's own answers; ``SECTION`` is what an app's rows would be.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template import engines
from django.urls import path

from portal.accounts.access import public
from portal.accounts.answers import Why, hold
from portal.config.urls import urlpatterns as product_urls
from portal.dossier.types import Outline, Stay
from portal.ui.autosave import Clash, Meter, base_version, conflict, saved
from portal.ui.part_forms import part_form, part_formset
from portal.ui.shapes import ShownFinding

PAGE = Path(__file__).with_name("section.html")
OutlineForm = part_form(Outline, only=("title", "departs_on", "cost_per_head", "purpose"))
StayRows = part_formset(Stay, only=("name", "phone"))


@dataclass
class Section:
    """One saved section: its parts, its version, and whether the person's session still lives."""

    outline: Outline = field(default_factory=Outline)
    stays: tuple[Stay, ...] = (Stay(key="s1", name="見本大飯店"),)
    version: int = 1
    session_lives: bool = True


SECTION = Section()


@public("見本の項目")
def section(request: HttpRequest) -> HttpResponse:
    form = OutlineForm(request.POST or None, part=SECTION.outline)
    rows = StayRows(request.POST or None, parts=SECTION.stays, prefix="stays")
    if request.method == "POST" and not SECTION.session_lives:
        return hold(request, why=Why.SIGNED_OUT, door="/accounts/login/")
    if rows.wants_row:
        return _answer_new_row(request, form, rows)
    if request.method == "POST":
        return _save(request, form, rows)
    return _page(request, form, rows)


def _answer_new_row(request: HttpRequest, form: OutlineForm, rows: StayRows) -> HttpResponse:
    if request.htmx:
        return render(request, "ui/_part_row.html", {"form": rows.forms[-1], "row_title": "宿泊先"})
    return _page(request, form, rows)


def _save(request: HttpRequest, form: OutlineForm, rows: StayRows) -> HttpResponse:
    if base_version(request) != SECTION.version:
        clash = Clash("旅行名", form.data.get("title"), SECTION.outline.title)
        at = dt.datetime(2026, 11, 20, 5, 0, tzinfo=dt.UTC)
        return conflict(request, version=SECTION.version, who="髙橋 美保", at=at, clashes=[clash])
    readable = form.is_valid() & rows.is_valid()
    SECTION.outline, SECTION.stays, SECTION.version = form.part, rows.parts, SECTION.version + 1
    if "done" in request.POST:
        return redirect("/section/") if readable else _page(request, form, rows)
    finding = ShownFinding("OU01", "旅行名", "旅行名がありません。", "unknown", url="#f-title")
    findings = [] if SECTION.outline.title else [finding]
    return saved(request, version=SECTION.version, forms=[form, rows], findings=findings, meter=Meter(1, 2))


def _page(request: HttpRequest, form: OutlineForm, rows: StayRows) -> HttpResponse:
    page = engines["django"].from_string(PAGE.read_text(encoding="utf-8"))
    return HttpResponse(page.render({"form": form, "rows": rows, "version": SECTION.version}, request))


urlpatterns = [path("section/", section), *product_urls]
