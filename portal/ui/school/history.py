"""Who wrote which field of a section when, in words, and the way back for a row that was taken away.

Not here: keeping it (trips.actions.history), conflicts of the moment (conflicts).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.forms import BoundField
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext

from mofa_requests.actions.plan import NotEditable, save_section
from portal.dossier.types import Part
from portal.kit import clock
from portal.ui.messages import announce, refuse
from portal.ui.school.doors import WRITERS, TripPage, trip_page
from portal.ui.school.filled import FilledBlock, fill
from portal.ui.school.lines import line_of
from portal.ui.school.standing import Standing, look_at
from portal.ui.templatetags.shown import jdate, jdatetime, jtime
from trips.actions.plan import StaleSection
from trips.enums import Section
from trips.queries import Written, change_of, changes_of

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?")
_TIME = re.compile(r"\d{2}:\d{2}:\d{2}")
_SHORT = 120


@dataclass(frozen=True)
class ChangeShown:
    """One line of the history; ``restore_url`` puts a row back that was taken away."""

    label: str
    anchor: str
    before: str
    who: str
    at: dt.datetime
    by_agent: bool
    restore_url: str


def history_of(standing: Standing, section: Section, blocks: Sequence[FilledBlock]) -> list[ChangeShown]:
    """The newest changes of a section in the words of its page."""
    page = standing.page
    fields = {bound.html_name: (block, bound) for block in blocks for form in block.forms for bound in form}
    lists = {block.block.prop: block for block in blocks if block.block.many}
    return [
        _shown(page, section, written, fields, lists)
        for written in changes_of(page.trip, section.value, standing.cipher)
    ]


def _shown(
    page: TripPage,
    section: Section,
    written: Written,
    fields: Mapping[str, tuple[FilledBlock, BoundField]],
    lists: Mapping[str, FilledBlock],
) -> ChangeShown:
    label, anchor, before, restore = gettext("(いまはない欄)"), "", _plain(written.before), ""
    prop, _, key = written.field.partition("-")
    if written.field in fields:
        block, bound = fields[written.field]
        title = f"{block.block.row_title} › " if block.block.many else ""
        label, anchor, before = f"{title}{bound.label}", f"f-{written.field}", _words(bound, written.before)
    elif prop in lists and isinstance(written.before, dict):
        block = lists[prop]
        label = gettext("%(row)sの行を削除") % {"row": block.block.row_title}
        before = line_of(_part(block, written.before), block.names)
        there = {form.row_id for form in block.forms}  # type: ignore[attr-defined]
        if page.editable and key not in there:
            restore = page.url("restore_row", section=section.value, change_id=written.id)
    return ChangeShown(label, anchor, before[:_SHORT], written.who, written.at, written.entered_by == "agent", restore)


def _part(block: FilledBlock, values: Mapping[str, Any]) -> Part:
    part: Part = block.form.form_class.part_class.model_validate(values)  # type: ignore[union-attr, assignment]
    return part


def _words(bound: BoundField, value: Any) -> str:
    """What stood in a field, as its options or the calendar call it."""
    options = {
        str(key): str(label) for key, label in getattr(bound.field, "choices", ()) if not isinstance(label, list)
    }
    if isinstance(value, list):
        return "、".join(options.get(str(one), str(one)) for one in value) or _plain(None)
    return options.get(str(value)) or _plain(value)


def _plain(value: Any) -> str:
    if value is None or value in ("", [], {}):
        return gettext("(空欄)")
    if isinstance(value, bool):
        return gettext("はい") if value else gettext("いいえ")
    if isinstance(value, dict):
        return " ".join(str(part) for part in value.values() if isinstance(part, str))
    text = str(value)
    if _DAY.fullmatch(text):
        return jdate(dt.date.fromisoformat(text))
    if _MOMENT.fullmatch(text):
        return jdatetime(dt.datetime.fromisoformat(text))
    return jtime(dt.time.fromisoformat(text)) if _TIME.fullmatch(text) else text


@trip_page(WRITERS, purpose="削除した行を戻す")
def restore_row(request: HttpRequest, page: TripPage, section: str, change_id: UUID) -> HttpResponseBase:
    """Put a row back that was taken away, at the end of its list."""
    chosen = next((one for one in page.sections if one.value == section and one is not Section.ROSTER), None)
    standing = look_at(page)
    written = change_of(page.trip, section, change_id, standing.cipher) if chosen else None
    if chosen is None or written is None or not isinstance(written.before, dict):
        raise Http404
    if request.method == "POST":
        _restore(request, standing, chosen, written)
    return redirect(page.url("section", section=section))


def _restore(request: HttpRequest, standing: Standing, section: Section, written: Written) -> None:
    page, (prop, _, key) = standing.page, written.field.partition("-")
    block = next(
        block
        for block in fill(section, standing.dossier, None, without_people=page.is_agent)
        if block.block.prop == prop
    )
    rows = getattr(standing.dossier, prop)
    if any(row.key == key for row in rows):
        refuse(request, gettext("この行は、すでに戻してあります。"))
        return
    try:
        save_section(
            page.trip,
            section,
            {prop: (*rows, _part(block, written.before))},
            base_version=standing.version_of(section),
            by=page.actor,
            entered_by=page.entered_by,
            on=clock.today(),
            unparsed=standing.saved[section.value].unparsed,
        )
        announce(request, gettext("削除した行を戻しました。"))
    except StaleSection:
        refuse(request, gettext("ほかの人がいま保存しました。もう一度押してください。"))
    except NotEditable:
        refuse(request, gettext("この計画はいま書き換えられません。"))
