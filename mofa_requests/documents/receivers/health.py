"""健康上の配慮一覧 for the leader: numbered copies, to be brought back and destroyed.

Not here: anybody without an entry, guardians, birth dates. Paper of class P4: who printed it is on record (portal.ui).
"""

from __future__ import annotations

from typing import Any

from mofa_requests.documents.blocks import Column, Grid, grid
from mofa_requests.documents.people import group_names
from mofa_requests.documents.receivers.sealed import Sealed, SpecialCare, in_care
from mofa_requests.documents.values import Fact, Shown, fact, facts, show, show_or_untold, show_phone
from portal.dossier.types import Dossier, Participant

FIELDS = frozenset(
    [
        "trip_no",
        "revision",
        "school.name",
        "outline.title",
        "groups.name",
        "participants.name",
        "participants.kana",
        "participants.room",
        "policies.assistance.company",
        "policies.assistance.phone",
    ]
)
MOST_COPIES = 20


def health_sheet(dossier: Dossier, *, sealed: Sealed, copy: int, copies: int) -> dict[str, Any]:
    """The context of health.html for one of ``copies`` numbered copies, from 1."""
    return {
        "copy": f"{copy}",
        "copies": f"{copies}",
        "trip": (fact(dossier.school, "name"), fact(dossier.outline, "title")),
        "reach": [_assistance_facts(policy) for policy in dossier.policies],
        "people": _care_grid(dossier, sealed),
        "count": f"{len(in_care(dossier, sealed)):,}人",
    }


def _assistance_facts(policy: Any) -> tuple[Fact, ...]:
    return (*facts(policy.assistance, "company"), fact(policy.assistance, "phone", show_phone))


def _care_grid(dossier: Dossier, sealed: Sealed) -> Grid:
    columns = (
        Column("氏名・班・部屋", 24),
        Column("血液型", 11),
        Column("アレルギー", 20),
        Column("病気・症状", 15),
        Column("服薬", 15),
        Column("配慮すること", 15),
    )
    return grid(columns, [_care_row(dossier, person, care) for person, care in in_care(dossier, sealed)])


def _care_row(dossier: Dossier, person: Participant, care: SpecialCare) -> list[Shown]:
    where = " ".join(
        part
        for part in (
            person.kana,
            group_names(dossier, [person.group]) if person.group else None,
            f"部屋 {person.room}" if person.room else None,
        )
        if part
    )
    values = (care.blood_type, care.allergy, care.illness, care.medicine, care.note)
    return [Shown(show(person.name).text, "strong", where), *(show_or_untold(value or None) for value in values)]
