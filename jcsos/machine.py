"""The lives of JCSOS's work in tables: the audit of one trip, each of its findings, a J-TAS case, a consultation.

Screens ask the tables for their buttons, actions fire them and nothing else does.
"""

from __future__ import annotations

from jcsos.enums import Act, Side
from jcsos.enums import AssistState as C
from jcsos.enums import AttendeeState as P
from jcsos.enums import AuditState as A
from jcsos.enums import CircularState as N
from jcsos.enums import FindingState as F
from jcsos.enums import SeminarState as S
from jcsos.enums import TicketState as T
from portal.kit.machine import Machine, Transition, seats
from portal.kit.roles import Role

_AUDITORS = seats(Side.JCSOS, [Role.JCSOS_AUDITOR])
_SCHOOL = seats(Side.SCHOOL, [Role.SCHOOL_DRAFTER, Role.SCHOOL_PRINCIPAL])
_HEAD = seats(Side.SCHOOL, [Role.SCHOOL_PRINCIPAL])

AUDIT: Machine[A] = Machine(
    A,
    (
        Transition(
            "announce",
            "学校に通知し、資料の提出を求める",
            "Announce and ask for evidence",
            frozenset({A.SAMPLED}),
            A.EVIDENCE,
            _AUDITORS,
            stamps=("announced_at", "announced_by_id", "evidence_due_on"),
            guard="提出期限が通知の日より後であること",
        ),
        Transition(
            "hand_in",
            "資料の提出を終える",
            "Finish handing in",
            frozenset({A.EVIDENCE}),
            A.ASSESSING,
            _SCHOOL,
            stamps=("handed_in_at", "handed_in_by_id"),
        ),
        Transition(
            "take_up",
            "資料を待たずに評価を始める",
            "Assess without further evidence",
            frozenset({A.EVIDENCE}),
            A.ASSESSING,
            _AUDITORS,
            guard="提出期限が過ぎ、催促の通知から猶予の日数がたっていること",
        ),
        Transition(
            "ask_more",
            "資料の追加を求める",
            "Ask for more evidence",
            frozenset({A.ASSESSING}),
            A.EVIDENCE,
            _AUDITORS,
            stamps=("evidence_due_on",),
            guard="求める資料を書き、新しい期限が今日より後であること",
        ),
        Transition(
            "send_result",
            "指摘を学校へ送る",
            "Send the findings",
            frozenset({A.ASSESSING}),
            A.REPLY,
            _AUDITORS,
            stamps=("result_at", "result_by_id", "reply_due_on"),
            guard="すべての項目を評価し、指摘があり、重大な指摘は二人目が確かめていること",
        ),
        Transition(
            "pass",
            "指摘なしとして学校へ送り、終える",
            "Close without findings",
            frozenset({A.ASSESSING}),
            A.CLOSED,
            _AUDITORS,
            stamps=("result_at", "result_by_id", "closed_at"),
            guard="すべての項目を評価し、満たさない項目も指摘もないこと",
        ),
        Transition(
            "settle",
            "意見を確かめ、是正に進む",
            "Settle the replies",
            frozenset({A.REPLY}),
            A.CORRECTING,
            _AUDITORS,
            guard="すべての指摘が維持か取下げになり、維持が一つ以上あること",
        ),
        Transition(
            "clear",
            "すべての指摘を取り下げて終える",
            "Close with every finding dropped",
            frozenset({A.REPLY}),
            A.CLOSED,
            _AUDITORS,
            stamps=("closed_at",),
            guard="すべての指摘が取下げになっていること",
        ),
        Transition(
            "report",
            "是正の報告を終える",
            "Finish reporting corrections",
            frozenset({A.CORRECTING}),
            A.VERIFYING,
            _SCHOOL,
            guard="維持されたすべての指摘に是正の報告があること",
        ),
        Transition(
            "send_back",
            "是正のやり直しを求める",
            "Send a correction back",
            frozenset({A.VERIFYING}),
            A.CORRECTING,
            _AUDITORS,
            guard="理由と新しい期限があること",
        ),
        Transition(
            "close",
            "監査を終える",
            "Close the audit",
            frozenset({A.VERIFYING}),
            A.CLOSED,
            _AUDITORS,
            stamps=("closed_at",),
            guard="すべての指摘が確認済みか取下げであること",
        ),
    ),
)

