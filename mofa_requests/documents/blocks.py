"""The pieces a sheet is laid from: a table with fixed columns, a card of one contact that no page break may cut.

Not here: how they look (templates/documents/_grid.html, _card.html, packet.css).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence

from mofa_requests.documents.values import BLANK, Fact, Shown, columns


@dataclasses.dataclass(frozen=True)
class Column:
    """A column heading, its width in whole percent of the sheet, and the CSS class of its cells."""

    title: str
    width: int
    look: str = ""


@dataclasses.dataclass(frozen=True)
class Grid:
    """A table whose head is repeated on every page; an empty one has one row that says 未記入."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Shown, ...], ...]

    @property
    def is_short(self) -> bool:
        """Short enough to be moved whole to the next page rather than cut."""
        return len(self.rows) <= SHORT_TABLE

    @property
    def cells(self) -> list[list[tuple[str, Shown]]]:
        """Rows of (class, value) for the template."""
        return [
            [(column.look, shown) for column, shown in zip(self.columns, row, strict=True)]
            for row in self.rows or ((BLANK,) * len(self.columns),)
        ]


@dataclasses.dataclass(frozen=True)
class Card:
    """One contact: who and where on the left, telephones on the right; ``cite`` names the duty it answers."""

    title: str
    facts: tuple[Fact, ...]
    phones: tuple[Fact, ...]
    cite: str = ""
    name: Shown | None = None


SHORT_TABLE = 7
# Half-width columns that fit beside a second fact on one line of a sheet.
SHORT = 26


def paired(facts: Iterable[Fact]) -> tuple[tuple[Fact, ...], ...]:
    """Rows of a sheet: two short facts side by side, a long one alone, nothing out of order."""
    rows: list[tuple[Fact, ...]] = []
    for fact in facts:
        if rows and len(rows[-1]) == 1 and _is_short(rows[-1][0]) and _is_short(fact):
            rows[-1] = (*rows[-1], fact)
        else:
            rows.append((fact,))
    return tuple(rows)


def _is_short(fact: Fact) -> bool:
    lines = f"{fact.shown.text}\n{fact.shown.small}".split("\n")
    return fact.shown.look != "strong" and all(columns(line) <= SHORT for line in lines)


def grid(heads: Sequence[Column], rows: Iterable[Sequence[Shown]]) -> Grid:
    """A grid; every row must have as many cells as there are columns."""
    return Grid(tuple(heads), tuple(tuple(row) for row in rows))
