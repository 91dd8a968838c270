"""One file of the hostile corpus and what must become of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Case:
    """One file; ``refused`` are the codes allowed, parted by ``|``; ``options`` are keywords of ``read_roster``."""

    number: int
    title: str
    build: Callable[[], bytes]
    filename: str = "名簿.xlsx"
    refused: str | None = None
    kept: int = 0
    bad: int = 0
    skipped: int = 0
    says: tuple[str, ...] = ()
    options: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.number:02} {self.title}"
