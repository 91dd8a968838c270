"""Whether the history is whole: each event's digest covers its content and its predecessor's digest.

Here: finding what was changed, taken out or put elsewhere. Not here: the linking, which the database does at each
commit (migration 0005). All of it reads past the walls, as the owner of the tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from django.db import connection

_BREAKS = """
SELECT DISTINCT ON (chain) chain, place, id,
    CASE WHEN place IS NULL THEN 'unlinked' WHEN place <> nth THEN 'gap' ELSE 'changed' END
FROM (
    SELECT e AS whole, e.id, e.chain, e.place, e.sha256, row_number() OVER w AS nth, lag(e.sha256) OVER w AS before
    FROM audit_event e WINDOW w AS (PARTITION BY e.chain ORDER BY e.place, e.id)
) links
WHERE place IS NULL OR place <> nth OR sha256 <> audit_digest(whole, coalesce(before, ''))
ORDER BY chain, place
"""
_HEADS = "SELECT DISTINCT ON (chain) chain, place, sha256 FROM audit_event ORDER BY chain, place DESC"
_HELD = "SELECT sha256 FROM audit_event WHERE chain = %s AND place = %s"


@dataclass(frozen=True)
class Break:
    """The first event of a chain at which it no longer holds.

    ``gap``: one before it is missing or it stands elsewhere; ``changed``: its content, or the one before it;
    ``unlinked``: written past the triggers; ``cut``: the chain ended later once.
    """

    chain: UUID
    place: int | None
    event_id: UUID | None
    why: Literal["gap", "changed", "unlinked", "cut"]


Heads = Mapping[str, tuple[int, str]]
"""Chain → place and digest of its last event: kept elsewhere, they show that nothing was cut off or written anew."""


def breaks(known: Heads | None = None) -> list[Break]:
    """One for each chain that does not hold, by itself or against heads that were ``known`` before."""
    with connection.cursor() as cursor:
        cursor.execute(_BREAKS)
        found = [Break(*row) for row in cursor.fetchall()]
        for chain, (place, sha256) in (known or {}).items():
            cursor.execute(_HELD, [chain, place])
            if cursor.fetchone() != (sha256,):
                found.append(Break(UUID(chain), place, None, "cut"))
    return found


def heads() -> dict[str, tuple[int, str]]:
    """The last event of every chain, to be kept where nobody of this house writes."""
    with connection.cursor() as cursor:
        cursor.execute(_HEADS)
        return {str(chain): (place, sha256) for chain, place, sha256 in cursor.fetchall()}
