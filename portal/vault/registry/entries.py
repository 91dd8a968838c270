"""What the registry says of each column of each tenant table. Pure: a file and its shape.

Not here: the classes themselves (classes), comparing with the models (tests), the page (page).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from portal.vault.registry.classes import TREATMENTS, DataClass, Treatment

_FIELDS = Path(__file__).with_name("fields.yaml")


@dataclass(frozen=True)
class Table:
    """One tenant table: what it is kept for, and the class of each column by its field's name."""

    label: str
    purpose: str
    fields: Mapping[str, DataClass]

    def treatment(self, field: str) -> Treatment:
        """How a column is kept, seen and erased. Raises ``KeyError`` for a column nobody declared."""
        return TREATMENTS[(dict(everywhere()) | dict(self.fields))[field]]

    def of_class(self, cls: DataClass) -> list[str]:
        """The columns of one class, in the order of the file."""
        return [name for name, found in self.fields.items() if found is cls]


@cache
def tables() -> tuple[Table, ...]:
    """Every declared table, in the order of the file. Raises ``ValueError`` where a column has two classes."""
    return tuple(_table(label, entry) for label, entry in _document()["tables"].items())


@cache
def everywhere() -> Mapping[str, DataClass]:
    """Columns that many tables share: ids and the organisations a row belongs to."""
    return dict(_classes("everywhere", _document()["everywhere"]))


def table_of(label: str) -> Table:
    """The entry of one model label. Raises ``LookupError`` when the table is not declared."""
    for table in tables():
        if table.label == label:
            return table
    raise LookupError(label)


def _table(label: str, entry: Mapping[str, Any]) -> Table:
    found: dict[str, DataClass] = {}
    for name, cls in _classes(label, {key: names for key, names in entry.items() if key != "purpose"}):
        if name in found:
            raise ValueError(f"{label}.{name} has two classes, {found[name]} and {cls}")
        found[name] = cls
    return Table(label, entry["purpose"], found)


def _classes(label: str, entry: Mapping[str, list[str]]) -> Iterator[tuple[str, DataClass]]:
    for cls, names in entry.items():
        for name in names:
            yield str(name), DataClass(cls)


@cache
def _document() -> Any:
    return yaml.safe_load(_FIELDS.read_text(encoding="utf-8"))
