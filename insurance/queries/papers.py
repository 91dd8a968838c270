"""Signed statements not to be insured and hand-overs of a trip. No writes."""

from __future__ import annotations

from uuid import UUID

from insurance.models import HandoverRecord, OptOutPaper


def opt_out_papers_of(trip_id: UUID) -> dict[str, OptOutPaper]:
    """Key of each traveller → the statement that holds."""
    rows = OptOutPaper.objects.select_related("recorded_by").filter(trip_id=trip_id, withdrawn_at=None)
    return {row.participant: row for row in rows}


def opt_out_paper(trip_id: UUID, paper_id: UUID) -> OptOutPaper:
    """One statement that holds, or ``OptOutPaper.DoesNotExist``."""
    return OptOutPaper.objects.get(trip_id=trip_id, pk=paper_id, withdrawn_at=None)


def handovers_of(trip_id: UUID) -> list[HandoverRecord]:
    """Every paper that was made for an assistance company, newest first."""
    return list(HandoverRecord.objects.filter(trip_id=trip_id))
