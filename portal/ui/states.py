"""The two status vocabularies of the screens, which never mix, each state with its icon and tone.

Not here: which state a dossier is in (mofa_requests.machine) or a section (its rules).
"""

from __future__ import annotations

from typing import Self

from portal.kit.choices import LabelledEnum


class ShownState(LabelledEnum):
    """A labelled state that also knows its icon in the sprite and its tone (``key, ok, warn, error`` or none)."""

    icon: str
    tone: str

    def __new__(cls, value: str, label: str, english: str, icon: str, tone: str) -> ShownState:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        member.english = english
        member.icon = icon
        member.tone = tone
        return member

    @classmethod
    def of(cls, value: str) -> Self:
        """The state of a stored value; raises ``ValueError`` for a word of the other vocabulary."""
        for member in cls:
            if member.value == value:
                return member
        raise ValueError(f"{value} is no {cls.__name__}")


class SectionState(ShownState):
    """How far one section of a plan is written. 済 never means that anything was sent."""

    NOT_STARTED = "not_started", "未着手", "Not started", "circle", ""
    IN_PROGRESS = "in_progress", "入力中", "In progress", "half", "key"
    NEEDS_FIX = "needs_fix", "要修正", "Needs correction", "alert", "error"
    DONE = "done", "済", "Done", "check", "ok"


class DossierState(ShownState):
    """Where the whole request stands between school, authority and ministry."""

    DRAFT = "draft", "未提出", "Not submitted", "draft", ""
    SUBMITTED = "submitted", "提出済", "Submitted", "send", "key"
    IN_REVIEW = "in_review", "確認中", "In review", "eye", "key"
    RETURNED = "returned", "差戻し", "Returned", "back", "warn"
    APPROVED = "approved", "承認済", "Approved", "success", "ok"
    FORWARDED = "forwarded", "転送済", "Forwarded", "forward", "ok"
    ACKNOWLEDGED = "acknowledged", "受領確認済", "Receipt confirmed", "receipt", "ok"
    WITHDRAWN = "withdrawn", "取下げ", "Withdrawn", "withdrawn", ""
