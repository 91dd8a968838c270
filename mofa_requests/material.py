"""Which changes of a sent plan make its authority judge again, and which pass with the decisions it has.

The notices name no such line: this one follows what the two decisions rest upon. Pure. Not here: finding differences
(portal.dossier.diff), keeping the decisions (actions.carrying).
"""

from __future__ import annotations

from collections.abc import Iterable

from portal.dossier.diff import Change, ChangeKind
from portal.dossier.pointers import split_pointer

_PAPERWORK = frozenset({"confirmations", "late_filing_reason"})
"""Parts that say how a plan was written, not what is planned."""
_HOW_TO_REACH = frozenset({"phone", "night_phone", "holiday_phone", "holiday_same_as_night", "fax", "email", "mobile"})
_MINOR: dict[str, frozenset[str]] = {
    "school": _HOW_TO_REACH | {"kana", "english_name", "postcode", "principal"},
    "outline": frozenset({"title", "cost_breakdown", "previsit_by", "enrolled"}),
    "groups": frozenset({"name"}),
    "activities": frozenset({"group_phone"}),
    "home_contacts": _HOW_TO_REACH | {"name", "title"},
    "stays": _HOW_TO_REACH | {"local_name"},
    "homestay": frozenset({"representative_phone"}),
    "hosts": _HOW_TO_REACH,
    "leader": _HOW_TO_REACH,
    "conductor": _HOW_TO_REACH,
    "agents": _HOW_TO_REACH | {"licence", "person"},
    "missions": _HOW_TO_REACH | {"address", "verified_on", "source"},
    "emergency": frozenset({"told_all_on", "dialling", "mofa_day_phone", "mofa_night_phone"}),
    "policies": _HOW_TO_REACH | {"address", "number", "claim_notice_days", "claim_cost_days", "claim_days_source"},
    "handover": frozenset({"itinerary_on", "blood_list_on"}),
    "participants": frozenset({"name", "kana", "passport_surname", "passport_given", "passport_expires_on"})
    | {"class_name", "number", "room", "guardian_recorded", "consented_on", "consent_version"},
    "readiness": frozenset({"orientation_syllabus", "orientation_attended", "orientation_makeup", "tabireji_by"}),
}
"""Part → its properties that may take another value without a new judgement. Whatever is not here is judged anew."""


def is_material(change: Change) -> bool:
    """Whether the decisions on a plan have to be made again for this change. In doubt they have to."""
    part, *inside = split_pointer(change.pointer)
    if part in _PAPERWORK or _is_another_order(change, inside):
        return False
    if change.kind is ChangeKind.REMOVED:
        return True
    properties = [step for step in inside if not step.isdigit()]
    return len(properties) != 1 or properties[0] not in _MINOR.get(part, frozenset())


def material_ones(changes: Iterable[Change]) -> list[Change]:
    """The changes that reopen the decisions, in their order."""
    return [change for change in changes if is_material(change)]


def _is_another_order(change: Change, inside: list[str]) -> bool:
    """A list whose entries stayed and stand in another order."""
    return not inside and change.kind is ChangeKind.CHANGED and isinstance(change.old, tuple)
