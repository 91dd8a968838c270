"""The list of firms and products on a day, read for a screen. No writes."""

from __future__ import annotations

import datetime as dt
from typing import TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet

from insurance.enums import FirmKind
from insurance.models import ListedFirm, ListedProduct

STALE_AFTER = dt.timedelta(days=365)
"""An entry that nobody verified for a year wants a look."""
Entry = TypeVar("Entry", ListedFirm, ListedProduct)


def firms_on(day: dt.date, *, kind: FirmKind | None = None) -> list[ListedFirm]:
    """The firms' entries that hold on ``day``, one of each subject, by name."""
    rows = ListedFirm.objects.filter(kind=kind.value) if kind else ListedFirm.objects.all()
    return _in_force(rows, day)


def products_on(day: dt.date) -> list[ListedProduct]:
    """The products' entries that hold on ``day``, one of each subject, by name."""
    return _in_force(ListedProduct.objects.all(), day)


def stale_firms(day: dt.date) -> list[ListedFirm]:
    """Entries that hold on ``day`` and were never verified, or longer than a year ago; the oldest first."""
    return _stale(firms_on(day), day)


def stale_products(day: dt.date) -> list[ListedProduct]:
    """As ``stale_firms``, of products."""
    return _stale(products_on(day), day)


def firm_history(subject: UUID) -> list[ListedFirm]:
    """Every entry of one firm, the newest first."""
    return list(ListedFirm.objects.filter(subject=subject).order_by("-valid_from"))


def product_history(subject: UUID) -> list[ListedProduct]:
    """Every entry of one product, the newest first."""
    return list(ListedProduct.objects.filter(subject=subject).order_by("-valid_from"))


def _in_force(rows: QuerySet[Entry], day: dt.date) -> list[Entry]:
    held = rows.filter(Q(retired_on=None) | Q(retired_on__gt=day), valid_from__lte=day)
    newest: dict[UUID, Entry] = {}
    for entry in held.order_by("valid_from"):
        newest[entry.subject] = entry
    return sorted(newest.values(), key=lambda entry: entry.name)


def _stale(entries: list[Entry], day: dt.date) -> list[Entry]:
    found = [entry for entry in entries if entry.verified_on is None or day - entry.verified_on > STALE_AFTER]
    return sorted(found, key=lambda entry: entry.verified_on or dt.date.min)
