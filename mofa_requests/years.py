"""A business year of an authority as figures: April to March. Pure; not here: counting them (yearly)."""

from __future__ import annotations

from dataclasses import dataclass, field

MONTHS = (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3)


@dataclass(frozen=True)
class Year:
    """One business year of an authority. Days are calendar days with one decimal; months are calendar months."""

    year: int
    filed: int = 0
    late: int = 0
    resubmitted: int = 0
    sent: int = 0
    received_late: int = 0
    amendments: int = 0
    omissions: dict[str, int] = field(default_factory=dict)
    checked: int = 0
    handling: dict[int, float] = field(default_factory=dict)
    destinations: dict[str, dict[int, int]] = field(default_factory=dict)

    @property
    def late_share(self) -> float | None:
        """Of the plans filed, how many per cent were late."""
        return round(100 * self.late / self.filed, 1) if self.filed else None

    @property
    def places(self) -> list[tuple[str, int]]:
        """The destinations by number of trips, the most frequent first, then by name."""
        sums = ((place, sum(months.values())) for place, months in self.destinations.items())
        return sorted(sums, key=lambda pair: (-pair[1], pair[0]))
