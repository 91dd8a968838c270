"""What changed between two dossiers, entry by entry: lists are matched by key, not by place.

Not here: showing it (documents, templates), deciding what must be sent again (mofa_requests).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

from portal.dossier.pointers import SEPARATOR, Property, identity_of, join_pointer, name_of, properties
from portal.dossier.types import Dossier, Part
from portal.kit.choices import LabelledEnum


class ChangeKind(LabelledEnum):
    """What happened to a place of the dossier."""

    ADDED = "added", "追加", "Added"
    REMOVED = "removed", "削除", "Removed"
    CHANGED = "changed", "変更", "Changed"


@dataclass(frozen=True)
class Change:
    """One difference.

    ``pointer`` is a place of the new dossier, for a removal of the old one; ``old`` and ``new`` are values of the
    types (whole entries for added and removed ones, the keys in order where a list was only reordered). ``cls`` is
    the data class of the place: values of P2 and P3 are personal.
    """

    pointer: str
    kind: ChangeKind
    old: Any
    new: Any
    label: str
    label_en: str
    cls: str

    @property
    def personal(self) -> bool:
        """Whether a value here belongs to a person; a whole entry is personal when any property of it is."""
        return self.cls in ("P2", "P3") or _holds_personal(self.old) or _holds_personal(self.new)


@dataclass(frozen=True)
class _Place:
    """Where the walk stands: steps of the pointer and the words of both labels."""

    steps: tuple[str | int, ...] = ()
    words: tuple[str, ...] = ()
    words_en: tuple[str, ...] = ()
    cls: str = "P1"

    def into(self, prop: Property) -> _Place:
        return _Place((*self.steps, prop.name), (*self.words, prop.title), (*self.words_en, prop.english), prop.cls)

    def entry(self, index: int, entry: Part, show_names: bool) -> _Place:
        names = (name_of(entry, lang, show_names=show_names) for lang in ("ja", "en"))
        word, word_en = (name or f"{index + 1}" for name in names)
        return _Place((*self.steps, index), (*self.words, word), (*self.words_en, word_en), self.cls)

    def change(self, kind: ChangeKind, old: Any, new: Any) -> Change:
        return Change(
            join_pointer(self.steps),
            kind,
            old,
            new,
            SEPARATOR.join(self.words),
            SEPARATOR.join(self.words_en),
            self.cls,
        )


class _Nothing(Enum):
    """An entry that is not there, as opposed to an empty value."""

    HERE = "nothing"


def diff(old: Dossier, new: Dossier, *, show_names: bool = False) -> tuple[Change, ...]:
    """Every difference, in the order of the new dossier; empty exactly when the two are equal. Linear in their size.

    A value that was empty (None or an empty list of words) counts as added, one that became empty as removed.
    Labels call persons by their key unless ``show_names``.
    """
    return tuple(_between(old, new, _Place(), show_names))


def _between(old: Part, new: Part, place: _Place, show_names: bool) -> Iterator[Change]:
    for prop in properties(type(new)).values():
        before, after = getattr(old, prop.name), getattr(new, prop.name)
        if before == after:
            continue
        here = place.into(prop)
        if prop.part is None:
            yield _of_values(before, after, here)
        elif prop.many:
            yield from _of_entries(before, after, here, show_names)
        else:
            yield from _between(before, after, here, show_names)


def _of_values(before: Any, after: Any, here: _Place) -> Change:
    if before in (None, ()):
        return here.change(ChangeKind.ADDED, before, after)
    if after in (None, ()):
        return here.change(ChangeKind.REMOVED, before, after)
    return here.change(ChangeKind.CHANGED, before, after)


def _of_entries(before: tuple[Part, ...], after: tuple[Part, ...], here: _Place, show_names: bool) -> Iterator[Change]:
    olds, news = _by_identity(before), _by_identity(after)
    for identity, (index, entry) in olds.items():
        if identity not in news:
            yield here.entry(index, entry, show_names).change(ChangeKind.REMOVED, entry, None)
    for identity, (index, entry) in news.items():
        there = here.entry(index, entry, show_names)
        if identity not in olds:
            yield there.change(ChangeKind.ADDED, None, entry)
        else:
            yield from _between(olds[identity][1], entry, there, show_names)
    yield from _of_order([key for key in olds if key in news], [key for key in news if key in olds], here)


def _of_order(before: list[tuple[Any, int]], after: list[tuple[Any, int]], here: _Place) -> Iterator[Change]:
    """Entries that stayed but stand in another order: one change of the list, with the keys in order."""
    if before != after:
        yield here.change(ChangeKind.CHANGED, tuple(key for key, _ in before), tuple(key for key, _ in after))


def _by_identity(entries: tuple[Part, ...]) -> dict[tuple[Any, int], tuple[int, Part]]:
    """Entries by key and, should a key repeat, by its how-manieth occurrence."""
    found: dict[tuple[Any, int], tuple[int, Part]] = {}
    seen: dict[Any, int] = {}
    for index, entry in enumerate(entries):
        key = getattr(entry, str(identity_of(type(entry))))
        seen[key] = seen.get(key, 0) + 1
        found[key, seen[key]] = (index, entry)
    return found


def _holds_personal(value: Any) -> bool:
    return isinstance(value, Part) and any(prop.sealed for prop in properties(type(value)).values())
