"""The words of a request: states, seats, kinds. Not here: what may follow what (machine)."""

from __future__ import annotations

from enum import StrEnum

from portal.kit.choices import LabelledEnum


class RequestState(LabelledEnum):
    """Where the papers stand; never mixed with the states of sections."""

    DRAFT = "draft", "未提出", "Not submitted"
    SUBMITTED = "submitted", "提出済", "Submitted"
    IN_REVIEW = "in_review", "確認中", "In review"
    RETURNED = "returned", "差戻し", "Returned"
    APPROVED = "approved", "承認済", "Approved"
    FORWARDED = "forwarded", "転送済", "Forwarded"
    ACKNOWLEDGED = "acknowledged", "受領確認済", "Receipt confirmed"
    WITHDRAWN = "withdrawn", "取下げ", "Withdrawn"


class RequestKind(LabelledEnum):
    FILING = "filing", "依頼", "Request"
    AMENDMENT = "amendment", "変更届", "Amendment"
    ADVISORY = "advisory", "計画の確定(依頼書なし)", "Plan only, no request"


class Seat(StrEnum):
    """From where a person looks at a request."""

    SCHOOL = "school"
    ENDORSER = "endorser"
    FORWARDER = "forwarder"


class Topic(LabelledEnum):
    """The two duties of 領保第六一五七号 記二(一), decided apart."""

    COMPLETENESS = "completeness", "別添三の照合", "Check against annex 3"
    SAFETY = "safety", "実施の是非", "Whether the trip may take place"


class Completeness(LabelledEnum):
    COMPLETE = "complete", "漏れなし", "Complete"
    INCOMPLETE = "incomplete", "漏れあり", "Incomplete"


class RemarkKind(LabelledEnum):
    MISSING = "missing", "欠落", "Missing"
    WRONG = "wrong", "誤り", "Wrong"
    UPDATE = "update", "更新", "To be updated"


class ReplySource(LabelledEnum):
    MOFA = "mofa", "外務省", "Ministry of Foreign Affairs"
    MISSION = "mission", "在外公館", "Mission"


class InquiryKind(LabelledEnum):
    """Why somebody asked: 文初高第七五号 記二 (before filing), 記一なお書 (the school itself), or about receipt."""

    CONSULTATION = "consultation", "計画段階の相談(記二)", "Consultation while planning (2)"
    INQUIRY = "inquiry", "学校からの問合せ(記一なお書)", "The school's own inquiry (1, proviso)"
    RECEIPT = "receipt", "到着の確認の電話", "Call about receipt"


class PacketMailState(LabelledEnum):
    """How far a packet got that was to go by mail."""

    WAITING = "waiting", "送信待ち(取り消せます)", "Waiting (can be taken back)"
    HANDING = "handing", "送信中", "Being sent"
    SENT = "sent", "送信済み", "Sent"
    UNKNOWN = "unknown", "届いたか不明", "Not known whether it arrived"
    CANCELLED = "cancelled", "取り消し", "Taken back"
    LOST = "lost", "届いていない", "Did not arrive"


class FaxState(LabelledEnum):
    """What became of a packet that went out by fax; only a person can say."""

    OUT = "out", "結果の記録待ち", "Waiting for its outcome"
    UNKNOWN = "unknown", "届いたか不明", "Not known whether it arrived"
    ARRIVED = "arrived", "届いた", "Arrived"
    FAILED = "failed", "届かなかった", "Did not arrive"
