"""The pages of a trip's cover, how they lead to one another, and how their papers reach the plan.

Not here: who enters a trip (school.doors).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext

from mofa_requests.actions.plan import NotEditable, save_section
from portal.kit import clock
from portal.kit.roles import Audience, Role
from portal.ui.school.doors import STAFF, TripPage
from portal.ui.school.standing import Standing
from portal.ui.shapes import Tab
from trips.enums import Section

READERS = (*STAFF, *Role.of(Audience.AUTHORITY), *Role.of(Audience.JCSOS))
"""Who may read the catalogue and use the calculator without a trip."""


def cover_url(page: TripPage, name: str) -> str:
    return reverse(f"cover:{name}", kwargs={"trip_id": page.trip.pk})


def cover_context(page: TripPage, current: str, title: str, **more: Any) -> dict[str, Any]:
    """What every page of a trip's cover needs: the trip's context, the tabs of cover, the way here."""
    between = () if current == "overview" else ((gettext("保険の点検"), cover_url(page, "overview")),)
    return page.context(
        "cover",
        cover_tabs=[
            Tab(name, cover_url(page, target), target == current)
            for target, name in (
                ("overview", gettext("補償と不足")),
                ("stress", gettext("大事故の試算")),
                ("calculator", gettext("個別の計算")),
                ("opt_outs", gettext("加入しない人")),
                ("handover", gettext("引渡し")),
                ("claim", gettext("請求の準備")),
                ("claims", gettext("請求の記録")),
            )
            if target != "claims" or page.keeps_claims
        ],
        crumbs=page.crumbs(title, *between),
        insurance_url=page.url("section", section=Section.INSURANCE.value),
        **more,
    )


def save_beside(standing: Standing, values: Mapping[str, Any]) -> bool:
    """Write what a paper of insurance says into the plan's own entry too; ``False`` while the plan was handed in.

    Raises ``StaleSection`` where somebody else saved the section in between.
    """
    page = standing.page
    try:
        with transaction.atomic():
            save_section(
                page.trip,
                Section.INSURANCE,
                values,
                base_version=standing.version_of(Section.INSURANCE),
                by=page.actor,
                entered_by=page.entered_by,
                on=clock.today(),
            )
    except NotEditable:
        return False
    return True
