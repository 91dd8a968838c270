"""Who a person is in the portal: audiences (which window) and roles (which hand). Labels as the screens show them.

Not here: memberships and permissions (portal.accounts), transitions and who may fire them (each app's machine).
"""

from __future__ import annotations

from portal.kit.choices import LabelledEnum


class Audience(LabelledEnum):
    """The window one looks through: a school's own rows, released revisions, member trips, or no tenant content."""

    SCHOOL = "school", "学校", "School"
    AUTHORITY = "authority", "所管庁", "Authority"
    JCSOS = "jcsos", "JCSOS", "JCSOS"
    PLATFORM = "platform", "システム運用", "Platform"


class Role(LabelledEnum):
    """One hand in one organisation; a person may hold several through several memberships."""

    audience: Audience

    def __new__(cls, value: str, label: str = "", english: str = "", audience: Audience = ...) -> Role:  # type: ignore[assignment]
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        member.english = english
        member.audience = audience
        return member

    SCHOOL_DRAFTER = "school_drafter", "起案者", "Drafter", Audience.SCHOOL
    SCHOOL_PRINCIPAL = "school_principal", "校長", "Principal", Audience.SCHOOL
    SCHOOL_HOME_CONTACT = "school_home_contact", "留守責任者", "Responsible at home", Audience.SCHOOL
    SCHOOL_ESCORT = "school_escort", "引率教員", "Escort", Audience.SCHOOL
    SCHOOL_AGENT = "school_agent", "旅行会社の協力者", "Travel agent's helper", Audience.SCHOOL
    AUTHORITY_OFFICER = "authority_officer", "担当", "Officer", Audience.AUTHORITY
    AUTHORITY_APPROVER = "authority_approver", "決裁", "Approver", Audience.AUTHORITY
    JCSOS_MEMBERS = "jcsos_members", "会員管理", "Membership", Audience.JCSOS
    JCSOS_AUDITOR = "jcsos_auditor", "監査", "Auditor", Audience.JCSOS
    JCSOS_NEWS = "jcsos_news", "情報発信", "Circulars", Audience.JCSOS
    JCSOS_CASES = "jcsos_cases", "相談・J-TAS", "Consultation and J-TAS", Audience.JCSOS
    PLATFORM_OPERATOR = "platform_operator", "システム運用者", "Platform operator", Audience.PLATFORM

    @classmethod
    def of(cls, audience: Audience) -> tuple[Role, ...]:
        """The roles that look through ``audience``'s window, in order of definition."""
        return tuple(role for role in cls if role.audience is audience)
