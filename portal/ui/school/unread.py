"""What was typed but could not be read: kept sealed with the section, put back into its field, told why.

Not here: reading (portal.ui.fields), sealing (trips.actions.plan).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.forms import BoundField, Widget
from django.utils.datastructures import MultiValueDict

from portal.ui.part_forms import PartForm, PartFormSet
from portal.ui.school.filled import FilledBlock

# A browser empties a date box whose value is no date: such text is shown in a plain box instead.
_PICKERS = frozenset({"date", "time", "datetime-local"})


@dataclass(frozen=True)
class Unread:
    """One kept text: its field's label and place on the page, and why it could not be read."""

    label: str
    anchor: str
    text: str
    reason: str


def unreadable(blocks: Iterable[FilledBlock]) -> dict[str, str]:
    """Posted text of every field that could not be read, by its name; of a row that cannot stand yet, of all fields."""
    kept = {}
    for form in (form for block in blocks for form in block.forms if form.is_bound):
        names = form.fields if form.part is None and not getattr(form, "is_deleted", False) else form.errors
        for name in names:
            if name in form.fields and (text := typed_text(form[name])):
                kept[form.add_prefix(name)] = text
    return kept


def typed_text(field: BoundField) -> str:
    """What was posted for a field, as text."""
    raw = field.data
    return "\n".join(map(str, raw)) if isinstance(raw, list | tuple) else str(raw or "")


def show_as_typed(blocks: Iterable[FilledBlock]) -> None:
    """Let fields with errors show exactly what was typed."""
    for form in (form for block in blocks for form in block.forms if form.is_bound):
        for name in form.errors:
            if name in form.fields:
                show_text(form.fields[name].widget)


def put_back(blocks: Iterable[FilledBlock], kept: Mapping[str, str]) -> list[Unread]:
    """Put kept text back into fresh forms, each with its reason; rows that could not stand yet appear again."""
    if not kept:
        return []
    lines = []
    for block in blocks:
        if isinstance(block.form, PartFormSet):
            _revive_rows(block.form, kept)
        for form in block.forms:
            lines += [_put(form, field, kept[field.html_name]) for field in form if field.html_name in kept]
    return lines


def _put(form: PartForm, field: BoundField, text: str) -> Unread:
    reason = _reason(form, field, text)
    form.initial[field.name] = text
    if reason:
        show_text(field.field.widget)
        form.errors[field.name] = form.error_class([reason], renderer=form.renderer)
    return Unread(str(field.label), f"f-{field.html_name}", text, reason)


def _reason(form: PartForm, field: BoundField, text: str) -> str:
    """Why it could not be read: what its form says of this text alone."""
    alone = type(form)(MultiValueDict({field.html_name: [text]}), part=form.given, prefix=form.prefix)
    return " ".join(map(str, alone.errors.get(field.name, ())))


def show_text(widget: Widget) -> None:
    """Let a box show text that is no date."""
    if getattr(widget, "input_type", "") in _PICKERS:
        widget.input_type = "text"  # type: ignore[attr-defined]


def _revive_rows(rows: PartFormSet, kept: Mapping[str, str]) -> None:
    """Rows that were never stored because something they cannot do without was missing."""
    own = [name.removeprefix(f"{rows.prefix}-") for name in kept if name.startswith(f"{rows.prefix}-")]
    present = {form.row_id for form in rows.forms}  # type: ignore[attr-defined]
    for row_id in dict.fromkeys(name.rpartition("-")[0] for name in own):
        if row_id not in present and not rows.is_full:
            rows.forms.append(rows.blank_row(row_id))
