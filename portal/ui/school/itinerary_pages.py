"""What the pages of the itinerary wizard show: figures, each entry before and after, doubts, what the file leaves out.

Not here: the steps themselves (itinerary_importing), reading the file (trips.itinerary).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from portal.dossier.types import Dossier
from portal.kit.choices import LabelledEnum
from portal.ui.labels import choices_of, label_of, speaks_english
from portal.ui.school.import_pages import ColumnShown, ProblemShown
from portal.ui.school.lines import line_of, names_in
from portal.ui.shapes import Tile
from portal.ui.templatetags.shown import jdate, jdatetime, jtime
from trips.itinerary.columns import ItineraryField
from trips.itinerary.merging import Change, Proposal, Standing
from trips.itinerary.preview import ItineraryPreview, explain
from trips.roster.refusals import FileRefused
from trips.roster.table import column_letters
from trips.roster.verdicts import Remark

_MOST = 100


@dataclass(frozen=True)
class EntryShown:
    """One thing the file plans: where it stands in the file, what it is, what it would change."""

    rows: str
    words: str
    standing: str
    tone: str
    changes: list[tuple[str, str, str]]


@dataclass(frozen=True)
class Kind:
    """One list of the plan, with what the file says of it and the stored entries it does not speak of."""

    title: str
    entries: list[EntryShown]
    unspoken: list[str]


def preview_context(preview: ItineraryPreview, plan: Dossier) -> dict[str, Any]:
    """Everything the preview prints."""
    kinds = list(_kinds(preview, plan))
    return {
        "preview": preview,
        "figures": _figures(preview),
        "kinds": kinds,
        "unspoken": sum(len(kind.unspoken) for kind in kinds),
        "writes": sum(each.standing is not Standing.SAME for each in preview.proposals),
        "remarks": [_problem(remark) for remark in preview.remarks[:_MOST]],
        "refused_rows": [_problem(found) for row in preview.refused[:_MOST] for found in row.problems],
        "skipped_rows": preview.skipped[:_MOST],
        "columns": [
            ColumnShown(
                column.letters,
                column.heading,
                column.field.value if column.field else "",
                "、".join(preview.samples.get(column.letters, ())),
                remembered=False,
            )
            for column in preview.columns
        ],
        "fields": field_choices(),
    }


def choosing_context(refused: FileRefused) -> dict[str, Any]:
    """The first rows of a file whose headings are in doubt, for a person to choose from."""
    width = max((len(row.cells) for row in refused.peek), default=0)
    return {
        "peek": [(row.number, [row.cell(index).text[:40] for index in range(width)]) for row in refused.peek],
        "letters": [column_letters(index) for index in range(width)],
        "fields": field_choices(),
        "problem": explanation_text(refused),
    }


def field_choices() -> list[tuple[str, str]]:
    """What a column may be taken for."""
    return [("", gettext("読まない")), *choices_of(ItineraryField)]


def explanation_text(refused: FileRefused) -> str:
    said = explain(refused)
    return said.english if speaks_english() else f"{said.message}{said.mend}"


def _figures(preview: ItineraryPreview) -> list[Tile]:
    """Every row of the file is in exactly one of the last three."""
    rows = gettext("行")
    return [
        Tile(gettext("予定の行"), preview.read, rows),
        Tile(gettext("取り込める行"), len(preview.kept), rows, "ok" if preview.kept else ""),
        Tile(gettext("直しが必要な行"), len(preview.refused), rows, "error" if preview.refused else ""),
        Tile(gettext("予定でない行"), len(preview.skipped), rows),
    ]


def _kinds(preview: ItineraryPreview, plan: Dossier) -> Iterator[Kind]:
    titles = {"legs": gettext("便・移動"), "activities": gettext("訪問・活動"), "stays": gettext("宿泊先")}
    names = names_in(plan)
    for prop, title in titles.items():
        entries = [_shown(each, names) for each in preview.proposals if each.prop == prop]
        yield Kind(title, entries, [line_of(part, names) for part in preview.merged.unspoken[prop]])


def _shown(proposal: Proposal, names: dict[str, str]) -> EntryShown:
    rows = "・".join(map(str, proposal.rows))
    changes = [_change(proposal, change) for change in proposal.changes]
    tone = {Standing.NEW: "ok", Standing.CHANGED: "warn", Standing.SAME: ""}[proposal.standing]
    return EntryShown(rows, line_of(proposal.part, names), label_of(proposal.standing), tone, changes)


def _change(proposal: Proposal, change: Change) -> tuple[str, str, str]:
    info = type(proposal.part).model_fields[change.name]
    extra = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
    title = str(extra.get("x-title-en", change.name)) if speaks_english() else info.title or change.name
    return title, _said(change.before) or gettext("(空欄)"), _said(change.after)


def _said(value: Any) -> str:
    match value:
        case LabelledEnum():
            return label_of(value)
        case dt.datetime():
            return jdatetime(value)
        case dt.date():
            return jdate(value)
        case dt.time():
            return jtime(value)
        case bool():
            return gettext("はい") if value else gettext("いいえ")
        case _:
            return "" if value is None else str(value)


def _problem(remark: Remark) -> ProblemShown:
    reason = remark.english if speaks_english() else f"{remark.message}{remark.mend}"
    return ProblemShown(0, remark.cell, remark.shown, reason)
