"""宿泊先一覧 (別添三 四, 別添一 一(三)): each night at a glance, each place as a card, homestay with its families.

Not here: the day's programme (itinerary).
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from mofa_requests.documents import people
from mofa_requests.documents.blocks import Card, Column, Grid, grid
from mofa_requests.documents.entries import DirectoryEntries
from mofa_requests.documents.nights import NO_PLACE, address_of, is_under_way, phone_of, sleeps_on, trip_days
from mofa_requests.documents.roster import roster_form
from mofa_requests.documents.values import (
    BLANK,
    Fact,
    Shown,
    fact,
    label,
    short_day,
    show,
    show_or_none,
    show_people,
    show_phone,
)
from portal.dossier.types import Dossier, Host, Leader, Stay, StayKind
from portal.kit.era import era_date
from portal.lawbook.edition import RosterForm


def lodging_sheet(dossier: Dossier, *, entries: DirectoryEntries) -> dict[str, Any]:
    """The context of lodging.html."""
    return {
        "nights": night_grid(dossier),
        "stays": stay_cards(dossier, entries=entries),
        "leader": leader_card(dossier),
        "homestay": homestay_card(dossier),
        "homestay_facts": _homestay_facts(dossier),
        "hosts": _host_grid(dossier),
    }


def night_grid(dossier: Dossier) -> Grid:
    """Where the party sleeps on each night of the trip, with the telephone to ring."""
    columns = (Column("夜", 15, "time"), Column("宿泊先", 38), Column("電話番号", 26), Column("班・人数", 21))
    return grid(columns, [row for date in trip_days(dossier)[:-1] for row in _night_rows(dossier, date)])


def _night_rows(dossier: Dossier, date: dt.date) -> list[list[Shown]]:
    stays = [stay for stay in dossier.stays if sleeps_on(stay, date)]
    if not stays:
        return [[Shown(short_day(date)), NO_PLACE, BLANK, BLANK]]
    return [
        [
            Shown(short_day(date)),
            Shown(show(stay.name).text, show(stay.name).look, stay.city or ""),
            phone_of(stay),
            Shown(f"{people.group_names(dossier, stay.groups)} {show_people(stay.people).text}"),
        ]
        for stay in stays
    ]


def stay_cards(dossier: Dossier, *, entries: DirectoryEntries) -> tuple[Card, ...]:
    """One card a place, in order of the first night; one card of 未記入 when there is none."""
    stays = sorted(dossier.stays, key=lambda stay: (stay.checks_in or dt.date.max, stay.key))
    return tuple(_stay_card(dossier, stay, entries=entries) for stay in stays or [Stay(key="none")])


def _stay_card(dossier: Dossier, stay: Stay, *, entries: DirectoryEntries) -> Card:
    place = " ".join((entries.country(stay.country) or "国・地域未記入", stay.city or "都市未記入"))
    where = () if is_under_way(stay) else (Fact("国・都市", Shown(place)),)
    return Card(
        title=f"{_nights(stay)} {stay.kind.label}",
        cite="別添三 四",
        name=Shown(show(stay.name).text, show(stay.name).look or "strong", stay.local_name or ""),
        facts=(Fact(label(stay, "address"), address_of(stay)), *where),
        phones=(
            Fact(label(stay, "phone"), phone_of(stay)),
            Fact("班・人数", Shown(f"{people.group_names(dossier, stay.groups)} {show_people(stay.people).text}")),
        ),
    )


def _nights(stay: Stay) -> str:
    if stay.checks_in is None or stay.checks_out is None:
        return f"{show(stay.checks_in).text}から{show(stay.checks_out).text}まで"
    count = (stay.checks_out - stay.checks_in).days
    return f"{era_date(stay.checks_in)}から{era_date(stay.checks_out)}まで {count}泊"


def leader_card(dossier: Dossier) -> Card:
    """旅行団責任者氏名 (別添一 一(三)(ロ))."""
    leader, person = dossier.leader, people.find(dossier, dossier.leader.participant)
    reach = {True: "使えることを確認済み", False: "使えない", None: "未記入"}[leader.roaming]
    return Card(
        title=label(Leader, "participant"),
        cite="別添一 一(三)(ロ)",
        name=show(person.name if person else None),
        facts=(Fact("区分", show(person.role if person else None)), Fact("現地での通話", Shown(reach))),
        phones=(Fact("携帯電話", show_phone(leader.mobile)),),
    )


def homestay_card(dossier: Dossier) -> Card | None:
    """代表者氏名及び連絡先 (別添一 一(三)(ハ)); None only when the plan says that nobody stays with a family."""
    home = dossier.homestay
    if not uses_homestay(dossier):
        return None
    return Card(
        title="ホームステイの代表者",
        cite="別添一 一(三)(ハ)",
        name=show(home.representative),
        facts=(fact(home, "organisation"), Fact("引率の宿泊先", show(home.escort_lodging))),
        phones=(fact(home, "representative_phone", show_phone),),
    )


def uses_homestay(dossier: Dossier) -> bool:
    """Whether homestay is planned by its own answer, by a lodging of that kind, or by anything entered about it."""
    if any(stay.kind is StayKind.HOMESTAY for stay in dossier.stays) or dossier.hosts or dossier.homestay.used:
        return True
    answered = dossier.homestay.model_dump(exclude={"used"}).values()
    return any(value is not None for value in answered)


def _homestay_facts(dossier: Dossier) -> tuple[Fact, ...]:
    used = {True: "行う", False: "行わない", None: "未記入"}[dossier.homestay.used]
    planned = Fact("ホームステイ", Shown(used, "" if dossier.homestay.used is not None else "blank"))
    if not uses_homestay(dossier):
        return (planned,)
    due = fact(dossier.homestay, "list_due_on", show_or_none if dossier.hosts else show)
    families = Shown(f"{len(dossier.hosts)}家庭") if dossier.hosts else BLANK
    return (planned, Fact("受入家庭の数", families), due)


def _host_grid(dossier: Dossier) -> Grid | None:
    """The families, with the pupils' names only where the edition sends names (roster)."""
    if not uses_homestay(dossier):
        return None
    columns = (
        Column(label(Host, "family"), 20),
        Column(label(Host, "address"), 33),
        Column(label(Host, "phone"), 25),
        Column(label(Host, "guests"), 22),
    )
    named = roster_form(dossier) is RosterForm.NAMED
    return grid(columns, [_host_row(dossier, host, named=named) for host in dossier.hosts])


def _host_row(dossier: Dossier, host: Host, *, named: bool) -> list[Shown]:
    guests = [person.name or "氏名未記入" for person in dossier.participants if person.key in host.guests]
    number = show_people(len(host.guests))
    return [
        show(host.family),
        show(host.address),
        show_phone(host.phone, "0000"),
        Shown("\n".join(guests)) if named and guests else number if host.guests else BLANK,
    ]
