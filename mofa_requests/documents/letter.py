"""依頼書: the authority's covering letter, from its letter and decision records. Layout ours: the form is 書式自由.

Not here: the check itself (check_sheet), who may sign (machine). Notices quoted by number only.
"""

from __future__ import annotations

from typing import Any

from mofa_requests.documents.annex3 import Annex3Item, ticks_by_item
from mofa_requests.documents.entries import DirectoryEntries
from mofa_requests.documents.letterhead import Head
from mofa_requests.documents.plan import nights
from mofa_requests.documents.values import (
    BLANK,
    Fact,
    Shown,
    fact,
    facts,
    label,
    show,
    show_era_and_western,
    show_people,
    show_phone,
)
from portal.directory.desks import Desk
from portal.dossier.types import Channel, Dossier, Edition, Letter, TickResult
from portal.kit.era import era_date

SUBJECT = "海外修学旅行に係る情報提供について(依頼)"
AMENDED = "海外修学旅行に係る計画の変更について(変更届)"
# Dates and numbers as in domain §1.1; 2003 stands on the two seed notices.
BASIS = {
    Edition.Y2003: "平成元年2月9日付け文初高第75号「海外修学旅行の安全確保について(通知)」記一",
    Edition.Y2016: "平成28年3月29日付け27文科初第1621号",
    Edition.Y2024: "令和6年12月12日付け6教国教第156号",
}

# How the sheets are held together: 別添三 末尾 for paper, since 2022 e-mail takes the place of post (domain §1.1).
BUNDLES: dict[Channel | None, str] = {
    Channel.EMAIL: "A4判、1つのPDF",
    Channel.FAX: "A4判片面",
    Channel.POST: "A4判片面、クリップ止め",
}


def letter_sheet(
    dossier: Dossier, *, entries: DirectoryEntries, amends: bool = False, head: Head | None = None
) -> dict[str, Any]:
    """The context of letter.html; one that amends says so in its subject."""
    letter = dossier.request.letter
    address = addressee(dossier, entries=entries)
    return {
        "letter": {name: _named(letter, name) for name in ("number", "sender_body", "sender_title", "sender_name")},
        "dated_on": show_era_and_western(letter.dated_on) if letter.dated_on else _named(letter, "dated_on"),
        "addressee": address,
        "honorific": honorific(address.text) if address.look != "blank" else "",
        "seal_omitted": letter.seal_omitted,
        "head": head or Head(),
        "subject": AMENDED if amends else SUBJECT,
        "amends": amends,
        "basis": BASIS[dossier.edition],
        "trip": _trip_facts(dossier, entries=entries),
        "result": _result_facts(dossier),
        "wanted": show(letter.wanted),
        "bundle": BUNDLES.get(letter.channel, BUNDLES[Channel.POST]),
        "sent": (Fact(label(letter, "channel"), sent_by(letter.channel, desk=entries.letter_desk)),),
        "desk": (*facts(letter, "section", "person"), fact(letter, "phone", show_phone), fact(letter, "email")),
    }


def addressee(dossier: Dossier, *, entries: DirectoryEntries) -> Shown:
    """As fixed in the letter record, else the desk valid on the letter's date (文初高第七五号 記一)."""
    desk = entries.letter_desk
    known = dossier.request.letter.addressee or (desk.addressee if desk else None)
    return show(known) if known else _named(dossier.request.letter, "addressee")


def sent_by(channel: Channel | None, *, desk: Desk | None) -> Shown:
    """The channel with the address that the directory has for it on the letter's date, and the desk's telephone."""
    if channel is None:
        return BLANK
    address = {Channel.EMAIL: desk.email, Channel.FAX: desk.fax}.get(channel, "") if desk else ""
    extension = f" 内線{desk.extension}" if desk and desk.extension else ""
    phone = f"電話 {desk.phone}{extension}" if desk and desk.phone else ""
    return Shown(f"{channel.label} {address}".strip(), "", phone)


def _named(letter: Letter, name: str) -> Shown:
    """The value, or what is missing by name: on a letter no label stands beside it."""
    value = getattr(letter, name)
    return Shown(f"{label(letter, name)} {BLANK.text}", BLANK.look) if value is None else show(value)


def honorific(name: str) -> str:
    """殿 for an office held by a person, 御中 for a body, nothing where one was typed."""
    if name.endswith(("殿", "様", "御中", "宛", "あて")):
        return ""
    return "殿" if name.endswith(("長", "長官", "大臣")) else "御中"


def _trip_facts(dossier: Dossier, *, entries: DirectoryEntries) -> tuple[Fact, ...]:
    outline, party = dossier.outline, dossier.outline.party
    people = f"生徒{_figure(party.students)}、引率者{_figure(party.escorts)}、その他{_figure(party.others)}"
    return (
        fact(dossier.school, "name"),
        fact(outline, "title"),
        Fact("期間", period_line(dossier)),
        Fact("訪問先", destinations_line(dossier, entries=entries)),
        Fact("参加者", Shown(f"{show_people(party.total).text}({people})") if party.total is not None else BLANK),
    )


def _figure(value: int | None) -> str:
    return show_people(value).text


def period_line(dossier: Dossier) -> Shown:
    """令和9年1月19日(火)から1月22日(金)まで(3泊4日); what is known while a date is missing."""
    outline = dossier.outline
    if outline.departs_on is None or outline.returns_on is None:
        known = [text for text in (outline.departs_on, outline.returns_on) if text]
        return Shown("、".join(f"{era_date(date)}のみ記入" for date in known), "blank") if known else BLANK
    return Shown(f"{era_date(outline.departs_on)}から{era_date(outline.returns_on)}まで({nights(outline)})")


def destinations_line(dossier: Dossier, *, entries: DirectoryEntries) -> Shown:
    """台湾(台北・台中)、韓国(釜山): countries with their cities."""
    cities: dict[str, list[str]] = {}
    for place in dossier.destinations:
        cities.setdefault(entries.country(place.country) or "国・地域未記入", []).append(
            (place.city or "都市未記入") + ("(乗継ぎ)" if place.transit else "")
        )
    return Shown("、".join(f"{name}({'・'.join(towns)})" for name, towns in cities.items())) if cities else BLANK


def _result_facts(dossier: Dossier) -> tuple[Fact, ...]:
    decision = dossier.request.decision
    return (
        Fact("別添三との照合", _tick_summary(dossier)),
        Fact("実施の是非の判断", show(decision.judgement)),
        fact(decision, "reasons") if decision.reasons else Fact("判断の理由・条件", BLANK),
        Fact("判断日・判断者", _decided(dossier)),
    )


def _tick_summary(dossier: Dossier) -> Shown:
    ticks = ticks_by_item(dossier)
    if not ticks:
        return BLANK
    counts = [
        f"{result.label}{sum(tick.result is result for tick in ticks.values())}項目"
        for result in TickResult
        if any(tick.result is result for tick in ticks.values())
    ]
    left = len(Annex3Item) - len(ticks)
    return Shown("、".join(counts + ([f"未記入{left}項目"] if left else [])))


def _decided(dossier: Dossier) -> Shown:
    decision = dossier.request.decision
    if decision.decided_on is None and decision.decided_by is None:
        return BLANK
    return Shown(f"{show(decision.decided_on).text} {show(decision.decided_by).text}")
