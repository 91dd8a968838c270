"""What the assistance company was told of a plan, as digests by part: which parts changed since. Pure.

Not here: making the paper (mofa_requests.documents.receivers), keeping the record (insurance.actions.handover).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portal.dossier.types import Dossier
from portal.kit.choices import LabelledEnum
from portal.kit.digest import digest_of


class Told(LabelledEnum):
    """The parts of a plan that the hand-over paper tells."""

    OUTLINE = "outline", "日程の枠・訪問先", "Dates and destinations"
    LEGS = "legs", "便・移動", "Flights and other carriage"
    STAYS = "stays", "宿泊先", "Lodging"
    ACTIVITIES = "activities", "行程", "Activities"
    LEADER = "leader", "旅行団責任者", "Leader"
    PARTICIPANTS = "participants", "参加者と同意", "People and consents"
    POLICY = "policy", "保険契約とアシスタンス会社", "Contract and assistance company"


_CONSENT = {"key", "name", "passport_surname", "passport_given", "consented_on"}


def told_facts(dossier: Dossier, *, policy: str) -> dict[str, str]:
    """Digest by part of everything that the paper for one contract tells."""
    return {part.value: digest_of(value) for part, value in _parts(dossier, policy).items()}


def changed_since(facts: Mapping[str, str], dossier: Dossier, *, policy: str) -> tuple[Told, ...]:
    """The parts that say something else today than when the paper was made."""
    today = told_facts(dossier, policy=policy)
    return tuple(part for part in Told if facts.get(part.value) != today[part.value])


def _parts(dossier: Dossier, policy: str) -> dict[Told, Any]:
    plan = dossier.model_dump(mode="json")
    outline = plan["outline"]
    return {
        Told.OUTLINE: [outline["departs_on"], outline["returns_on"], outline["title"], plan["destinations"]],
        Told.LEGS: plan["legs"],
        Told.STAYS: plan["stays"],
        Told.ACTIVITIES: plan["activities"],
        Told.LEADER: plan["leader"],
        Told.PARTICIPANTS: [{name: person[name] for name in sorted(_CONSENT)} for person in plan["participants"]],
        Told.POLICY: [_contract(each) for each in plan["policies"] if each["key"] == policy],
    }


def _contract(policy: dict[str, Any]) -> dict[str, Any]:
    """A contract without its days for claims: the paper does not tell them."""
    return {name: value for name, value in policy.items() if not name.startswith("claim_")}
