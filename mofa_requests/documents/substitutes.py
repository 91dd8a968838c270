"""What stands in the place of a character that no face has, where the school agreed on it: in which fields, and how
the paper says so. Not here: finding such characters (glyphs), agreeing on them (mofa_requests.actions.characters).
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from mofa_requests.documents.blocks import Column, Grid, grid
from mofa_requests.documents.values import Shown
from portal.dossier.pointers import identity_of, join_pointer, label_of
from portal.dossier.types import Dossier, Part
from portal.kit.digest import digest_of
from portal.kit.era import era_date

MOST_PLACES = 3
_PRIVATE = 0x10F000  # the first of four thousand code points of the last private plane


@dataclasses.dataclass(frozen=True)
class Substitute:
    """``char`` is one character, or a base and its selector; ``places`` are the fields it was agreed for, named by
    the keys of their rows, so that a row may move; nothing else in the plan is touched.
    """

    char: str
    shown_as: str
    places: tuple[str, ...]
    agreed_on: dt.date

    @property
    def code(self) -> str:
        """U+9089 U+E0111."""
        return code_of(self.char)

    def as_json(self) -> dict[str, Any]:
        """As a frozen revision keeps it."""
        return dataclasses.asdict(self) | {"places": list(self.places), "agreed_on": self.agreed_on.isoformat()}

    @classmethod
    def read(cls, kept: dict[str, Any]) -> Substitute:
        """What ``as_json`` wrote."""
        agreed_on = dt.date.fromisoformat(kept["agreed_on"])
        return cls(kept["char"], kept["shown_as"], tuple(kept["places"]), agreed_on)


@dataclasses.dataclass(frozen=True)
class TypedText:
    """A text somebody typed: its JSON pointer in this dossier, and its place by the keys of rows."""

    pointer: str
    place: str
    text: str


def code_of(char: str) -> str:
    return " ".join(f"U+{ord(each):04X}" for each in char)


def places_of(char: str, dossier: Dossier) -> tuple[TypedText, ...]:
    """Every text that holds ``char``, in the order of the dossier."""
    return tuple(each for each in _walk(dossier, (), ()) if char in each.text)


def put_in(dossier: Dossier, agreed: Sequence[Substitute]) -> Dossier:
    """The dossier as it is printed: each agreed character replaced in the fields it was agreed for."""
    by_place: dict[str, list[Substitute]] = {}
    for each in agreed:
        for place in each.places:
            by_place.setdefault(place, []).append(each)
    return _replaced(dossier, (), by_place) if by_place else dossier


def digest(agreed: Iterable[Substitute]) -> str:
    return digest_of([each.as_json() for each in agreed])


def substitutes_grid(agreed: Sequence[Substitute], *, dossier: Dossier) -> Grid | None:
    """The table that tells a reader which printed characters stand for which; None when there are none."""
    columns = (
        Column("印字した字", 16, "centre"),
        Column("元の字(文字コード)", 24),
        Column("欄", 42),
        Column("決めた日", 18),
    )
    rows = [
        [Shown(each.shown_as, "strong"), Shown(each.code), Shown(_where(each, dossier)), Shown(_day(each.agreed_on))]
        for each in agreed
    ]
    return grid(columns, rows) if rows else None


def printed_among(
    agreed: Sequence[Substitute], dossier: Dossier, *, draw: Callable[[Dossier], Iterable[str]]
) -> tuple[Substitute, ...]:
    """Those that the sheets print, which ``draw`` makes: the others are held back from this reader, who is told
    nothing of them. Each is looked for by a character of its own that nobody can type a meaning into.
    """
    signs = {each: chr(_PRIVATE + number) for number, each in enumerate(agreed)}
    marked = put_in(dossier, [dataclasses.replace(each, shown_as=sign) for each, sign in signs.items()])
    whole = "".join(draw(marked))
    return tuple(each for each, sign in signs.items() if sign in whole)


def _where(each: Substitute, dossier: Dossier) -> str:
    held = [text for text in _walk(dossier, (), ()) if text.place in each.places]
    named = [label_of(text.pointer, dossier=dossier) for text in held[:MOST_PLACES]]
    return "、".join([*named, f"ほか{len(held) - len(named)}か所"] if len(held) > len(named) else named)


def _day(day: dt.date) -> str:
    return era_date(day, weekday=False)


def _walk(value: Any, here: tuple[str | int, ...], place: tuple[str | int, ...]) -> Iterator[TypedText]:
    if isinstance(value, Part):
        for name in type(value).model_fields:
            yield from _walk(getattr(value, name), (*here, name), (*place, name))
    elif isinstance(value, tuple):
        for index, entry in enumerate(value):
            yield from _walk(entry, (*here, index), (*place, _step(entry, index)))
    elif type(value) is str:  # an enum is a str too, and nobody types one
        yield TypedText(join_pointer(here), join_pointer(place), value)


def _replaced(value: Any, place: tuple[str | int, ...], by_place: dict[str, list[Substitute]]) -> Any:
    if isinstance(value, Part):
        return value.model_copy(update=_changed(value, place, by_place))
    if isinstance(value, tuple):
        return tuple(_replaced(entry, (*place, _step(entry, index)), by_place) for index, entry in enumerate(value))
    if type(value) is str:
        for each in by_place.get(join_pointer(place), ()):
            value = value.replace(each.char, each.shown_as)
    return value


def _changed(part: Part, place: tuple[str | int, ...], by_place: dict[str, list[Substitute]]) -> dict[str, Any]:
    had = {name: getattr(part, name) for name in type(part).model_fields}
    now = {name: _replaced(value, (*place, name), by_place) for name, value in had.items()}
    return {name: value for name, value in now.items() if value is not had[name]}


def _step(entry: Any, index: int) -> str | int:
    """The key of a row, or its number where rows have none."""
    identity = identity_of(type(entry)) if isinstance(entry, Part) else None
    return str(getattr(entry, identity)) if identity else index
