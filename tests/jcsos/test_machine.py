"""Every cell of the two tables: from each state, each step, by each hand — written down a second time, by hand."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import pytest

from jcsos.enums import AuditState as A
from jcsos.enums import FindingState as F
from jcsos.enums import Side
from jcsos.machine import AUDIT, FINDING
from portal.kit.machine import Machine, Refused
from portal.kit.roles import Audience, Role

AUDITOR, DRAFTER, HEAD = Role.JCSOS_AUDITOR, Role.SCHOOL_DRAFTER, Role.SCHOOL_PRINCIPAL
STEPS_OF_AUDIT: dict[tuple[A, str], tuple[A, tuple[Role, ...]]] = {
    (A.SAMPLED, "announce"): (A.EVIDENCE, (AUDITOR,)),
    (A.EVIDENCE, "hand_in"): (A.ASSESSING, (DRAFTER, HEAD)),
    (A.EVIDENCE, "take_up"): (A.ASSESSING, (AUDITOR,)),
    (A.ASSESSING, "ask_more"): (A.EVIDENCE, (AUDITOR,)),
    (A.ASSESSING, "send_result"): (A.REPLY, (AUDITOR,)),
    (A.ASSESSING, "pass"): (A.CLOSED, (AUDITOR,)),
    (A.REPLY, "settle"): (A.CORRECTING, (AUDITOR,)),
    (A.REPLY, "clear"): (A.CLOSED, (AUDITOR,)),
    (A.CORRECTING, "report"): (A.VERIFYING, (DRAFTER, HEAD)),
    (A.VERIFYING, "send_back"): (A.CORRECTING, (AUDITOR,)),
    (A.VERIFYING, "close"): (A.CLOSED, (AUDITOR,)),
}
STEPS_OF_FINDING: dict[tuple[F, str], tuple[F, tuple[Role, ...]]] = {
    (F.DRAFT, "confirm"): (F.DRAFT, (AUDITOR,)),
    (F.DRAFT, "issue"): (F.ISSUED, (AUDITOR,)),
    (F.DRAFT, "drop"): (F.DROPPED, (AUDITOR,)),
    (F.ISSUED, "answer"): (F.REPLIED, (HEAD,)),
    (F.ISSUED, "uphold"): (F.UPHELD, (AUDITOR,)),
    (F.ISSUED, "drop"): (F.DROPPED, (AUDITOR,)),
    (F.REPLIED, "uphold"): (F.UPHELD, (AUDITOR,)),
    (F.REPLIED, "drop"): (F.DROPPED, (AUDITOR,)),
    (F.UPHELD, "correct"): (F.CORRECTED, (DRAFTER, HEAD)),
    (F.CORRECTED, "verify"): (F.VERIFIED, (AUDITOR,)),
    (F.CORRECTED, "refuse"): (F.UPHELD, (AUDITOR,)),
}


def side_of(role: Role) -> Side:
    return Side.JCSOS if role.audience is Audience.JCSOS else Side.SCHOOL


@pytest.mark.parametrize(("machine", "table"), [(AUDIT, STEPS_OF_AUDIT), (FINDING, STEPS_OF_FINDING)])
def test_every_cell(machine: Machine[Any], table: dict[tuple[StrEnum, str], tuple[StrEnum, tuple[Role, ...]]]) -> None:
    names = {step.name for step in machine.transitions}
    assert names == {name for _, name in table}
    for state in machine.states:
        for name in names:
            target, hands = table.get((state, name), (None, ()))
            for role in Role:
                if role in hands:
                    assert machine.fire(name, state, seat=side_of(role), role=role.value) is target
                else:
                    with pytest.raises(Refused):
                        machine.fire(name, state, seat=side_of(role), role=role.value)


@pytest.mark.parametrize("machine", [AUDIT, FINDING])
def test_every_state_is_reached_and_only_the_last_ones_end(machine: Machine[Any]) -> None:
    first = next(iter(machine.states))
    reached, before = {first}, set()
    while reached != before:
        before = set(reached)
        reached |= {step.target for step in machine.transitions if step.sources & reached}
    assert reached == set(machine.states)
    ends = {state for state in machine.states if not any(state in step.sources for step in machine.transitions)}
    assert ends == ({A.CLOSED} if machine is AUDIT else {F.VERIFIED, F.DROPPED})


def test_an_auditor_at_the_schools_side_of_the_table_may_do_nothing() -> None:
    for machine in (AUDIT, FINDING):
        for step in machine.transitions:
            for state in step.sources:
                with pytest.raises(Refused, match="あなたの役割ではできません"):
                    machine.fire(step.name, state, seat="nobody", role=AUDITOR.value)
