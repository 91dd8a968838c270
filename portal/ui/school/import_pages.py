"""What the pages of the import wizard show: figures, columns with samples, rows ready to print.

Not here: the steps themselves (importing), reading the file (trips.roster).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from portal.dossier.types import Participant, Sex
from portal.ui.labels import choices_of, label_of, speaks_english
from portal.ui.school.roster import seat_of
from portal.ui.shapes import Tile
from portal.ui.templatetags.shown import jdate
from trips.roster.columns import RosterField
from trips.roster.headers import How
from trips.roster.preview import RosterPreview
from trips.roster.refusals import Explanation, FileRefused
from trips.roster.sniff import Container
from trips.roster.table import column_letters
from trips.roster.verdicts import KeptRow, Remark

_KEPT, _REFUSED, _SKIPPED = 20, 100, 50
_CODINGS = {"cp932": "Shift_JIS", "utf-8": "UTF-8", "utf-8-sig": "UTF-8", "euc_jp": "EUC-JP"}


@dataclass(frozen=True)
class ColumnShown:
    """One column of the file: its letters, heading, what it was taken for, and a few of its values."""

    letters: str
    heading: str
    field: str
    samples: str
    remembered: bool


@dataclass(frozen=True)
class ProblemShown:
    row: int
    cell: str
    shown: str
    reason: str


def figures(preview: RosterPreview) -> list[Tile]:
    """Every row of the file is in exactly one of these."""
    rows = gettext("行")
    people = gettext("人")
    return [
        Tile(gettext("読み取った人"), preview.read, people),
        Tile(gettext("取り込める人"), len(preview.kept), people, "ok" if preview.kept else ""),
        Tile(gettext("直しが必要な行"), len(preview.refused), rows, "error" if preview.refused else ""),
        Tile(gettext("人でない行"), len(preview.skipped), rows),
    ]


def preview_context(preview: RosterPreview) -> dict[str, Any]:
    """Everything the preview prints, at most so many rows of each kind."""
    return {
        "preview": preview,
        "figures": figures(preview),
        "detected": _detected(preview),
        "notices": [note.english if speaks_english() else note.message for note in preview.notices],
        "unknown_groups": _unknown_groups(preview),
        "fields": field_choices(),
        "columns": [
            ColumnShown(
                column.letters,
                column.heading,
                column.field.value if column.field else "",
                "、".join(preview.samples.get(column.letters, ())),
                column.how is How.REMEMBERED,
            )
            for column in preview.columns
        ],
        "kept_rows": [_kept(row) for row in preview.kept[:_KEPT]],
        "refused_rows": [_problem(row.row, found) for row in preview.refused[:_REFUSED] for found in row.problems],
        "skipped_rows": preview.skipped[:_SKIPPED],
    }


def choosing_context(refused: FileRefused) -> dict[str, Any]:
    """The first rows of a file whose headings are in doubt, for a person to choose from."""
    width = max((len(row.cells) for row in refused.peek), default=0)
    return {
        "peek": [(row.number, [row.cell(index).text[:40] for index in range(width)]) for row in refused.peek],
        "letters": [column_letters(index) for index in range(width)],
        "fields": field_choices(),
        "problem": explanation_text(refused.explanation),
    }


def field_choices() -> list[tuple[str, str]]:
    """What a column may be taken for."""
    return [("", gettext("読まない")), *choices_of(RosterField)]


def explanation_text(said: Explanation) -> str:
    return said.english if speaks_english() else f"{said.message}{said.mend}"


def _detected(preview: RosterPreview) -> list[tuple[str, str]]:
    """How the file was understood: its form, coding, sheet and heading line."""
    sent = preview.sent
    form = gettext("文字だけのファイル(CSVなど)") if sent.container is Container.TEXT else gettext("表計算のファイル")
    lines = [(gettext("形式"), form)]
    if sent.encoding:
        lines.append((gettext("文字コード"), _CODINGS.get(sent.encoding, sent.encoding)))
    if preview.used_sheets[0]:
        lines.append((gettext("読んだシート"), "、".join(preview.used_sheets)))
    header = preview.headers[preview.used_sheets[0]]
    heading = gettext("%(n)d行目") % {"n": header.first} if header.first else gettext("なし")
    return [*lines, (gettext("見出しの行"), heading)]


def _unknown_groups(preview: RosterPreview) -> list[tuple[str, int]]:
    """Groups the file names and the plan does not know, with the number of people in each."""
    return sorted(Counter(row.group_name for row in preview.kept if row.group_name).items())


def _problem(row: int, remark: Remark) -> ProblemShown:
    reason = remark.english if speaks_english() else f"{remark.message}{remark.mend}"
    return ProblemShown(row, remark.cell, remark.shown, reason)


def _kept(row: KeptRow) -> dict[str, Any]:
    person: Participant = row.participant()
    return {
        "row": row.row,
        "name": person.name or "",
        "kana": person.kana or "",
        "born_on": jdate(person.born_on),
        "sex": label_of(person.sex) if isinstance(person.sex, Sex) else "",
        "seat": seat_of(person),
        "status": _status(row),
        "notes": [*_changes(row), *(_said(warning) for warning in row.warnings)],
    }


def _status(row: KeptRow) -> str:
    if not row.same_as:
        return gettext("追加")
    return gettext("更新") if row.differences else gettext("変わりなし")


def _changes(row: KeptRow) -> Iterable[str]:
    """What was read differently from how it is written, and what differs from the stored entry."""
    for change in (*row.changes, *row.differences):
        yield f"{label_of(change.field)}: {change.before or gettext('(空欄)')} → {change.after}"


def _said(remark: Remark) -> str:
    return remark.english if speaks_english() else f"{remark.message}{remark.mend}"
