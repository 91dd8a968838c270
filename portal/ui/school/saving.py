"""A section's POST: stored and answered, or answered with both texts; nothing typed is ever lost.

Not here: the page itself (sections), what a conflict consists of (conflicts), what cannot be read (unread).
"""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext

from mofa_requests.actions.plan import NotEditable, save_section
from portal.kit import clock
from portal.ui import autosave
from portal.ui.labels import label_of
from portal.ui.messages import announce
from portal.ui.part_forms import PartFormSet
from portal.ui.school.conflicts import closed_panel, differences
from portal.ui.school.doors import TripPage
from portal.ui.school.filled import FilledBlock, fill, row_lines
from portal.ui.school.section_page import overview, show
from portal.ui.school.standing import Standing, look_at
from portal.ui.school.unread import show_as_typed, unreadable
from trips.actions.plan import StaleSection
from trips.enums import Section


def save(request: HttpRequest, page: TripPage, section: Section, standing: Standing) -> HttpResponse:
    """Save what was posted if nobody was faster and the plan may be changed."""
    blocks = fill(section, standing.dossier, request.POST, without_people=page.is_agent)
    # Reading comes first: only a form that has been read knows the part it stands for.
    sound = [block.form.is_valid() for block in blocks]
    values = {block.block.prop: block.value() for block in blocks}
    base = autosave.base_version(request)
    try:
        save_section(
            page.trip,
            section,
            values,
            base_version=-1 if base is None else base,
            by=page.actor,
            entered_by=page.entered_by,
            on=clock.today(),
            unparsed=unreadable(blocks),
        )
    except StaleSection as stale:
        return _both_texts(request, page, section, standing, stale)
    except NotEditable as refused:
        return _closed(request, standing, section, blocks, refused)
    return _saved(request, standing.after_saving(values), section, blocks, sound=all(sound))


def _saved(
    request: HttpRequest, after: Standing, section: Section, blocks: Sequence[FilledBlock], *, sound: bool
) -> HttpResponse:
    if _by_htmx(request):
        return _fragment(request, after, section, blocks)
    stays_open = any(isinstance(block.form, PartFormSet) and block.form.stays_open for block in blocks)
    if stays_open or not sound:
        show_as_typed(blocks)
        return show(request, after, section, blocks, status=200 if sound else 422)
    announce(request, gettext("「%(section)s」を保存しました。") % {"section": label_of(section)})
    return redirect(f"{after.page.url('workspace')}#task-{section.value}")


def _fragment(request: HttpRequest, after: Standing, section: Section, blocks: Sequence[FilledBlock]) -> HttpResponse:
    """The kit's answer, and what else the page shows of the section: state, lines of its rows, overview."""
    answer = autosave.saved(
        request,
        version=after.version_of(section),
        forms=[block.form for block in blocks],
        findings=after.shown(after.findings_of(section)),
        meter=after.meter,
    )
    context = {
        "lines": row_lines(section, after.dossier, after.findings_of(section)),
        "section": section,
        "section_state": after.state_of(section).value,
        "rungs": after.rungs(),
        **overview(after, section),
    }
    answer.write(render_to_string("school/_saved_more.html", context, request))
    return answer


def _both_texts(
    request: HttpRequest, page: TripPage, section: Section, standing: Standing, stale: StaleSection
) -> HttpResponse:
    """Somebody was faster: their text beside this one; the page now carries the version that was compared with."""
    if standing.version_of(section) != stale.version:
        standing = look_at(page)
    blocks = fill(section, standing.dossier, request.POST, without_people=page.is_agent)
    for block in blocks:
        block.form.is_valid()
    version, at, clashes = standing.version_of(section), stale.saved_at or clock.now(), differences(blocks)
    if not clashes:  # the same text sent twice: a double press, or an answer lost on the way
        return _saved(request, standing, section, blocks, sound=True)
    if _by_htmx(request):
        return autosave.conflict(request, version=version, who=stale.saved_by, at=at, clashes=clashes)
    show_as_typed(blocks)
    panel = {"version": version, "who": stale.saved_by, "at": at, "clashes": clashes, "plain": True}
    return show(request, standing, section, blocks, status=409, panel=panel)


def _closed(
    request: HttpRequest,
    standing: Standing,
    section: Section,
    blocks: Sequence[FilledBlock],
    refused: NotEditable,
) -> HttpResponse:
    """The plan was handed in or closed meanwhile: what was typed and is not stored, to be read and copied."""
    panel = closed_panel(standing.page, refused, differences(blocks))
    if not _by_htmx(request):
        show_as_typed(blocks)
        return show(request, standing, section, blocks, status=409, panel=panel)
    answer = render(request, "school/_closed.html", panel, status=409)
    answer["HX-Retarget"], answer["HX-Reswap"] = "#conflict", "innerHTML"
    return answer


def _by_htmx(request: HttpRequest) -> bool:
    return bool(getattr(request, "htmx", False))
