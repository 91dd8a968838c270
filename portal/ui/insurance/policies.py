"""One more contract in a plan, from a file or from the list. Not here: typing one (portal.ui.school)."""

from __future__ import annotations

from portal.dossier.types import Dossier, Policy
from portal.kit.machine import Refused
from portal.ui.insurance.doors import save_beside
from portal.ui.school.standing import Standing
from trips.actions.plan import StaleSection

MOST_POLICIES = 20


def next_key(dossier: Dossier) -> str:
    """The first free ``p<number>``."""
    taken = {policy.key for policy in dossier.policies}
    return next(key for key in (f"p{number}" for number in range(1, len(taken) + 2)) if key not in taken)


def add_policy(standing: Standing, policy: Policy) -> None:
    """Write the contract into the plan. Raises ``Refused`` where there are too many, or the plan cannot be written."""
    policies = (*standing.dossier.policies, policy)
    if len(policies) > MOST_POLICIES:
        raise Refused(
            "契約は20件までです。使わない契約を「保険」の欄で消してから加えてください。",
            "A plan holds 20 contracts. Delete one in the section “Insurance” first.",
        )
    try:
        written = save_beside(standing, {"policies": policies})
    except StaleSection as stale:
        raise Refused(
            "ほかの人が「保険」の欄を保存しました。もう一度加えてください。",
            "Somebody else saved the section “Insurance”. Please add it again.",
        ) from stale
    if not written:
        raise Refused("この計画はいま書き換えられません。", "The plan cannot be changed now.")
