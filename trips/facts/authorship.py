"""Which fields of a section somebody changed, named as the forms name them. Not here: whose hand it was (actions)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from portal.dossier.types import Part


def changed_fields(before: Mapping[str, Any], after: Mapping[str, Any]) -> set[str]:
    """``stays-s1-phone``, ``outline-party_total``: every field of ``after`` that says something else than ``before``.

    Both map properties of the dossier to parts, tuples of parts or plain values. A field that was emptied counts, a
    row that is gone does not.
    """
    old = dict(_flat(before))
    return {name for name, value in _flat(after) if old.get(name) != value}


def field_names(values: Mapping[str, Any]) -> set[str]:
    """Every field there is now, whether filled or not."""
    return {name for name, _ in _flat(values)}


def field_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """Field → its value."""
    return dict(_flat(values))


def rows_gone(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Part]:
    """``stays-s1`` → the row as it was, for every row of ``after``'s lists that is no longer there."""
    return {
        f"{prop}-{row.key}": row
        for prop, rows in before.items()
        if isinstance(rows, tuple) and isinstance(after.get(prop), tuple)
        for row in rows
        if hasattr(row, "key") and row.key not in {getattr(kept, "key", None) for kept in after[prop]}
    }


def filled_count(values: Mapping[str, Any]) -> int:
    """How many fields hold something."""
    return sum(value not in (None, "", (), False) for _, value in _flat(values))


def _flat(values: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for prop, value in values.items():
        if isinstance(value, Part):
            yield from _of_part(value, f"{prop}-")
        elif isinstance(value, tuple) and all(isinstance(row, Part) for row in value):
            for place, row in enumerate(value):
                yield from _of_part(row, f"{prop}-{getattr(row, 'key', place)}-")
        else:
            yield f"{prop}-{prop}", value


def _of_part(part: Part, prefix: str) -> Iterator[tuple[str, Any]]:
    for name in type(part).model_fields:
        value = getattr(part, name)
        if isinstance(value, Part):
            yield from _of_part(value, f"{prefix}{name}_")
        elif name != "key":
            yield f"{prefix}{name}", value