FINDING: Machine[F] = Machine(
    F,
    (
        Transition(
            "confirm",
            "重大な指摘を確かめる",
            "Confirm a grave finding",
            frozenset({F.DRAFT}),
            F.DRAFT,
            _AUDITORS,
            stamps=("confirmed_at", "confirmed_by_id"),
            guard="書いた人と違う評価者であること",
        ),
        Transition(
            "issue",
            "学校へ送る",
            "Send to the school",
            frozenset({F.DRAFT}),
            F.ISSUED,
            _AUDITORS,
            stamps=("issued_at",),
            guard="重大な指摘は二人目が確かめていること",
        ),
        Transition(
            "answer",
            "意見を述べる",
            "Reply",
            frozenset({F.ISSUED}),
            F.REPLIED,
            _HEAD,
            stamps=("replied_at", "replied_by_id"),
        ),
        Transition(
            "uphold",
            "維持して是正を求める",
            "Uphold and ask for correction",
            frozenset({F.ISSUED, F.REPLIED}),
            F.UPHELD,
            _AUDITORS,
            stamps=("upheld_at", "correction_due_on"),
            guard="意見があるか、意見の期限と催促の猶予が過ぎていること",
        ),
        Transition(
            "drop",
            "取り下げる",
            "Drop",
            frozenset({F.DRAFT, F.ISSUED, F.REPLIED}),
            F.DROPPED,
            _AUDITORS,
            stamps=("dropped_at", "dropped_by_id"),
            guard="理由があること",
        ),
        Transition(
            "correct",
            "是正を報告する",
            "Report the correction",
            frozenset({F.UPHELD}),
            F.CORRECTED,
            _SCHOOL,
            stamps=("reported_at", "reported_by_id"),
        ),
        Transition(
            "verify",
            "是正を確認する",
            "Verify the correction",
            frozenset({F.CORRECTED}),
            F.VERIFIED,
            _AUDITORS,
            stamps=("verified_at", "verified_by_id"),
        ),
        Transition(
            "refuse",
            "是正のやり直しを求める",
            "Send the correction back",
            frozenset({F.CORRECTED}),
            F.UPHELD,
            _AUDITORS,
            stamps=("correction_due_on",),
            guard="理由と新しい期限があること",
        ),
    ),
)


_DESK = seats(Side.JCSOS, [Role.JCSOS_CASES])

ASSIST: Machine[C] = Machine(
    C,
    (
        Transition("take", "対応を始める", "Start handling", frozenset({C.RECEIVED}), C.HANDLING, _DESK),
        Transition("watch", "経過観察にする", "Watch", frozenset({C.HANDLING}), C.WATCHING, _DESK),
        Transition("resume", "対応に戻す", "Handle again", frozenset({C.WATCHING}), C.HANDLING, _DESK),
        Transition(
            "close",
            "終了する",
            "Close",
            frozenset({C.HANDLING, C.WATCHING}),
            C.CLOSED,
            _DESK,
            stamps=("closed_at", "closed_by_id"),
            guard="やることが残っておらず、結果と教訓が書いてあること",
        ),
        Transition("reopen", "再開する", "Reopen", frozenset({C.CLOSED}), C.HANDLING, _DESK, guard="理由があること"),
    ),
)

_WRITERS = seats(Side.JCSOS, [Role.JCSOS_NEWS])
_CHECKERS = seats(Side.JCSOS, [Role.JCSOS_NEWS, Role.JCSOS_MEMBERS])
WORKER = "worker"
"""Seat and role of the machine that delivers at the appointed time."""

