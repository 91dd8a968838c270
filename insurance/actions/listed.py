"""Keeping the list of insurers, assistance companies and products: entered, verified, retired; nothing is overwritten.

Not here: who may (portal.ui), what a plan's own contract says (trips and the dossier).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from insurance.enums import FirmKind
from insurance.models import ListedFirm, ListedProduct
from portal.audit.events import EventName
from portal.audit.record import Actor, Subject, record
from portal.dossier.types import Benefit
from portal.kit import clock
from portal.kit.era import western_date
from portal.kit.ids import uuid7
from portal.kit.machine import Refused


@dataclass(frozen=True)
class Entered:
    """What every entry says: where it comes from, and from which day it holds. Empty text where nothing is known."""

    name: str
    source: str
    valid_from: dt.date
    english_name: str = ""


@dataclass(frozen=True)
class Firm(Entered):
    """An insurer or an assistance company; ``strong_in`` are MOFA country codes."""

    kind: FirmKind = FirmKind.INSURER
    address: str = ""
    phone: str = ""
    hours: str = ""
    zone: str = ""
    strong_in: tuple[str, ...] = ()


@dataclass(frozen=True)
class Offer(Entered):
    """A product, or a group policy with its holder and number. ``insurer`` and ``assistance`` are subjects of firms."""

    insurer: UUID | None = None
    assistance: UUID | None = None
    holder: str = ""
    number: str = ""
    benefits: tuple[Benefit, ...] = ()
    exclusions: str = ""


@transaction.atomic
def list_firm(firm: Firm, *, by: Actor, subject: UUID | None = None) -> ListedFirm:
    """Enter a firm, or with ``subject`` what holds of a known one from another day on."""
    _refuse_nameless(firm)
    row = ListedFirm(**_common(firm, by, subject), kind=firm.kind.value, strong_in=list(firm.strong_in))
    row.address, row.phone, row.hours, row.zone = firm.address, firm.phone, firm.hours, firm.zone
    _refuse_second(ListedFirm, row)
    return _enter(row, by)


@transaction.atomic
def list_product(offer: Offer, *, by: Actor, subject: UUID | None = None) -> ListedProduct:
    """Enter a product; its insurer must stand in the list, and so must its assistance company if it has one."""
    _refuse_nameless(offer)
    if offer.insurer is None or not _stands(offer.insurer, FirmKind.INSURER):
        raise Refused(
            "保険会社を一覧から選んでください。一覧になければ、先に保険会社を登録してください",
            "Choose the insurer from the list; enter it first if it is missing",
        )
    if offer.assistance is not None and not _stands(offer.assistance, FirmKind.ASSISTANCE):
        raise Refused("アシスタンス会社を一覧から選んでください", "Choose the assistance company from the list")
    _refuse_twice(offer.benefits)
    row = ListedProduct(
        **_common(offer, by, subject),
        insurer=offer.insurer,
        assistance=offer.assistance,
        holder=offer.holder,
        number=offer.number,
        benefits=[benefit.model_dump(mode="json") for benefit in offer.benefits],
        exclusions=offer.exclusions,
    )
    _refuse_second(ListedProduct, row)
    return _enter(row, by)


@transaction.atomic
def verify_listed(entry: ListedFirm | ListedProduct, *, on: dt.date, by: Actor) -> None:
    """Somebody asked the firm, or read its own publication, on that day and found the entry right."""
    if on > clock.today():
        raise Refused("確かめた日は今日までの日を書いてください", "The day of verifying is today or earlier")
    entry.verified_on, entry.verified_by_id = on, by.person_id
    entry.save(update_fields=["verified_on", "verified_by"])
    record(EventName.LISTED_VERIFIED, by=by, about=Subject(), entry=entry.name, on=on.isoformat())


@transaction.atomic
def retire_listed(entry: ListedFirm | ListedProduct, *, on: dt.date, by: Actor) -> None:
    """From that day on the entry holds no more; it stays in the history."""
    if on < entry.valid_from:
        raise Refused(
            f"終わりの日({western_date(on)})が、有効になった日({western_date(entry.valid_from)})より前です",
            f"The entry would end on {on}, before it began on {entry.valid_from}",
        )
    entry.retired_on = on
    entry.save(update_fields=["retired_on"])
    record(EventName.LISTED_RETIRED, by=by, about=Subject(), entry=entry.name, on=on.isoformat())


def _common(entered: Entered, by: Actor, subject: UUID | None) -> dict[str, Any]:
    return {
        "org_id": by.org_id,
        "subject": subject or uuid7(),
        "name": entered.name.strip(),
        "english_name": entered.english_name.strip(),
        "source": entered.source.strip(),
        "valid_from": entered.valid_from,
        "recorded_by_id": by.person_id,
    }


def _enter(row: Any, by: Actor) -> Any:
    row.save(force_insert=True)
    record(EventName.LISTED_ENTERED, by=by, about=Subject(), entry=row.name)
    return row


def _refuse_nameless(entered: Entered) -> None:
    if not entered.name.strip():
        raise Refused("名称を書いてください", "Write the name")
    if not entered.source.strip():
        raise Refused(
            "出典を書いてください。例: 会社の公式サイトの題名と見た日。出典のない番号は載せられません",
            "Write the source, for example the title of the firm's page and the day; nothing is listed without one",
        )


def _refuse_twice(benefits: tuple[Benefit, ...]) -> None:
    kinds = [benefit.kind for benefit in benefits]
    twice = next((kind for kind in kinds if kinds.count(kind) > 1), None)
    if twice is not None:
        raise Refused(
            f"「{twice.label}」が二度書かれています。1行にしてください", f"“{twice.english}” stands there twice"
        )


def _refuse_second(model: type[ListedFirm] | type[ListedProduct], row: Any) -> None:
    if model.objects.filter(org_id=row.org_id, subject=row.subject, valid_from=row.valid_from).exists():
        raise Refused(
            f"{western_date(row.valid_from)}からの記載がすでにあります。別の日から有効にしてください",
            f"There is an entry that holds from {row.valid_from} already; choose another day",
        )


def _stands(subject: UUID, kind: FirmKind) -> bool:
    return ListedFirm.objects.filter(subject=subject, kind=kind.value, retired_on=None).exists()
