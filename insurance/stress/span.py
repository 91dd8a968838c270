"""A sum of yen that may be known only between two bounds. Not here: where the uncertainty comes from (plan)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """From ``least`` to ``most`` yen, both included; equal where the sum is known."""

    least: int
    most: int

    def __post_init__(self) -> None:
        if self.least > self.most:
            raise ValueError(f"a span runs from the smaller to the greater sum, not from {self.least} to {self.most}")

    @classmethod
    def of(cls, amount: int) -> Span:
        """A known sum."""
        return cls(amount, amount)

    @property
    def known(self) -> bool:
        return self.least == self.most

    def __add__(self, other: Span) -> Span:
        return Span(self.least + other.least, self.most + other.most)

    def times(self, count: int) -> Span:
        """The sum for ``count`` (0 or more) people."""
        return Span(self.least * count, self.most * count)

    def as_json(self) -> int | dict[str, int]:
        """A number, or its bounds."""
        return self.least if self.known else {"least": self.least, "most": self.most}
