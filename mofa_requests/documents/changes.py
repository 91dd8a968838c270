"""変更届: what differs from the revision the ministry has, as a list, and a bar beside every changed row of a sheet.

Not here: finding differences of values (portal.dossier.diff), which revision was forwarded (queries). What the packet
holds back stays held back here: the list says that it changed, never how.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from typing import Any

from mofa_requests.documents.blocks import Column, Grid, grid
from mofa_requests.documents.entries import DirectoryEntries
from mofa_requests.documents.held_back import HELD_BACK
from mofa_requests.documents.roster import roster_form
from mofa_requests.documents.values import BLANK, NONE, Fact, Shown, fact, show
from portal.dossier.diff import Change, diff
from portal.dossier.pointers import SEPARATOR, name_of, split_pointer
from portal.dossier.types import Dossier, Host, Part, Participant
from portal.kit.choices import LabelledEnum
from portal.lawbook.edition import RosterForm

# The authority fills these anew for every letter; they are no change of the plan.
NOT_THE_PLAN = ("request", "revision", "confirmations", "as_of", "demo", "schema_version")
MOST_LETTERS = 300
_ROW = re.compile(r"<tr(?: class=\"([a-z ]+)\")?>.*?</tr>", re.DOTALL)
_RUNNING_NUMBER = re.compile(r'<td class="centre">\d+</td>')


def changes_sheet(before: Dossier, after: Dossier, *, entries: DirectoryEntries) -> dict[str, Any]:
    """The context of changes.html: every difference of the plan with its value before and after."""
    found = plan_changes(before, after)
    return {
        "trip": _trip_facts(before, after),
        "count": f"{len(found):,}か所",
        "changes": _change_grid(found, after=after, entries=entries),
        "is_same": not found,
    }


def plan_changes(before: Dossier, after: Dossier) -> tuple[Change, ...]:
    """Differences of the plan in the order of the dossier; the authority's own part is left out."""
    names = roster_form(after) is RosterForm.NAMED
    every = diff(before, after, show_names=names)
    return tuple(change for change in every if split_pointer(change.pointer)[0] not in NOT_THE_PLAN)


def _trip_facts(before: Dossier, after: Dossier) -> tuple[Fact, ...]:
    return (
        fact(after.school, "name"),
        fact(after.outline, "title"),
        fact(after, "trip_no"),
        Fact("外務省にある版", Shown(f"前の届出の第{before.revision}版") if before.revision else BLANK),
        Fact("この変更届の版", Shown(f"変更届の第{after.revision}版") if after.revision else BLANK),
    )


def _change_grid(found: Iterable[Change], *, after: Dossier, entries: DirectoryEntries) -> Grid:
    columns = (Column("項目", 30), Column("変更", 8), Column("変更前", 31), Column("変更後", 31))
    rows = [
        [
            Shown(change.label.replace(SEPARATOR, " / ")),
            Shown(change.kind.label),
            *(_side(value, change, after=after, entries=entries) for value in (change.old, change.new)),
        ]
        for change in found
    ]
    return grid(columns, rows)


def _side(value: Any, change: Change, *, after: Dossier, entries: DirectoryEntries) -> Shown:
    """One side of a change in words; what the packet does not print is named as such."""
    path = path_of(change.pointer)
    if any(path == held or path.startswith(f"{held}.") for held in HELD_BACK):
        return Shown("学校が保管")
    if value is None or value == ():
        return NONE
    if isinstance(value, Part):
        return Shown(_entry_name(value, after=after))
    if isinstance(value, tuple):
        return Shown("、".join(show(each).text for each in value))
    if path.endswith("country"):
        return show(entries.country(value))
    return _short(show(value) if not isinstance(value, LabelledEnum) else Shown(value.label))


def _short(shown: Shown) -> Shown:
    """The first ``MOST_LETTERS`` of a long text; the whole of it stands on its sheet."""
    return shown if len(shown.text) <= MOST_LETTERS else Shown(f"{shown.text[:MOST_LETTERS]}…(全文は各書類)")


def _entry_name(entry: Part, *, after: Dossier) -> str:
    """An entry added or taken away by its name; a pupil or host family by kind alone where no names leave."""
    if isinstance(entry, Participant) and roster_form(after) is not RosterForm.NAMED:
        return f"{entry.role.label} 1人"
    if isinstance(entry, Host) and roster_form(after) is not RosterForm.NAMED:
        return "受入家庭 1家庭"
    return name_of(entry, show_names=True) or "1件"


def path_of(pointer: str) -> str:
    """``/stays/0/phone`` → ``stays.phone``, as held_back writes it."""
    return ".".join(step for step in split_pointer(pointer) if not step.isdigit())


def mark_changes(before: str, after: str) -> str:
    """``after`` with a bar beside every row that ``before`` does not have at its place; both are HTML of one sheet.

    A running number in the first cell does not count: one person less must not mark all who follow.
    """
    old, new = (_rows(body) for body in (before, after))
    matcher = difflib.SequenceMatcher(a=old, b=new, autojunk=False)
    changed = {
        place
        for kind, _, _, first, end in matcher.get_opcodes()
        if kind in ("replace", "insert")
        for place in range(first, end)
    }
    places = iter(range(len(new)))
    return _ROW.sub(lambda row: _barred(row) if next(places) in changed else row[0], after)


def _rows(body: str) -> list[str]:
    return [_RUNNING_NUMBER.sub("", row[0], count=1) for row in _ROW.finditer(body)]


def _barred(row: re.Match[str]) -> str:
    looks = f"{row[1]} changed" if row[1] else "changed"
    return f'<tr class="{looks}">{row[0].partition(">")[2]}'
