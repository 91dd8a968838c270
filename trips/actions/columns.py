"""How a school's roster files are read, kept. Not here: reading (trips.roster), one plan (roster_import)."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from portal.kit import clock
from trips.models import ColumnChoice

_LONGEST = 60


@transaction.atomic
def remember_columns(school_id: UUID, choices: Mapping[str, str]) -> None:
    """Keep heading → field ("" is not read) for the school's next file; a later choice replaces an earlier one.

    Longer headings than 60 characters are sentences and are not kept.
    """
    now = clock.now()
    rows = [
        ColumnChoice(school_id=school_id, heading=heading, field=field, used_at=now)
        for heading, field in choices.items()
        if len(heading) <= _LONGEST
    ]
    ColumnChoice.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["school", "heading"], update_fields=["field", "used_at"]
    )


@transaction.atomic
def forget_columns(school_id: UUID) -> int:
    """Guess every column anew from the next file on; how many headings are forgotten."""
    gone, _ = ColumnChoice.objects.filter(school_id=school_id).delete()
    return gone
