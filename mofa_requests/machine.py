"""What may follow what, and whose hand moves it: the whole life of a request in one table.

``docs/machine.md`` is drawn from it, screens ask it for their buttons, actions fire it and nothing else does.
"""

from __future__ import annotations

from mofa_requests.enums import RequestState as S
from mofa_requests.enums import Seat
from portal.kit.machine import Machine, Transition, seats
from portal.kit.roles import Role

_PRINCIPAL = seats(Seat.SCHOOL, [Role.SCHOOL_PRINCIPAL])
_DRAFTERS = seats(Seat.SCHOOL, [Role.SCHOOL_DRAFTER, Role.SCHOOL_PRINCIPAL])
_ENDORSERS = seats(Seat.ENDORSER, [Role.AUTHORITY_OFFICER, Role.AUTHORITY_APPROVER])
_OFFICERS = seats(Seat.FORWARDER, [Role.AUTHORITY_OFFICER, Role.AUTHORITY_APPROVER])
_APPROVERS = seats(Seat.FORWARDER, [Role.AUTHORITY_APPROVER])

MACHINE: Machine[S] = Machine(
    S,
    (
        Transition(
            "submit",
            "提出する",
            "Submit",
            frozenset({S.DRAFT, S.RETURNED}),
            S.SUBMITTED,
            _PRINCIPAL,
            stamps=("submitted_at", "submitted_by_id"),
            guard="必須の点検に合格し、期限後なら理由があり、校長が内容を確認したこと",
        ),
        Transition(
            "endorse",
            "経由を確認する",
            "Endorse",
            frozenset({S.SUBMITTED}),
            S.SUBMITTED,
            _ENDORSERS,
            stamps=("endorsed_at", "endorsed_by_id"),
            guard="経由する市町村教育委員会があり、まだ確認していないこと",
        ),
        Transition(
            "claim",
            "確認を始める",
            "Start review",
            frozenset({S.SUBMITTED}),
            S.IN_REVIEW,
            _OFFICERS,
            stamps=("claimed_at", "claimed_by_id"),
            guard="経由が必要なら市町村教育委員会の確認が済んでいること",
        ),
        Transition(
            "release",
            "担当を外れる",
            "Release",
            frozenset({S.IN_REVIEW}),
            S.SUBMITTED,
            _OFFICERS,
        ),
        Transition(
            "hand_over",
            "担当を引き継ぐ",
            "Hand over",
            frozenset({S.IN_REVIEW}),
            S.IN_REVIEW,
            _OFFICERS,
            stamps=("claimed_at", "claimed_by_id"),
            guard="引き継ぐ相手が同じ所管庁の担当か決裁で、提出者本人でないこと",
        ),
        Transition(
            "return",
            "差し戻す",
            "Return for correction",
            frozenset({S.SUBMITTED, S.IN_REVIEW}),
            S.RETURNED,
            _OFFICERS | _ENDORSERS,
            stamps=("returned_at", "returned_by_id"),
            guard="学校への指摘が一つ以上あること。経由機関は経由確認の前だけ",
        ),
        Transition(
            "recall",
            "差戻しを取り消す",
            "Take the return back",
            frozenset({S.RETURNED}),
            S.IN_REVIEW,
            _OFFICERS,
            stamps=("claimed_at", "claimed_by_id"),
            guard="経由が必要なら市町村教育委員会の確認が済んでいること。書いた指摘は残る",
        ),
        Transition(
            "approve",
            "承認する",
            "Approve",
            frozenset({S.IN_REVIEW}),
            S.APPROVED,
            _APPROVERS,
            stamps=("approved_at", "approved_by_id"),
            guard="学校への指摘にすべて回答があり、別添三の照合が「漏れなし」、実施の是非が「支障なし」か「条件付き」で、"
            "提出者本人でないこと。二人で確かめる決まりなら、照合した人と別の人であること",
        ),
        Transition(
            "carry",
            "判断を引き継ぐ",
            "Keep the decisions",
            frozenset({S.IN_REVIEW}),
            S.APPROVED,
            _OFFICERS,
            stamps=("approved_at", "approved_by_id"),
            guard="変更届で、送付済みの版から判断に関わる変更がなく、学校への指摘にすべて回答があり、提出者本人でないこと",
        ),
        Transition(
            "revoke",
            "承認を取り消す",
            "Take the approval back",
            frozenset({S.APPROVED}),
            S.RETURNED,
            _APPROVERS,
            stamps=("returned_at", "returned_by_id"),
            guard="送付の途中でなく、理由があること。理由は学校への指摘になり、次の版で判断し直す",
        ),
        Transition(
            "forward",
            "外務省へ送付する",
            "Forward to MOFA",
            frozenset({S.APPROVED}),
            S.FORWARDED,
            _OFFICERS,
            stamps=("forwarded_at", "forwarded_by_id"),
            guard="送付用PDFがあり、期限後なら外務省への電話を記録したこと",
        ),
        Transition(
            "acknowledge",
            "受領を記録する",
            "Record receipt",
            frozenset({S.FORWARDED}),
            S.ACKNOWLEDGED,
            _OFFICERS,
            stamps=("acknowledged_at", "received_on"),
            guard="受領日が送付日より前でないこと",
        ),
        Transition(
            "withdraw",
            "取り下げる",
            "Withdraw",
            frozenset({S.SUBMITTED, S.IN_REVIEW, S.RETURNED, S.APPROVED}),
            S.WITHDRAWN,
            _PRINCIPAL,
            stamps=("withdrawn_at", "withdrawn_by_id"),
            guard="理由があること",
        ),
        Transition(
            "amend",
            "変更届を起こす",
            "Open an amendment",
            frozenset({S.FORWARDED, S.ACKNOWLEDGED}),
            S.DRAFT,
            _DRAFTERS,
            guard="送付済みの依頼は有効のまま残り、新しい変更届が未提出として始まる",
        ),
    ),
)
"""``amend`` opens a new request: its target is the state of that new request, the old one keeps its own."""
