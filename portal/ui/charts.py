"""Lengths of the bars of a chart. Not here: markup (components/bar_chart.html)."""

from __future__ import annotations

from collections.abc import Sequence

from portal.ui.shapes import Bar


def bar_lengths(bars: Sequence[Bar]) -> list[tuple[Bar, int]]:
    """Each bar with its length in whole per cent of the longest one; a figure above zero is never invisible."""
    most = max((bar.value for bar in bars), default=0)
    return [(bar, _per_cent(bar.value, most)) for bar in bars]


def _per_cent(value: int, most: int) -> int:
    return max(round(100 * value / most), 1) if value else 0
