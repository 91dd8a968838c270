"""State machines as tables: a tuple of transitions says everything; nothing moves but through ``fire``.

Here: the shapes and the look-ups. Not here: any particular table (each app's ``machine.py``), storing (actions).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

S = TypeVar("S", bound=StrEnum)


class Refused(Exception):
    """The step is not possible from the present state, or not for this person. The message is for the screen.

    ``english`` says the same where the sentence is put together; a fixed one may stand in the catalogue instead.
    """

    def __init__(self, message: str = "", english: str = "") -> None:
        super().__init__(message)
        self.english = english


@dataclass(frozen=True)
class Transition(Generic[S]):
    """One allowed step. ``who`` is the permission: pairs of (seat, role); ``stamps`` are the columns it must fill."""

    name: str
    label: str
    english: str
    sources: frozenset[S]
    target: S
    who: frozenset[tuple[str, str]]
    stamps: tuple[str, ...] = ()
    guard: str = ""


@dataclass(frozen=True)
class Machine(Generic[S]):
    """A table of transitions over the states ``S``."""

    states: type[S]
    transitions: tuple[Transition[S], ...]

    def named(self, name: str) -> Transition[S]:
        """The transition called ``name``; ``KeyError`` for a name the table does not have."""
        for transition in self.transitions:
            if transition.name == name:
                return transition
        raise KeyError(name)

    def allowed(self, state: S, *, seat: str, role: str) -> tuple[Transition[S], ...]:
        """What this person may do from this state, in the order of the table."""
        return tuple(t for t in self.transitions if state in t.sources and (seat, role) in t.who)

    def fire(self, name: str, state: S, *, seat: str, role: str) -> S:
        """The next state, or ``Refused`` with the reason in plain words."""
        step = self.named(name)
        if (seat, role) not in step.who:
            raise Refused(f"「{step.label}」はあなたの役割ではできません", f"“{step.english}” is not for your role.")
        if state not in step.sources:
            now, now_en = getattr(state, "label", state.value), getattr(state, "english", state.value)
            raise Refused(
                f"「{step.label}」は、いまの状態({now})ではできません。画面を読み込み直してください",
                f"“{step.english}” is not possible in the present state ({now_en}). Reload the page.",
            )
        return step.target


def seats(seat: str, roles: Iterable[StrEnum]) -> frozenset[tuple[str, str]]:
    """``who`` of several roles in one seat."""
    return frozenset((seat, role.value) for role in roles)
