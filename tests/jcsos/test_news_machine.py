"""Every cell of the tables of circulars and seminars: each state, each step, each hand — once more, by hand."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import pytest

from jcsos.enums import AttendeeState as P
from jcsos.enums import CircularState as N
from jcsos.enums import SeminarState as S
from jcsos.machine import ATTENDEE, CIRCULAR, SEMINAR, WORKER
from portal.kit.machine import Machine, Refused
from portal.kit.roles import Role
from tests.jcsos.test_machine import side_of

NEWS, MEMBERS, DRAFTER, HEAD = Role.JCSOS_NEWS, Role.JCSOS_MEMBERS, Role.SCHOOL_DRAFTER, Role.SCHOOL_PRINCIPAL
DESK, STAFF = (NEWS, MEMBERS), (DRAFTER, HEAD)
MACHINE = "machine"
Table = dict[tuple[StrEnum, str], tuple[StrEnum, tuple[Role, ...] | str]]
CIRCULARS: Table = {
    (N.DRAFT, "propose"): (N.CHECKING, (NEWS,)),
    (N.CHECKING, "approve"): (N.APPROVED, DESK),
    (N.CHECKING, "send_back"): (N.DRAFT, DESK),
    (N.CHECKING, "revise"): (N.DRAFT, (NEWS,)),
    (N.APPROVED, "revise"): (N.DRAFT, (NEWS,)),
    (N.APPROVED, "order"): (N.WAITING, (NEWS,)),
    (N.WAITING, "halt"): (N.APPROVED, (NEWS,)),
    (N.WAITING, "deliver"): (N.SENT, MACHINE),
}
SEMINARS: Table = {
    (S.DRAFT, "open"): (S.OPEN, DESK),
    (S.OPEN, "end"): (S.ENDED, DESK),
    (S.DRAFT, "cancel"): (S.CANCELLED, DESK),
    (S.OPEN, "cancel"): (S.CANCELLED, DESK),
}
SEATS: Table = {
    (P.WAITING, "place"): (P.PLACED, MACHINE),
    (P.WAITING, "cancel"): (P.CANCELLED, (*STAFF, *DESK)),
    (P.PLACED, "cancel"): (P.CANCELLED, (*STAFF, *DESK)),
    (P.WAITING, "attend"): (P.ATTENDED, DESK),
    (P.PLACED, "attend"): (P.ATTENDED, DESK),
    (P.ATTENDED, "absent"): (P.PLACED, DESK),
}


@pytest.mark.parametrize(("machine", "table"), [(CIRCULAR, CIRCULARS), (SEMINAR, SEMINARS), (ATTENDEE, SEATS)])
def test_every_cell(machine: Machine[Any], table: Table) -> None:
    names = {step.name for step in machine.transitions}
    assert names == {name for _, name in table}
    for state in machine.states:
        for name in names:
            target, hands = table.get((state, name), (None, ()))
            for role in Role:
                tried = (machine, name, state, side_of(role), role.value)
                assert fired(*tried) == (target if role in hands else None), tried
            assert fired(machine, name, state, WORKER, WORKER) == (target if hands == MACHINE else None)


def fired(machine: Machine[Any], name: str, state: StrEnum, seat: str, role: str) -> StrEnum | None:
    """The next state, or nothing where the machine refuses."""
    try:
        return machine.fire(name, state, seat=seat, role=role)
    except Refused:
        return None
