"""A release of an edition on JCSOS's desk. It belongs to no school; its trips are those in the window."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from jcsos.models import Campaign, EditionRelease
from tests.factories.cast import Seat


def build_release(news: Seat) -> None:
    """One that is planned and not tried yet."""
    EditionRelease.objects.create(
        org=news.org, edition="2024", takes_effect_on=dt.date(2099, 4, 1), opened_by=news.membership.user
    )


def release_beside(campaign: Campaign) -> UUID:
    """The release of the office that runs a campaign."""
    return EditionRelease.objects.filter(org_id=campaign.org_id).values_list("pk", flat=True).earliest("opened_at")
