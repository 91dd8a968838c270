"""Rows of JCSOS's handbook for the ground: a checked number, a published edition, what it changes for each school."""

from __future__ import annotations

import datetime as dt

from jcsos.models import DirectoryCheck, EditionRelease, EditionVerdict
from portal.kit import clock
from tests.access.estates import Estate
from tests.factories.cast import Seat


def fill_handbook(jcsos: Seat, estates: list[Estate]) -> None:
    """One published release that changes every school's trip, one still being previewed, and one check."""
    now, user = clock.now(), jcsos.membership.user
    DirectoryCheck.objects.create(
        org=jcsos.org, listed="desk", key="mofa-2024", outcome="confirmed", source="外務省の掲載(見本)",
        verified_on=clock.today(), checked_by=user,
    )  # fmt: skip
    row = {"org": jcsos.org, "edition": "2024", "takes_effect_on": dt.date(2027, 4, 1), "opened_by": user}
    seen = {"previewed_at": now, "looked_at": 4}
    release = EditionRelease.objects.create(**row, **seen, published_at=now, published_by=user)
    EditionRelease.objects.create(**row, note="まだ")
    for estate in estates:
        EditionVerdict.objects.create(
            school=estate.school, release=release, request=estate.filed.request, before="ready", after="blocked"
        )


def unpublished_release() -> EditionRelease:
    """The one no trip has a verdict under."""
    return EditionRelease.objects.get(published_at=None)
