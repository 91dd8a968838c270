"""Frozen values as read-only tables: titles of the dossier, values in words, nothing to write in.

Not here: which values belong to which duty (items), names of travellers (roster).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from pydantic import BaseModel

from portal.directory.countries import country
from portal.kit.choices import LabelledEnum
from portal.ui.labels import label_of, speaks_english, title_of
from portal.ui.shapes import Entry
from portal.ui.templatetags.shown import jdate, jday, jtime, yen

_YEN = frozenset({"cost_per_head", "limit", "deductible", "school_liability"})
_COUNTRIES = frozenset({"country", "nationality", "strong_in"})
Names = Mapping[str, str]
"""Key of a group or traveller → what the page calls it."""


@dataclass(frozen=True)
class Cell:
    """One value; an empty ``text`` is shown as 未入力. ``look`` is a CSS class: ``end`` for figures, ``nowrap``."""

    text: str
    look: str = ""


@dataclass(frozen=True)
class Grid:
    """A table of frozen values with its caption; the first column heads each row."""

    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]

    @property
    def heads(self) -> list[tuple[str, str]]:
        """Each column's title with the look of its values."""
        looks = [
            next((cell.look for cell in column if cell.look == "end"), "") for column in zip(*self.rows, strict=True)
        ]
        return list(zip(self.columns, looks or [""] * len(self.columns), strict=True))


def grid_of(
    caption: str,
    part: type[BaseModel],
    entries: Iterable[BaseModel],
    names: Sequence[str],
    *,
    keys: Names | None = None,
) -> Grid:
    """A table of the properties ``names`` of several entries, titled as everywhere in the product."""
    rows = [[cell(getattr(entry, name), name, keys=keys) for name in names] for entry in entries]
    return Grid(caption, [title_of(part, name) for name in names], rows)


def filled_grid(
    caption: str,
    part: type[BaseModel],
    entries: Sequence[BaseModel],
    *,
    without: Sequence[str] = (),
    keys: Names | None = None,
) -> Grid:
    """A table of every plain property that at least one entry fills in."""
    names = [
        name
        for name in part.model_fields
        if name not in ("key", *without) and any(not _is_blank(getattr(entry, name)) for entry in entries)
    ]
    return grid_of(caption, part, entries, names, keys=keys)


def filled_entries(value: BaseModel, *, keys: Names | None = None, without: Sequence[str] = ()) -> list[Entry]:
    """The plain properties of one part that are filled in."""
    names = [name for name in type(value).model_fields if name not in ("key", *without)]
    return entries_of(value, [name for name in names if not _is_blank(getattr(value, name))], keys=keys)


def entries_of(value: BaseModel, names: Iterable[str], *, keys: Names | None = None) -> list[Entry]:
    """The properties ``names`` of one part, as a description list."""
    return [Entry(title_of(type(value), name), shown(getattr(value, name), name, keys=keys)) for name in names]


def cell(value: Any, name: str = "", *, keys: Names | None = None) -> Cell:
    """One value of a table: figures at the end, dates and telephone numbers in one piece."""
    whole = isinstance(value, dt.date | dt.time) and not isinstance(value, dt.datetime)
    look = "end" if isinstance(value, int) and not isinstance(value, bool) else ""
    return Cell(shown(value, name, keys=keys), look or ("nowrap" if whole or name.endswith("phone") else ""))


def shown(value: Any, name: str = "", *, keys: Names | None = None) -> str:
    """A value in words; ``name`` tells yen, countries and keys from plain figures and texts."""
    if _is_blank(value):
        return ""
    if isinstance(value, tuple):
        return "、".join(shown(each, name, keys=keys) for each in value)
    if isinstance(value, BaseModel):
        return _part_in_words(value)
    if isinstance(value, LabelledEnum):
        return label_of(value)
    if isinstance(value, bool):
        return gettext("はい") if value else gettext("いいえ")
    if isinstance(value, int):
        return yen(value) if name in _YEN else f"{value:,}"
    if isinstance(value, str):
        return _text(value, name, keys or {})
    return _moment(value)


def _text(value: str, name: str, keys: Names) -> str:
    if name in _COUNTRIES:
        found = country(value)
        return found.en if speaks_english() else found.ja
    return keys.get(value, value)


def _moment(value: Any) -> str:
    if isinstance(value, dt.datetime):
        return f"{jday(value)} {jtime(value)}"
    if isinstance(value, dt.date):
        return jdate(value)
    return jtime(value) if isinstance(value, dt.time) else str(value)


def _part_in_words(value: BaseModel) -> str:
    """A part within a part on one line: 「支払限度額(円) 30,000,000円」."""
    said = [
        f"{title_of(type(value), name)} {shown(getattr(value, name), name)}"
        for name in type(value).model_fields
        if not _is_blank(getattr(value, name)) and getattr(value, name) is not False
    ]
    return gettext("、").join(said)


def _is_blank(value: Any) -> bool:
    return value is None or value == "" or value == ()
