"""緊急連絡体制表: 別添一 一 to 三 in full, in the order of the notice, every telephone large.

Not here: whether a number is missing (rules); here a missing one prints as 未記入.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from mofa_requests.documents import lodging, people, plan
from mofa_requests.documents.blocks import Card, Column, Grid, grid
from mofa_requests.documents.entries import DirectoryEntries
from mofa_requests.documents.nights import address_of, phone_of
from mofa_requests.documents.values import (
    Fact,
    Shown,
    fact,
    facts,
    label,
    short_day,
    show,
    show_phone,
)
from portal.directory.desks import Desk
from portal.dossier.types import Agent, AgentRole, Dossier, Mission

# 別添一 三(一) and (二), verbatim.
FIRST_DUTY = (
    "事件、事故が発生した場合、引率教員は、学校へ連絡すると同時に、"
    "必要に応じて現地エージェント及び最寄り在外公館へ連絡する。"
)
GRAVE_DUTY = (
    "重要な事件、事故に関しては、必ず、現地では最寄り在外公館へ、"
    "また同時に、学校経由で外務本省邦人保護課(夜間はオペレーションルーム)へ連絡する。"
)


def contacts_sheet(dossier: Dossier, *, entries: DirectoryEntries) -> dict[str, Any]:
    """The context of contacts.html."""
    emergency = dossier.emergency
    return {
        "school": school_card(dossier),
        "home": plan.home_cards(dossier, cite="別添一 一(一)(ロ)"),
        "agents": agent_cards(dossier, entries=entries),
        "conductor": _conductor_card(dossier),
        "stays": _stay_grid(dossier),
        "leader": lodging.leader_card(dossier),
        "homestay": lodging.homestay_card(dossier),
        "missions": mission_cards(dossier, entries=entries),
        "ministry": _ministry_card(dossier, entries=entries),
        "known": facts(emergency, "told_all_on", "dialling"),
        "first_duty": FIRST_DUTY,
        "grave_duty": GRAVE_DUTY,
        "first_call": fact(emergency, "first_call"),
        "grave_call": fact(emergency, "grave_call"),
    }


def school_card(dossier: Dossier) -> Card:
    """別添一 一(一)(イ)."""
    school = dossier.school
    return Card(
        title="学校連絡先",
        cite="別添一 一(一)(イ)",
        name=show(school.name),
        facts=facts(school, "postcode", "address"),
        phones=(fact(school, "phone", show_phone),),
    )


def agent_cards(dossier: Dossier, *, entries: DirectoryEntries) -> tuple[Card, ...]:
    """別添一 一(二): the agencies, then the local agents; a missing kind has a card that says so."""
    cards = [
        _agent_card(agent, entries=entries) for role in AgentRole for agent in dossier.agents if agent.role is role
    ]
    held = {agent.role for agent in dossier.agents}
    if AgentRole.AGENCY not in held:
        cards.insert(0, _agent_card(Agent(key="none"), entries=entries))
    if AgentRole.LOCAL not in held:
        cards.append(_no_local_agent_card(dossier))
    return tuple(cards)


def _no_local_agent_card(dossier: Dossier) -> Card:
    reason = dossier.no_local_agent_reason
    return Card(
        title=AgentRole.LOCAL.label,
        cite="別添一 一(二)",
        name=Shown("該当なし") if reason else show(None),
        facts=(Fact("理由", show(reason)),),
        phones=(),
    )


def _agent_card(agent: Agent, *, entries: DirectoryEntries) -> Card:
    phone = partial(show_phone, country=agent.country)
    night = fact(agent, "night_phone", phone)
    if agent.night_phone is None and agent.open_24h:
        night = Fact(night.label, Shown("上の番号が24時間つながる"))
    return Card(
        title=agent.role.label,
        cite="別添一 一(二)",
        name=Shown(show(agent.name).text, show(agent.name).look, plan.licence(agent)),
        facts=(
            fact(agent, "address"),
            Fact(
                "国・地域", show(entries.country(agent.country) or ("日本" if agent.role is AgentRole.AGENCY else None))
            ),
            fact(agent, "person"),
        ),
        phones=(fact(agent, "phone", phone), night),
    )


def _conductor_card(dossier: Dossier) -> Card | None:
    """The conductor; None when nobody of that role travels and none is named."""
    conductor, person = dossier.conductor, people.find(dossier, dossier.conductor.participant)
    if conductor.participant is None and not people.has_conductor(dossier):
        return None
    return Card(
        title=label(conductor, "participant"),
        name=show(person.name if person else None),
        facts=(),
        phones=(Fact("携帯電話", show_phone(conductor.mobile)),),
    )


def _stay_grid(dossier: Dossier) -> Grid:
    columns = (Column("宿泊先", 37), Column("住所", 35), Column("電話番号", 28))
    rows = [
        [
            Shown(show(stay.name).text, show(stay.name).look, _dates(stay.checks_in, stay.checks_out)),
            address_of(stay),
            phone_of(stay),
        ]
        for stay in dossier.stays
    ]
    return grid(columns, rows)


def _dates(first: Any, last: Any) -> str:
    return f"{short_day(first) if first else '未記入'}から{short_day(last) if last else '未記入'}まで"


def mission_cards(dossier: Dossier, *, entries: DirectoryEntries) -> tuple[Card, ...]:
    """別添一 二(一)(イ); one card of 未記入 when none is named."""
    return tuple(_mission_card(mission, entries=entries) for mission in dossier.missions or (Mission(key="none"),))


def _mission_card(mission: Mission, *, entries: DirectoryEntries) -> Card:
    cities = "・".join(mission.cities) or None
    checked = f"{show(mission.verified_on).text} {show(mission.source).text}"
    return Card(
        title="最寄りの日本側在外公館",
        cite="別添一 二(一)(イ)",
        name=show(mission.name),
        facts=(
            fact(mission, "address"),
            Fact("受け持つ都市", Shown(f"{show(entries.country(mission.country)).text} {show(cities).text}")),
            Fact("番号の確認", Shown(checked)),
        ),
        phones=(fact(mission, "phone", partial(show_phone, country=mission.country)),),
    )


def _ministry_card(dossier: Dossier, *, entries: DirectoryEntries) -> Card:
    """別添一 二(一)(ロ): as the school wrote them, with the desk the directory names for the day of departure."""
    emergency = dossier.emergency
    return Card(
        title="外務本省",
        cite="別添一 二(一)(ロ)",
        name=Shown(_desk_name(entries.emergency_desk)),
        facts=_desk_facts(entries.emergency_desk),
        phones=(
            Fact("昼間", show_phone(emergency.mofa_day_phone)),
            Fact("夜間・休日", show_phone(emergency.mofa_night_phone)),
        ),
    )


def _desk_name(desk: Desk | None) -> str:
    return (desk.emergency_desk if desk else "") or "外務本省"


def _desk_facts(desk: Desk | None) -> tuple[Fact, ...]:
    if desk is None:
        return (Fact("資料の番号", Shown("出発日の窓口は資料にない", "blank")),)
    by_day = " 内線".join(part for part in (desk.day_phone, desk.day_extension) if part)
    by_night = " 内線".join(part for part in (desk.night_phone, desk.night_extension) if part)
    return (
        Fact("資料の昼間", Shown(by_day or "資料なし")),
        Fact("資料の夜間", Shown(f"{desk.night_desk} {by_night or '資料なし'}".strip())),
        Fact("資料の出典", Shown(desk.source)),
    )
