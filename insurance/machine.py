"""The life of a claim in one table: who may take which step. Screens ask it for their buttons, actions fire it.

Not here: what a step asks for (insurance.actions.claims).
"""

from __future__ import annotations

from insurance.enums import ClaimState as C
from portal.kit.machine import Machine, Transition, seats
from portal.kit.roles import Role

SEAT = "school"
KEEPERS = (Role.SCHOOL_DRAFTER, Role.SCHOOL_PRINCIPAL, Role.SCHOOL_ESCORT)
"""Who may see and keep claims: those who may hold special-care data of a trip."""
CLOSERS = (Role.SCHOOL_DRAFTER, Role.SCHOOL_PRINCIPAL)
"""Who may end a claim, and decide whether it is kept for one more year."""
_KEEPERS = seats(SEAT, KEEPERS)
_CLOSERS = seats(SEAT, CLOSERS)

CLAIM: Machine[C] = Machine(
    C,
    (
        Transition(
            "report",
            "保険会社へ連絡した",
            "Reported to the insurer",
            frozenset({C.OPEN}),
            C.REPORTED,
            _KEEPERS,
            stamps=("reported_on",),
            guard="起きた日から今日までの日であること",
        ),
        Transition(
            "file",
            "書類を保険会社に出した",
            "Papers handed in",
            frozenset({C.REPORTED}),
            C.FILED,
            _KEEPERS,
            stamps=("filed_on",),
            guard="健康保険に先に請求したか対象外で、要る書類がそろっていること",
        ),
        Transition(
            "ask_more",
            "追加の書類を求められた",
            "More papers asked for",
            frozenset({C.FILED}),
            C.REPORTED,
            _KEEPERS,
            guard="求められた書類を書くこと",
        ),
        Transition(
            "settle",
            "支払いを確かめて終える",
            "Settle",
            frozenset({C.FILED}),
            C.SETTLED,
            _CLOSERS,
            stamps=("closed_on",),
            guard="費用と支払いが合っているか、合わない理由があること",
        ),
        Transition(
            "refuse",
            "支払われないと決まった",
            "Not paid",
            frozenset({C.REPORTED, C.FILED}),
            C.REFUSED,
            _CLOSERS,
            stamps=("closed_on",),
            guard="保険会社の理由を書くこと",
        ),
        Transition(
            "withdraw",
            "請求を取りやめる",
            "Give the claim up",
            frozenset({C.OPEN, C.REPORTED}),
            C.WITHDRAWN,
            _CLOSERS,
            stamps=("closed_on",),
            guard="理由を書くこと",
        ),
        Transition(
            "reopen",
            "記録を開き直す",
            "Open again",
            frozenset({C.SETTLED, C.REFUSED, C.WITHDRAWN}),
            C.OPEN,
            _CLOSERS,
        ),
    ),
)
