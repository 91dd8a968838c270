"""「外務省はなぜこれを求めるのか」: for each field that a notice asks for, the place in the notice and its words.

Not here: what is wrong with a plan (the rules), examples beside the fields (hints).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.forms import BoundField

from portal.lawbook.citation import passages
from portal.ui.part_forms import PartFormSet
from portal.ui.school.filled import FilledBlock


@dataclass(frozen=True)
class Reason:
    """One place of a notice with its words, and the fields of the page that answer it: (label, anchor or nothing)."""

    place: str
    notice: str
    quote: str
    fields: tuple[tuple[str, str], ...]


def reasons_of(blocks: Iterable[FilledBlock]) -> list[Reason]:
    """Every place that the fields of a page cite, in the order of the notices; each field named once."""
    asked: dict[str, dict[str, str]] = {}
    for block in blocks:
        shown = block.forms[:1]
        for field in shown[0] if shown else _blank(block):
            for place in getattr(field.field, "cites", ()):
                asked.setdefault(place, {}).setdefault(str(field.label), f"f-{field.html_name}" if shown else "")
    return [
        Reason(label, passage.notice, passage.quote or "", tuple(asked[label].items()))
        for label, passage in passages().items()
        if label in asked
    ]


def _blank(block: FilledBlock) -> Iterable[BoundField]:
    return block.form.blank_row() if isinstance(block.form, PartFormSet) else ()
