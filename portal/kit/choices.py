"""Labelled string enums that know no Django: value, Japanese label, English label."""

from __future__ import annotations

from enum import StrEnum


class LabelledEnum(StrEnum):
    """``NAME = value, 日本語, English``; compares and serialises as its value."""

    label: str
    english: str

    # The defaults are for type checkers alone: looking a member up by its value never comes here.
    def __new__(cls, value: str, label: str = "", english: str = "") -> LabelledEnum:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        member.english = english
        return member

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """``[(value, Japanese label)]`` in order of definition, as form and model fields want them."""
        return [(member.value, member.label) for member in cls]
