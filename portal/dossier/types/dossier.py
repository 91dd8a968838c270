"""The whole request as one immutable value. Not here: its parts (school … request)."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from portal.dossier.types.cover import Handover, OptOut, Policy
from portal.dossier.types.journey import (
    Activity,
    Agent,
    Conductor,
    Emergency,
    Homestay,
    Host,
    Leader,
    Leg,
    Mission,
    Stay,
)
from portal.dossier.types.part import Part, item
from portal.dossier.types.people import Participant
from portal.dossier.types.request import Confirmation, Readiness, Request
from portal.dossier.types.scalars import SCHEMA_VERSION, Day, Key, Line, Prose
from portal.dossier.types.school import Destination, Group, HomeContact, Outline, School
from portal.dossier.types.vocabularies import Edition


class Dossier(Part):
    """The canonical value that rules judge, packets print and revisions freeze."""

    schema_version: Annotated[str, StringConstraints(pattern="^1$")] = item(
        "書式の版", "Schema version", default=SCHEMA_VERSION
    )
    trip_no: Key | None = item("旅行番号", "Trip number")
    revision: Annotated[int, Field(ge=1, le=9999)] | None = item("版", "Revision")
    demo: bool = item("見本", "Specimen", default=False)
    as_of: Day | None = item("判定の基準日(見本用)", "Judge as of (specimens)")
    edition: Edition = item("適用する通知の版", "Edition of the notices", default=Edition.Y2003)
    school: School = item("学校", "School", default=School())
    home_contacts: tuple[HomeContact, ...] = item(
        "留守校の連絡先",
        "Home contacts",
        default=(),
        cite=("別添三 三", "別添一 一(一)(ロ)"),
        remedy="home",
        max_length=10,
    )
    outline: Outline = item("旅行概要", "Outline", default=Outline())
    destinations: tuple[Destination, ...] = item(
        "訪問先", "Destinations", default=(), remedy="destinations", max_length=60
    )
    groups: tuple[Group, ...] = item("班", "Groups", default=(), remedy="outline#groups", max_length=40)
    legs: tuple[Leg, ...] = item(
        "便・移動", "Legs", default=(), cite=("別添三 一",), remedy="itinerary", max_length=400
    )
    activities: tuple[Activity, ...] = item("行程", "Activities", default=(), remedy="itinerary", max_length=1000)
    stays: tuple[Stay, ...] = item(
        "宿泊",
        "Stays",
        default=(),
        cite=("別添三 四", "別添一 一(三)(イ)"),
        remedy="lodging",
        max_length=200,
    )
    homestay: Homestay = item("ホームステイ", "Homestay", default=Homestay())
    hosts: tuple[Host, ...] = item(
        "受入家庭一覧",
        "Host families",
        cite=("別添一 一(三)(ハ)",),
        default=(),
        remedy="homestay#hosts",
        max_length=2000,
    )
    leader: Leader = item("旅行団責任者", "Leader", default=Leader())
    agents: tuple[Agent, ...] = item(
        "旅行会社・現地エージェント",
        "Agents",
        default=(),
        cite=("別添三 五", "別添一 一(二)(イ)"),
        remedy="agents",
        max_length=40,
    )
    no_local_agent_reason: Line | None = item(
        "現地エージェント「該当なし」の理由",
        "Why no local agent",
        cite=("別添三 五", "別添一 一(二)(イ)"),
        remedy="agents#no_local_agent_reason",
    )
    conductor: Conductor = item("添乗員", "Conductor", default=Conductor())
    missions: tuple[Mission, ...] = item(
        "在外公館", "Missions", default=(), cite=("別添一 二(一)(イ)",), remedy="missions", max_length=60
    )
    emergency: Emergency = item("緊急連絡体制", "Emergency contacts", default=Emergency())
    policies: tuple[Policy, ...] = item(
        "保険契約",
        "Policies",
        default=(),
        cite=("別添三 六", "別添二 一(三)"),
        remedy="insurance",
        max_length=20,
    )
    opt_outs: tuple[OptOut, ...] = item(
        "保険未加入の意思表明",
        "Opt-outs",
        cite=("別添二 一(三)",),
        default=(),
        remedy="insurance#opt_outs",
        max_length=4000,
    )
    handover: Handover = item("保険会社への引渡し", "Hand-over to the insurer", default=Handover())
    participants: tuple[Participant, ...] = item(
        "参加者名簿", "Roster", default=(), cite=("別添三 七",), remedy="roster", max_length=5000
    )
    readiness: Readiness = item("準備", "Readiness", default=Readiness())
    confirmations: tuple[Confirmation, ...] = item("職員による確認", "Staff confirmations", default=(), max_length=40)
    late_filing_reason: Prose | None = item(
        "期限後提出の理由", "Reason for late filing", remedy="submit#late_filing_reason"
    )
    request: Request = item("依頼(所管庁の記入欄)", "Request (the authority's part)", default=Request())
