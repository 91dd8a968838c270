"""引渡し書 for insurer and assistance company: itinerary and the blood types of consenting people (別添二 五(四)).

Not here: health, birth dates, guardians, the numbers of people at home; none of them leaves with this paper.
"""

from __future__ import annotations

from typing import Any

from mofa_requests.documents import people
from mofa_requests.documents.blocks import Card, Column, Grid, grid
from mofa_requests.documents.districts import in_order_of_nights
from mofa_requests.documents.entries import DirectoryEntries
from mofa_requests.documents.itinerary import leg_grid, visit_span
from mofa_requests.documents.letter import destinations_line, period_line
from mofa_requests.documents.nights import address_of, phone_of
from mofa_requests.documents.receivers.sealed import Sealed, consenting
from mofa_requests.documents.values import BLANK, Fact, Shown, fact, short_day, show, show_people, show_phone
from portal.dossier.types import Dossier, Stay

FIELDS = frozenset(
    [
        "trip_no",
        "revision",
        "school.name",
        "school.phone",
        "outline.title",
        "outline.departs_on",
        "outline.returns_on",
        "outline.party.total",
        "destinations.city",
        "destinations.transit",
        "groups.name",
        "legs.carrier",
        "legs.number",
        "legs.operated_by",
        "legs.origin",
        "legs.destination",
        "legs.departs_at",
        "legs.arrives_at",
        "legs.people",
        "legs.to_follow_on",
        "activities.on",
        "activities.starts",
        "activities.ends",
        "activities.city",
        "activities.title",
        "stays.name",
        "stays.city",
        "stays.phone",
        "stays.address",
        "stays.checks_in",
        "stays.checks_out",
        "leader.mobile",
        "policies.insurer",
        "policies.number",
        "policies.assistance.company",
        "policies.assistance.phone",
        "participants.name",
        "participants.passport_surname",
        "participants.passport_given",
    ]
)


def insurer_sheet(dossier: Dossier, *, entries: DirectoryEntries, sealed: Sealed) -> dict[str, Any]:
    """The context of insurer.html."""
    blood = consenting(dossier, sealed)
    return {
        "trip": _trip_facts(dossier, entries=entries),
        "contracts": _contract_cards(dossier),
        "legs": leg_grid(dossier, entries=entries),
        "stays": _stay_grid(dossier),
        "visits": _visit_grid(dossier),
        "blood": _blood_grid(dossier, sealed) if blood else None,
        "left_out": f"{len(dossier.participants) - len(blood):,}人",
        "listed": f"{len(blood):,}人",
    }


def _trip_facts(dossier: Dossier, *, entries: DirectoryEntries) -> tuple[Fact, ...]:
    leader = people.find(dossier, dossier.leader.participant)
    return (
        fact(dossier.school, "name"),
        fact(dossier.school, "phone", show_phone),
        fact(dossier.outline, "title"),
        Fact("期間", period_line(dossier)),
        Fact("訪問先", destinations_line(dossier, entries=entries)),
        fact(dossier.outline.party, "total", show_people),
        Fact("旅行団責任者", show(leader.name if leader else None)),
        fact(dossier.leader, "mobile", show_phone),
    )


def _contract_cards(dossier: Dossier) -> tuple[Card, ...]:
    return tuple(
        Card(
            title="保険契約とアシスタンス会社",
            name=show(policy.insurer),
            facts=(fact(policy, "number"), Fact("アシスタンス", show(policy.assistance.company))),
            phones=(fact(policy.assistance, "phone", show_phone),),
        )
        for policy in dossier.policies
    )


def _stay_grid(dossier: Dossier) -> Grid:
    columns = (Column("泊まる日", 18), Column("宿泊先", 26), Column("住所", 30), Column("電話番号", 26))
    return grid(columns, [_stay_row(stay) for stay in in_order_of_nights(dossier.stays)])


def _stay_row(stay: Stay) -> list[Shown]:
    first, last = (short_day(day) if day else BLANK.text for day in (stay.checks_in, stay.checks_out))
    name = show(stay.name)
    return [
        Shown(f"{first}から", "", f"{last}まで"),
        Shown(name.text, name.look, stay.city or ""),
        address_of(stay),
        phone_of(stay),
    ]


def _visit_grid(dossier: Dossier) -> Grid:
    columns = (Column("日付(現地)", 18), Column("時刻", 16, "time"), Column("訪問先・活動", 44), Column("都市", 22))
    return grid(
        columns,
        [
            [Shown(short_day(visit.on)) if visit.on else BLANK, visit_span(visit), show(visit.title), show(visit.city)]
            for visit in dossier.activities
        ],
    )


def _blood_grid(dossier: Dossier, sealed: Sealed) -> Grid:
    columns = (
        Column("番号", 10, "centre"),
        Column("氏名", 32),
        Column("旅券のローマ字", 38),
        Column("血液型", 20, "time"),
    )
    rows = [
        [Shown(str(number)), show(person.name), show(_passport_name(person)), Shown(care.blood_type)]
        for number, (person, care) in enumerate(consenting(dossier, sealed), start=1)
    ]
    return grid(columns, rows)


def _passport_name(person: Any) -> str | None:
    return " ".join(part for part in (person.passport_surname, person.passport_given) if part) or None
