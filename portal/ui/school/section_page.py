"""The page of one section, filled from the plan or from what was typed. Not here: saving (saving)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from portal.ui.labels import label_of
from portal.ui.school.days import journey, night_strips
from portal.ui.school.filled import FilledBlock
from portal.ui.school.history import history_of
from portal.ui.school.reasons import reasons_of
from portal.ui.school.standing import Standing
from portal.ui.school.unread import put_back
from trips.enums import Section
from trips.queries import SectionStanding


def show(
    request: HttpRequest,
    standing: Standing,
    section: Section,
    blocks: Sequence[FilledBlock],
    *,
    status: int = 200,
    panel: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """The whole page. ``panel`` is shown above the save bar when the post was not stored."""
    page = standing.page
    saved = standing.saved.get(section.value, SectionStanding(section.value))
    waiting = mark_authors(blocks, saved.by_agent)
    unread = put_back(blocks, saved.unparsed or {}) if request.method != "POST" else []
    context = page.context(
        "workspace",
        section=section,
        section_title=label_of(section),
        blocks=blocks,
        forms=[block.form for block in blocks],
        has_errors=status == 422,
        version=standing.version_of(section),
        saved=saved,
        waiting=waiting,
        unread=unread,
        panel=panel,
        readonly=not page.editable,
        reasons=reasons_of(blocks),
        changes=history_of(standing, section, blocks),
        findings=standing.shown(standing.findings_of(section)),
        section_state=standing.state_of(section).value,
        meter=standing.meter,
        rungs=standing.rungs(),
        save_url=page.url("section", section=section.value),
        neighbours=_neighbours(standing, section),
        crumbs=page.crumbs(label_of(section)),
        **overview(standing, section),
    )
    return render(request, "school/section.html", context, status=status)


def mark_authors(blocks: Sequence[FilledBlock], by_agent: Collection[str]) -> list[tuple[str, str]]:
    """Say beside each field that a travel agent wrote it and no teacher confirmed it; their (label, anchor)."""
    found = []
    for form in (form for block in blocks for form in block.forms):
        for bound in form:
            if bound.html_name in by_agent:
                bound.field.author = gettext("旅行会社の入力")  # type: ignore[attr-defined]
                found.append((str(bound.label), f"f-{bound.html_name}"))
    return found


def overview(standing: Standing, section: Section) -> dict[str, Any]:
    """What stands above the rows of lodging and itinerary: the nights in a row, the journey day by day."""
    if section is Section.LODGING:
        return {"strips": night_strips(standing.dossier, url_of=standing.section_url)}
    if section is Section.ITINERARY:
        found = standing.findings_of(section)
        return {"days": journey(standing.dossier, found, url_of=standing.section_url)}
    return {}


def _neighbours(standing: Standing, section: Section) -> list[tuple[str, str] | None]:
    """(title, URL) of the section before and of the one after."""
    order = standing.page.sections
    place = order.index(section)
    around = (order[place - 1] if place else None, order[place + 1] if place + 1 < len(order) else None)
    return [(label_of(near), standing.section_url(near)) if near else None for near in around]