CIRCULAR: Machine[N] = Machine(
    N,
    (
        Transition(
            "propose", "確認を頼む", "Ask for a check", frozenset({N.DRAFT}), N.CHECKING, _WRITERS,
            stamps=("proposed_at", "proposed_by_id"),
        ),
        Transition(
            "approve", "確認した", "Approve", frozenset({N.CHECKING}), N.APPROVED, _CHECKERS,
            stamps=("approved_at", "approved_by_id"), guard="書いた人でも、確認を頼んだ人でもないこと",
        ),
        Transition(
            "send_back", "書き直しを頼む", "Send back", frozenset({N.CHECKING}), N.DRAFT, _CHECKERS,
            guard="理由があること",
        ),
        Transition(
            "revise", "下書きに戻す", "Back to draft", frozenset({N.CHECKING, N.APPROVED}), N.DRAFT, _WRITERS
        ),
        Transition(
            "order", "送信を予約する", "Schedule", frozenset({N.APPROVED}), N.WAITING, _WRITERS,
            stamps=("ordered_at", "ordered_by_id", "goes_at"), guard="送り先の会員校が一つ以上あること",
        ),
        Transition("halt", "送信を取りやめる", "Stop", frozenset({N.WAITING}), N.APPROVED, _WRITERS),
        Transition(
            "deliver", "送る", "Deliver", frozenset({N.WAITING}), N.SENT, frozenset({(WORKER, WORKER)}),
            stamps=("sent_at",),
        ),
    ),
)  # fmt: skip

_ORGANISERS = _CHECKERS
_SENDERS = seats(Side.SCHOOL, [Role.SCHOOL_DRAFTER, Role.SCHOOL_PRINCIPAL])

SEMINAR: Machine[S] = Machine(
    S,
    (
        Transition(
            "open", "申込みを受け付ける", "Open for registration", frozenset({S.DRAFT}), S.OPEN, _ORGANISERS,
            stamps=("opened_at", "opened_by_id"), guard="申込みの期限と開始が今日より後であること",
        ),
        Transition(
            "end", "開催を終える", "Close after it was held", frozenset({S.OPEN}), S.ENDED, _ORGANISERS,
            stamps=("ended_at", "ended_by_id"), guard="開催の日になっていること",
        ),
        Transition(
            "cancel", "中止する", "Cancel", frozenset({S.DRAFT, S.OPEN}), S.CANCELLED, _ORGANISERS,
            stamps=("cancelled_at", "cancelled_by_id"), guard="理由があること",
        ),
    ),
)  # fmt: skip

ATTENDEE: Machine[P] = Machine(
    P,
    (
        Transition(
            "place", "席を割り当てる", "Give a place", frozenset({P.WAITING}), P.PLACED,
            frozenset({(WORKER, WORKER)}), stamps=("placed_at",), guard="席が空いていて、申込みの順であること",
        ),
        Transition(
            "cancel", "申込みを取り消す", "Cancel", frozenset({P.WAITING, P.PLACED}), P.CANCELLED,
            _SENDERS | _ORGANISERS, stamps=("cancelled_at", "cancelled_by_id"),
        ),
        Transition(
            "attend", "出席を記録する", "Record attendance", frozenset({P.WAITING, P.PLACED}), P.ATTENDED, _ORGANISERS,
            stamps=("attended_at", "attended_by_id", "presence"),
        ),
        Transition(
            "absent", "出席の記録を取り消す", "Take attendance back", frozenset({P.ATTENDED}), P.PLACED, _ORGANISERS,
            guard="修了証の番号を付ける前であること",
        ),
    ),
)  # fmt: skip


_CONSULTING = seats(Side.SCHOOL, [Role.SCHOOL_DRAFTER, Role.SCHOOL_PRINCIPAL])

TICKET: Machine[T] = Machine(
    T,
    (
        Transition(
            "answer",
            "回答する",
            "Answer",
            frozenset({T.ASKED, T.ANSWERED}),
            T.ANSWERED,
            _DESK,
            stamps=("first_answered_at",),
        ),
        Transition("ask", "書き足す", "Ask further", frozenset({T.ASKED, T.ANSWERED}), T.ASKED, _CONSULTING),
        Transition(
            "close",
            "相談を終える",
            "Close",
            frozenset({T.ASKED, T.ANSWERED}),
            T.CLOSED,
            _CONSULTING | _DESK,
            stamps=("closed_at", "closed_by_id"),
        ),
        Transition("reopen", "再び相談する", "Reopen", frozenset({T.CLOSED}), T.ASKED, _CONSULTING),
    ),
)


def step_words(name: str) -> tuple[str, str]:
    """A line of the log in Japanese and English: a step of the machine, or an act beside it."""
    if name in set(Act):
        return Act(name).label, Act(name).english
    step = AUDIT.named(name)
    return step.label, step.english
