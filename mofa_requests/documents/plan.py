"""計画書(旅行届): the outline of the trip, the school, its people at home, figures, places, agents, preparation.

Not here: times and flights (itinerary), beds (lodging), what to do in an accident (contacts).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mofa_requests.documents import people
from mofa_requests.documents.blocks import Card, Column, Grid, grid, paired
from mofa_requests.documents.entries import DirectoryEntries
from mofa_requests.documents.itinerary_times import offset_from_japan
from mofa_requests.documents.substitutes import Substitute, substitutes_grid
from mofa_requests.documents.values import (
    BLANK,
    Fact,
    Shown,
    fact,
    facts,
    label,
    show,
    show_or_none,
    show_or_untold,
    show_people,
    show_phone,
    show_yen,
)
from portal.dossier.types import Agent, AgentRole, Destination, Dossier, Group, HomeContact, Outline, PartyFigures
from portal.kit.era import era_date


def plan_sheet(
    dossier: Dossier, *, entries: DirectoryEntries, substitutes: Sequence[Substitute] = ()
) -> dict[str, Any]:
    """The context of plan.html; ``substitutes`` are told of at its end."""
    return {
        "school": paired(school_facts(dossier)),
        "home": _home_grid(dossier),
        "outline": paired(_outline_facts(dossier)),
        "party": _party_grid(dossier),
        "destinations": _destination_grid(dossier, entries=entries),
        "groups": _group_grid(dossier),
        "agents": _agent_grid(dossier),
        "readiness": paired(_readiness_facts(dossier)),
        "substitutes": substitutes_grid(substitutes, dossier=dossier),
    }


def school_facts(dossier: Dossier) -> tuple[Fact, ...]:
    """別添三 二, with everything else the school says of itself."""
    school = dossier.school
    return (
        Fact(
            label(school, "name"), Shown(show(school.name).text, show(school.name).look or "strong", school.kana or "")
        ),
        *facts(school, "english_name", "founder", "kind", "principal", "postcode", "address", "email"),
        fact(school, "phone", show_phone),
        fact(school, "fax", show_phone),
    )


def _home_grid(dossier: Dossier) -> Grid:
    """別添三 三 in short; the cards with every number large stand in the contacts."""
    columns = (Column("区分", 18), Column("氏名・職名", 26), Column("夜間の連絡先", 28), Column("休日の連絡先", 28))
    rows = [
        [
            Shown(contact.role.label),
            Shown(show(contact.name).text, show(contact.name).look or "strong", show(contact.title).text),
            show_phone(contact.night_phone),
            _holiday(contact),
        ]
        for contact in dossier.home_contacts
    ]
    return grid(columns, rows)


def home_cards(dossier: Dossier, *, cite: str) -> tuple[Card, ...]:
    """One card a person who answers at night; one card of 未記入 when nobody is named."""
    return tuple(_home_card(contact, cite=cite) for contact in dossier.home_contacts or (HomeContact(key="none"),))


def _home_card(contact: HomeContact, *, cite: str) -> Card:
    return Card(
        title=contact.role.label,
        cite=cite,
        name=show(contact.name),
        facts=facts(contact, "title"),
        phones=(fact(contact, "night_phone", show_phone), Fact(label(contact, "holiday_phone"), _holiday(contact))),
    )


def _holiday(contact: HomeContact) -> Shown:
    if contact.holiday_phone is None and contact.holiday_same_as_night:
        night = show_phone(contact.night_phone)
        return Shown(night.text, night.look, "夜間と同じ番号")
    return show_phone(contact.holiday_phone)


def nights(outline: Outline) -> str:
    """4泊5日 by the two dates; 日数未定 while one is missing or they are the wrong way round."""
    if outline.departs_on is None or outline.returns_on is None or outline.returns_on < outline.departs_on:
        return "日数未定"
    count = (outline.returns_on - outline.departs_on).days
    return f"{count}泊{count + 1}日"


def _outline_facts(dossier: Dossier) -> tuple[Fact, ...]:
    outline = dossier.outline
    return (
        *facts(outline, "title", "kind", "purpose", "departs_on", "returns_on"),
        Fact("期間", Shown(nights(outline))),
        *facts(outline, "assembles_at", "dismissed_at", "contract", "grade"),
        fact(outline, "enrolled", show_people),
        fact(outline, "non_participants", show_people),
        fact(outline, "cost_per_head", show_yen),
        *facts(outline, "previsit_on", "previsit_by"),
        fact(outline, "previsit_none_reason", show_or_none if outline.previsit_on else show),
        fact(dossier, "late_filing_reason", show_or_untold),
    )


def _party_grid(dossier: Dossier) -> Grid:
    party, names = dossier.outline.party, tuple(PartyFigures.model_fields)
    columns = [Column("", 16), *(Column(label(party, name), 84 // len(names), "centre") for name in names)]
    stated = [Shown("計画の人数"), *(show_people(getattr(party, name)) for name in names)]
    return grid(columns, [stated, [Shown("名簿の人数"), *_roster_figures(dossier)]])


def _roster_figures(dossier: Dossier) -> list[Shown]:
    """The same figures counted from the roster, so that a reader sees at once whether they agree (別添三 七)."""
    tally = people.tally_by_role(dossier.participants)
    roles = {role.value: sum(counts.values()) for role, counts in tally.items()}
    sexes = {sex: sum(counts[sex] for counts in tally.values()) for counts in tally.values() for sex in counts}
    total = sum(roles.values())
    figures = (
        roles["student"],
        roles["escort"],
        total - roles["student"] - roles["escort"],
        sum(count for sex, count in sexes.items() if sex == "male"),
        sum(count for sex, count in sexes.items() if sex == "female"),
        total,
    )
    return [show_people(figure) for figure in figures]


def _destination_grid(dossier: Dossier, *, entries: DirectoryEntries) -> Grid:
    columns = (
        Column("国・地域", 13),
        Column("都市", 11),
        Column("日本との時差", 15),
        Column("危険情報", 11, "centre"),
        Column("感染症", 11, "centre"),
        Column("確認日・情報源", 19),
        Column("検討結果", 20),
    )
    places = dossier.destinations or (Destination(key="none"),)
    return grid(columns, [_destination_row(place, dossier=dossier, entries=entries) for place in places])


def _destination_row(place: Destination, *, dossier: Dossier, entries: DirectoryEntries) -> list[Shown]:
    city = show(place.city)
    return [
        show(entries.country(place.country)),
        Shown(f"{city.text}(乗継ぎ)", city.look) if place.transit else city,
        Shown(offset_from_japan(place.zone, on=dossier.outline.departs_on), "", place.zone) if place.zone else BLANK,
        _level(place.danger_level),
        _level(place.infection_level),
        _level_source(place),
        show(place.assessment),
    ]


def _level_source(place: Destination) -> Shown:
    checked = place.level_checked_on
    return Shown(
        era_date(checked, weekday=False) if checked else BLANK.text,
        "" if checked else BLANK.look,
        show(place.level_source).text,
    )


def _level(value: int | None) -> Shown:
    return BLANK if value is None else Shown(f"レベル{value}" if value else "発出なし")


def _group_grid(dossier: Dossier) -> Grid | None:
    """Groups with their own dates and leader; None when the party travels as one."""
    columns = (
        Column("班", 26),
        Column(label(Group, "departs_on"), 24),
        Column(label(Group, "returns_on"), 24),
        Column(label(Group, "leader"), 16),
        Column("名簿の人数", 10, "centre"),
    )
    rows = [
        [
            Shown(group.name or group.key),
            show(group.departs_on),
            show(group.returns_on),
            _person_name(dossier, group.leader),
            show_people(sum(person.group == group.key for person in dossier.participants)),
        ]
        for group in dossier.groups
    ]
    return grid(columns, rows) if rows else None


def _person_name(dossier: Dossier, key: str | None) -> Shown:
    person = people.find(dossier, key)
    return show(person.name if person else None)


def _agent_grid(dossier: Dossier) -> Grid:
    columns = (Column("区分", 15), Column("名称・登録番号", 27), Column("住所", 30), Column("電話番号", 28))
    rows = [
        [
            Shown(agent.role.label),
            Shown(show(agent.name).text, show(agent.name).look, licence(agent)),
            show(agent.address),
            show_phone(agent.phone),
        ]
        for agent in dossier.agents
    ]
    return grid(columns, rows)


def licence(agent: Agent) -> str:
    """登録番号 of an agency; a local agent has none under Japanese law."""
    return f"登録番号 {show(agent.licence).text}" if agent.licence or agent.role is AgentRole.AGENCY else ""


def _readiness_facts(dossier: Dossier) -> tuple[Fact, ...]:
    ready = dossier.readiness
    return (
        *facts(ready, "orientation_on", "orientation_syllabus"),
        fact(ready, "orientation_attended", show_people),
        *facts(ready, "orientation_makeup", "parents_meeting_on", "tabireji_on", "tabireji_by"),
        fact(ready, "mext_copy_on"),
    )
