"""Draw ``docs/fields.md``: every column of every tenant table with its class, and what each class means."""

from __future__ import annotations

from collections.abc import Iterator

from portal.vault.registry.classes import TREATMENTS, DataClass
from portal.vault.registry.entries import Table, everywhere, tables

_HEAD = """# Fields and their protection

Drawn from `portal/vault/registry` by `make docs`. Every column of a table that belongs to a tenant stands here with its
class; a column that is missing fails a test. A class says how a value rests, who sees it and when it goes.
"""


def fields_page() -> str:
    """The whole page."""
    return "\n".join([_HEAD, *_classes(), "", *_shared(), "", *_tables()]) + "\n"


def _classes() -> Iterator[str]:
    yield "| Class | 内容 | 保管 | 見る人 | 消す時期 |"
    yield "|---|---|---|---|---|"
    for cls, how in TREATMENTS.items():
        yield f"| {cls} | {how.holds} | {how.at_rest} | {how.seen_by} | {how.goes} |"


def _shared() -> Iterator[str]:
    names = ", ".join(f"`{name}`" for name in everywhere())
    yield f"In every table where they occur, class P1: {names}."


def _tables() -> Iterator[str]:
    yield "| Table | 目的 | " + " | ".join(DataClass) + " |"
    yield "|---|---|" + "---|" * len(DataClass)
    for table in tables():
        yield f"| `{table.label}` | {table.purpose} | {' | '.join(_cell(table, cls) for cls in DataClass)} |"


def _cell(table: Table, cls: DataClass) -> str:
    return ", ".join(f"`{name}`" for name in table.of_class(cls))
