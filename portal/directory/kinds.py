"""The kinds of organisation of the route table (domain §1.2). Not here: who forwards for whom (routes)."""

from __future__ import annotations

from portal.kit.choices import LabelledEnum
from portal.kit.roles import Audience


class OrgKind(LabelledEnum):
    """What an organisation is; its kind alone decides which audience its members belong to."""

    audience: Audience

    def __new__(cls, value: str, label: str = "", english: str = "", audience: Audience = ...) -> OrgKind:  # type: ignore[assignment]
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        member.english = english
        member.audience = audience
        return member

    SCHOOL = "school", "学校", "School", Audience.SCHOOL
    MUNICIPAL_BOARD = "municipal_board", "市町村教育委員会", "Municipal board of education", Audience.AUTHORITY
    DESIGNATED_CITY_BOARD = (
        "designated_city_board",
        "指定都市教育委員会",
        "Designated city board of education",
        Audience.AUTHORITY,
    )
    PREFECTURAL_BOARD = (
        "prefectural_board",
        "都道府県教育委員会",
        "Prefectural board of education",
        Audience.AUTHORITY,
    )
    GOVERNOR_OFFICE = (
        "governor_office",
        "都道府県知事部局(私立学校主管課)",
        "Governor's private school office",
        Audience.AUTHORITY,
    )
    NATIONAL_UNIVERSITY = "national_university", "国立大学法人", "National university", Audience.AUTHORITY
    PUBLIC_UNIVERSITY = (
        "public_university",
        "公立大学法人",
        "Public university corporation",
        Audience.AUTHORITY,
    )
    SPECIAL_ZONE_MUNICIPALITY = (
        "special_zone_municipality",
        "構造改革特別区域の地方公共団体",
        "Municipality of a special zone",
        Audience.AUTHORITY,
    )
    JCSOS = "jcsos", "JCSOS", "JCSOS", Audience.JCSOS
    PLATFORM = "platform", "システム運用", "Platform", Audience.PLATFORM
