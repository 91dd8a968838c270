"""Two people wrote at once: what stands on this page and what is stored, side by side. Not here: saving (saving)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.forms import BoundField, Form
from django.utils.translation import gettext

from mofa_requests.actions.plan import NotEditable
from mofa_requests.enums import RequestState
from portal.ui.autosave import Clash
from portal.ui.labels import label_of
from portal.ui.part_forms import PartForm
from portal.ui.school.doors import TripPage
from portal.ui.school.filled import FilledBlock
from portal.ui.school.lines import line_of
from portal.ui.school.unread import typed_text
from portal.ui.templatetags.shown import jdate, jdatetime


def differences(blocks: Iterable[FilledBlock]) -> list[Clash]:
    """Each field whose typed text is not the stored one, rows that others took away, and rows that others added."""
    found = []
    for block in blocks:
        title = block.block.row_title
        for form in block.forms:
            found += _in_form(form, title, block)
        added = gettext("(この画面にはまだありません。保存しても消えません)")
        found += [Clash(title, added, line_of(part, block.names)) for part in block.unseen()]
    return found


def differences_in(form: Form, heading: str = "") -> list[Clash]:
    """The same for the fields of one form."""
    changed = [form[name] for name in form.fields if name in form.changed_data or name in form.errors]
    prefix = f"{heading} › " if heading else ""
    return [Clash(f"{prefix}{field.label}", _mine(form, field), _words(field, _stored(field))) for field in changed]


def closed_panel(page: TripPage, refused: NotEditable, clashes: Iterable[Clash]) -> dict[str, Any]:
    """What the page shows when the plan may no longer be changed: why, and what was typed and is not stored."""
    state = next((label_of(state) for state in RequestState if state.label == str(refused)), str(refused))
    return {
        "closed_state": state,
        "clashes": list(clashes),
        "timeline_url": "" if page.is_agent else page.url("timeline"),
    }


def _in_form(form: PartForm, title: str, block: FilledBlock) -> list[Clash]:
    if not title:
        return differences_in(form)
    if form.given is None:
        return _taken_away(form, title, block)
    return differences_in(form, " ".join(filter(None, (title, line_of(form.given, block.names)))))


def _taken_away(form: PartForm, title: str, block: FilledBlock) -> list[Clash]:
    """A row of this page that is not stored: somebody took it away, unless it was only just begun here."""
    begun_here = form.row_id.startswith("n")  # type: ignore[attr-defined]
    if begun_here or not form.is_bound or form.part is None or form.is_deleted:  # type: ignore[attr-defined]
        return []
    return [Clash(title, line_of(form.part, block.names), gettext("(削除されています)"))]


def _stored(field: BoundField) -> Any:
    return field.form.get_initial_for_field(field.field, field.name)


def _mine(form: Form, field: BoundField) -> str:
    if field.name in form.errors:
        return typed_text(field)
    return _words(field, form.cleaned_data.get(field.name))


def _words(field: BoundField, value: Any) -> str:
    """A value as the field's own options call it, otherwise as the field shows it."""
    if isinstance(value, bool):
        return gettext("はい") if value else gettext("いいえ")
    if value is None or value == "" or value == ():
        return gettext("(空欄)")
    options = dict(getattr(field.field, "choices", ()))
    if isinstance(value, tuple):
        return "、".join(str(options.get(str(key), key)) for key in value)
    if isinstance(value, dt.datetime):
        return jdatetime(value)
    if isinstance(value, dt.date):
        return jdate(value)
    shown = field.field.prepare_value(value)
    return str(options.get(str(shown), shown))
