"""Draw a state machine as a page: the steps out of each state, then one line per step, from the product's own table.

Here: the drawing of ``docs/machine.md``. Not here: the table (``mofa_requests.machine``), writing (``documents``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mofa_requests.enums import RequestState
from mofa_requests.machine import MACHINE
from portal.kit.machine import Transition
from portal.kit.roles import Role

SEATS = {"school": "学校", "endorser": "経由機関", "forwarder": "所管庁"}


def machine_page() -> str:
    """``docs/machine.md``."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "# The life of a request"
    yield ""
    yield "Drawn by `make docs` from `mofa_requests/machine.py`; do not edit. Nothing else moves a request."
    yield ""
    yield "```"
    for state in RequestState:
        yield f"{state.label} {state.value} ({state.english})"
        yield from (f"    {step.label} → {step.target.label}" for step in MACHINE.transitions if state in step.sources)
    yield "```"
    yield ""
    yield "| step | from → to | by whom | only if | stamps |"
    yield "|---|---|---|---|---|"
    yield from (_row(step) for step in MACHINE.transitions)


def _row(step: Transition[RequestState]) -> str:
    way = f"{'、'.join(source.label for source in _ordered(step.sources))} → {step.target.label}"
    stamps = ", ".join(f"`{stamp}`" for stamp in step.stamps)
    return f"| `{step.name}` {step.label} ({step.english}) | {way} | {_hands(step.who)} | {step.guard} | {stamps} |"


def _ordered(states: Iterable[RequestState]) -> list[RequestState]:
    """In the order of their definition: a set has none, and the page must not change by itself."""
    return [state for state in RequestState if state in set(states)]


def _hands(who: frozenset[tuple[str, str]]) -> str:
    seats = [seat for seat in SEATS if any(seat == held for held, _ in who)]
    return "、".join(f"{SEATS[seat]}（{_roles(seat, who)}）" for seat in seats)


def _roles(seat: str, who: frozenset[tuple[str, str]]) -> str:
    return "・".join(role.label for role in Role if (seat, role.value) in who)
