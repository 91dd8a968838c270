"""Claims of a trip, opened with its cipher. The scope must show special-care data, or row security shows nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from insurance.claims import Notice, Reckoning, Terms, open_dues
from insurance.enums import AmountKind, Cause, ClaimFact, ClaimState, Place
from insurance.models import Claim, ClaimAmount, ClaimFile, Policy
from insurance.retention import kept_until
from portal.vault.keyring import TripCipher

FACT_COLUMNS = {
    ClaimFact.TIME: "time",
    ClaimFact.PLACE: "spot",
    ClaimFact.CAUSE: "reason",
    ClaimFact.SYMPTOMS: "symptoms",
    ClaimFact.HOSPITAL: "hospital",
}
STORY_COLUMNS = ("cause", "place", "happened_on", "first_visit", "cover_ends", *FACT_COLUMNS.values())
NOT_WANTED = "-"
"""In place of a day: the insurer does not want this paper."""


@dataclass(frozen=True)
class ClaimRow:
    """One claim of a list: whose (key of the roster), how far, which day comes next.

    Of an erased one nothing is known but number, state and sums; ``kept_until`` is the last day of a closed one.
    """

    id: UUID
    number: int
    participant: str
    state: ClaimState
    cause: Cause | None
    happened_on: dt.date | None
    next_due: tuple[str, dt.date] | None
    open_yen: int
    kept_until: dt.date | None = None
    erased: bool = False


def claims_of(trip_id: UUID, cipher: TripCipher, *, participant: str = "") -> list[ClaimRow]:
    """Every claim of a trip, or of one traveller, by number; three queries."""
    rows = Claim.objects.filter(trip_id=trip_id)
    found = list(rows.filter(participant=participant) if participant else rows)
    sums, contracts = _sums(found), contracts_of(trip_id)
    return [
        _erased(claim, sums[claim.pk]) if claim.erased_at else _row(claim, cipher, sums[claim.pk], contracts)
        for claim in found
    ]


def contracts_of(trip_id: UUID) -> dict[str, Policy]:
    """The contracts of the plan as it stands, by key: a claim counts by the days that they state today."""
    return {policy.key: policy for policy in Policy.objects.filter(trip_id=trip_id)}


def terms_for(claim: Claim, contracts: Mapping[str, Policy]) -> Terms:
    """The terms of the claim's contract; of all of them together while none is chosen or the chosen one is gone."""
    chosen = contracts.get(claim.policy)
    return Terms.of(chosen) if chosen else Terms.earliest(contracts.values())


def still_due(claim: Claim, notice: Notice, terms: Terms) -> list[tuple[str, dt.date]]:
    """The days still to be kept, by name, the earliest first."""
    due = open_dues(notice, terms, reported=claim.reported_on is not None, closed=claim.closed_on is not None)
    return [(each.name, each.on) for each in due]


def get_claim(trip_id: UUID, claim_id: UUID) -> Claim:
    """One claim of this trip, or ``Claim.DoesNotExist``."""
    return Claim.objects.get(trip_id=trip_id, pk=claim_id)


def notice_of(claim: Claim, cipher: TripCipher) -> Notice:
    """The facts of a claim, opened."""
    text = {column: open_claim_text(claim, column, cipher) for column in STORY_COLUMNS}
    return Notice(
        Cause(text["cause"]),
        Place(text["place"]),
        dt.date.fromisoformat(text["happened_on"]),
        {fact: text[column] for fact, column in FACT_COLUMNS.items()},
        _day(text["first_visit"]),
        _day(text["cover_ends"]),
    )


def story_of(notice: Notice) -> dict[str, str]:
    """The same facts as texts by column, to be sealed; empty where nothing is known."""
    return {
        "cause": notice.cause.value,
        "place": notice.place.value,
        "happened_on": notice.on.isoformat(),
        "first_visit": notice.first_visit.isoformat() if notice.first_visit else "",
        "cover_ends": notice.cover_ends.isoformat() if notice.cover_ends else "",
        **{column: notice.facts.get(fact, "") for fact, column in FACT_COLUMNS.items()},
    }


def amounts_of(claim: Claim) -> list[ClaimAmount]:
    """Bills and payments that count, by day."""
    return list(ClaimAmount.objects.filter(claim=claim, removed_at=None))


def files_of(claim: Claim) -> list[ClaimFile]:
    """The files that are still there, oldest first."""
    return list(ClaimFile.objects.filter(claim=claim, removed_at=None))


def reckoning_of(claim: Claim) -> Reckoning:
    """Its sums."""
    return Reckoning.of((AmountKind(row.kind), row.yen) for row in amounts_of(claim))


def open_claim_text(row: Any, column: str, cipher: TripCipher) -> str:
    """One sealed column of a claim, an amount or a file; empty where nothing is kept."""
    return cipher.open(getattr(row, column), table=row._meta.db_table, column=column, row=row.pk) or ""


def _sums(claims: list[Claim]) -> dict[UUID, Reckoning]:
    lines: dict[UUID, list[tuple[AmountKind, int]]] = {claim.pk: [] for claim in claims}
    for row in ClaimAmount.objects.filter(claim__in=claims, removed_at=None):
        lines[row.claim_id].append((AmountKind(row.kind), row.yen))
    return {key: Reckoning.of(amounts) for key, amounts in lines.items()}


def end_of(claim: Claim) -> dt.date | None:
    """The last day on which a closed claim can be read; ``None`` while it is open."""
    return kept_until(claim.closed_on, claim.prolonged_until) if claim.closed_on else None


def _erased(claim: Claim, sums: Reckoning) -> ClaimRow:
    return ClaimRow(claim.pk, claim.number, "", claim.state_kind, None, None, None, sums.open, erased=True)


def _row(claim: Claim, cipher: TripCipher, sums: Reckoning, contracts: Mapping[str, Policy]) -> ClaimRow:
    notice = notice_of(claim, cipher)
    due = next(iter(still_due(claim, notice, terms_for(claim, contracts))), None)
    return ClaimRow(
        claim.pk, claim.number, claim.participant, claim.state_kind, notice.cause, notice.on, due, sums.open,
        end_of(claim),
    )  # fmt: skip


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
