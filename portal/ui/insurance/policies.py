"""One more contract in a plan, from a file or from the list. Not here: typing one (portal.ui.school)."""

from __future__ import annotations

from mofa_requests.actions.plan import NotEditable, save_section
from portal.dossier.types import Dossier, Policy
from portal.kit import clock
from portal.kit.machine import Refused
from portal.ui.school.doors import TripPage
from portal.ui.school.standing import Standing
from trips.actions.plan import StaleSection
from trips.enums import Section

MOST_POLICIES = 20


def next_key(dossier: Dossier) -> str:
    """The first free ``p<number>``."""
    taken = {policy.key for policy in dossier.policies}
    return next(key for key in (f"p{number}" for number in range(1, len(taken) + 2)) if key not in taken)


def add_policy(page: TripPage, standing: Standing, policy: Policy) -> None:
    """Write the contract into the plan. Raises ``Refused`` where there are too many, or the plan cannot be written."""
    policies = (*standing.dossier.policies, policy)
    if len(policies) > MOST_POLICIES:
        raise Refused(
            "契約は20件までです。使わない契約を「保険」の欄で消してから加えてください。",
            "A plan holds 20 contracts. Delete one in the section “Insurance” first.",
        )
    try:
        save_section(
            page.trip,
            Section.INSURANCE,
            {"policies": policies},
            base_version=standing.version_of(Section.INSURANCE),
            by=page.actor,
            entered_by=page.entered_by,
            on=clock.today(),
        )
    except NotEditable as closed:
        raise Refused("この計画はいま書き換えられません。", "The plan cannot be changed now.") from closed
    except StaleSection as stale:
        raise Refused(
            "ほかの人が「保険」の欄を保存しました。もう一度加えてください。",
            "Somebody else saved the section “Insurance”. Please add it again.",
        ) from stale
