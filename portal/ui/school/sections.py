"""The forms of the sections: shown, autosaved, saved plainly; two writers at once get both texts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from mofa_requests.actions.plan import NotEditable, save_section
from portal.dossier.types import Dossier
from portal.kit import clock
from portal.ui import autosave
from portal.ui.autosave import Clash
from portal.ui.findings import findings_of
from portal.ui.labels import label_of
from portal.ui.messages import announce, refuse, warn
from portal.ui.part_forms import PartFormSet
from portal.ui.school.blocks import Block, Built, blocks_of
from portal.ui.school.doors import STAFF, WRITERS, TripPage, trip_page
from portal.ui.school.standing import Standing, look_at
from trips.actions.plan import StaleSection, confirm_section
from trips.enums import Section
from trips.queries import SectionStanding


@dataclass(frozen=True)
class BuiltBlock:
    """A block with its form, as the page shows it."""

    block: Block
    form: Built


@trip_page(WRITERS, purpose="計画の各項目を書く")
def section_page(request: HttpRequest, page: TripPage, section: str) -> HttpResponseBase:
    """One section: GET shows it, POST saves (by htmx as one types, or by the plain button)."""
    chosen = _section(page, section)
    standing = look_at(page)
    if request.method == "POST":
        return _save(request, page, chosen, standing)
    return _show(request, page, chosen, standing, _build(chosen, standing.dossier, None))


@trip_page(WRITERS, purpose="行を追加する")
def new_row(request: HttpRequest, page: TripPage, section: str, prop: str) -> HttpResponseBase:
    """One more empty row of a list, for htmx."""
    chosen = _section(page, section)
    block = next((b for b in blocks_of(chosen) if b.prop == prop and b.many), None)
    if block is None:
        raise Http404
    rows = block.build(look_at(page).dossier, None)
    template = "school/_policy_row.html" if block.template else "ui/_part_row.html"
    return render(request, template, {"form": rows.blank_row(), "row_title": block.row_title})  # type: ignore[union-attr]


@trip_page(STAFF, purpose="旅行会社の入力を学校として確認する")
def confirm(request: HttpRequest, page: TripPage, section: str) -> HttpResponseBase:
    """A teacher makes the agent's entries the school's own."""
    chosen = _section(page, section)
    if request.method == "POST":
        confirm_section(page.trip, chosen, by=page.actor, on=clock.today())
        announce(request, gettext("「%(section)s」を学校として確認しました。") % {"section": label_of(chosen)})
    return redirect(page.url("workspace"))


def _section(page: TripPage, slug: str) -> Section:
    known = {section.value: section for section in page.sections if section is not Section.ROSTER}
    if slug not in known:
        raise Http404
    return known[slug]


def _build(section: Section, dossier: Dossier, data: Any) -> list[BuiltBlock]:
    return [BuiltBlock(block, block.build(dossier, data)) for block in blocks_of(section)]


def _show(
    request: HttpRequest,
    page: TripPage,
    section: Section,
    standing: Standing,
    built: list[BuiltBlock],
    *,
    status: int = 200,
    clash: StaleSection | None = None,
) -> HttpResponse:
    saved = standing.saved.get(section.value, SectionStanding(section.value))
    order = page.sections
    place = order.index(section)
    context = page.context(
        "workspace",
        section=section,
        section_title=label_of(section),
        built=built,
        forms=[entry.form for entry in built],
        version=saved.version,
        saved=saved,
        unparsed=_unparsed_lines(saved, built) if request.method == "GET" else [],
        clash=clash,
        findings=standing.shown(findings_of(standing.report, section)),
        section_state=standing.state_of(section).value,
        save_url=page.url("section", section=section.value),
        next_section=_neighbour(standing, order, place + 1),
        crumbs=[
            (gettext("旅行"), reverse("trips:home")),
            (standing.dossier.outline.title or page.trip.trip_no, page.url("workspace")),
            (label_of(section), ""),
        ],
    )
    return render(request, "school/section.html", context, status=status)


def _neighbour(standing: Standing, order: list[Section], place: int) -> tuple[str, str] | None:
    if place >= len(order):
        return None
    return label_of(order[place]), standing.section_url(order[place])


def _save(request: HttpRequest, page: TripPage, section: Section, standing: Standing) -> HttpResponse:
    built = _build(section, standing.dossier, request.POST)
    sound = [entry.form.is_valid() for entry in built]
    wants_row = any(isinstance(entry.form, PartFormSet) and entry.form.wants_row for entry in built)
    base = autosave.base_version(request)
    by_htmx = bool(getattr(request, "htmx", False))
    try:
        save_section(
            page.trip,
            section,
            {entry.block.prop: entry.block.outcome(entry.form) for entry in built},
            base_version=-1 if base is None else base,
            by=page.actor,
            entered_by=page.entered_by,
            on=clock.today(),
            unparsed=unreadable(built),
        )
    except StaleSection as stale:
        return _clash(request, page, section, standing, built, stale, by_htmx=by_htmx)
    except NotEditable as refused:
        return _closed(request, page, section, standing, built, refused, by_htmx=by_htmx)
    if by_htmx:
        return _saved_fragment(request, page, section, built)
    if wants_row or not all(sound):
        return _show(request, page, section, look_at(page), built, status=200 if all(sound) else 422)
    announce(request, gettext("「%(section)s」を保存しました。") % {"section": label_of(section)})
    return redirect(page.url("workspace"))


def _saved_fragment(request: HttpRequest, page: TripPage, section: Section, built: list[BuiltBlock]) -> HttpResponse:
    after = look_at(page)
    return autosave.saved(
        request,
        version=after.saved[section.value].version,
        forms=[entry.form for entry in built],
        findings=after.shown(findings_of(after.report, section)),
        meter=after.meter,
    )


def _clash(
    request: HttpRequest,
    page: TripPage,
    section: Section,
    standing: Standing,
    built: list[BuiltBlock],
    stale: StaleSection,
    *,
    by_htmx: bool,
) -> HttpResponse:
    clashes = _differences(built, standing.dossier)
    if by_htmx:
        return autosave.conflict(
            request, version=stale.version, who=stale.saved_by, at=stale.saved_at or clock.now(), clashes=clashes
        )
    warn(
        request,
        gettext(
            "%(who)sさんが先に保存しています。あなたの入力はこの画面に残っています。内容を比べてから保存し直してください。"
        )
        % {"who": stale.saved_by},
    )
    return _show(request, page, section, standing, built, status=409, clash=stale)


def _closed(
    request: HttpRequest,
    page: TripPage,
    section: Section,
    standing: Standing,
    built: list[BuiltBlock],
    refused: NotEditable,
    *,
    by_htmx: bool,
) -> HttpResponse:
    text = gettext("この計画はいま「%(state)s」のため書き換えられません。入力はこの画面に残っています。") % {
        "state": str(refused)
    }
    if by_htmx:
        return render(request, "school/_not_saved.html", {"text": text})
    refuse(request, text)
    return _show(request, page, section, standing, built, status=409)


def _differences(built: list[BuiltBlock], dossier: Dossier) -> list[Clash]:
    """Each field whose typed value is not the stored one: both texts, to be read side by side."""
    clashes = []
    for entry in built:
        for form in getattr(entry.form, "forms", [entry.form]):
            stored = form.given
            for field in form:
                theirs = getattr(stored, field.name, None) if stored is not None else None
                mine = form.cleaned_data.get(field.name) if hasattr(form, "cleaned_data") else field.value()
                if stored is not None and hasattr(stored, field.name) and mine != theirs:
                    clashes.append(Clash(str(field.label), _words(mine), _words(theirs)))
    return clashes


def _words(value: Any) -> str:
    if isinstance(value, tuple):
        return "、".join(map(str, value))
    return str(getattr(value, "label", value) if value is not None else "")


def unreadable(built: list[BuiltBlock]) -> dict[str, str]:
    """What was typed into fields that could not be read, by the field's name on the page."""
    kept = {}
    for entry in built:
        for form in getattr(entry.form, "forms", [entry.form]):
            for name in form.errors if form.is_bound else ():
                if name in form.fields:
                    kept[form.add_prefix(name)] = str(form.data.get(form.add_prefix(name), ""))
    return kept


def _unparsed_lines(saved: SectionStanding, built: list[BuiltBlock]) -> list[tuple[str, str, str]]:
    """(label, anchor, text) of what was kept though it could not be read; the text goes back into its field."""
    lines = []
    typed = saved.unparsed or {}
    for entry in built:
        for form in getattr(entry.form, "forms", [entry.form]):
            for field in form:
                if field.html_name in typed:
                    form.initial[field.name] = typed[field.html_name]
                    lines.append((str(field.label), f"f-{field.html_name}", typed[field.html_name]))
    return lines
