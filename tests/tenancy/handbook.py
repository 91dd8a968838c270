"""Rows of JCSOS's handbook for the ground: a checked number, a published edition, what it changes for each school."""

from __future__ import annotations

import datetime as dt

from jcsos.models import Benchmark, DirectoryCheck, EditionRelease, EditionVerdict
from portal.accounts.models import User
from portal.directory.kinds import OrgKind
from portal.kit import clock
from portal.tenancy.models import Org
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
    _fill_another_office(user)


def _fill_another_office(user: User) -> None:
    """The same of an office that is not ours, so that a wall has something on its other side."""
    org = Org.objects.create(kind=OrgKind.JCSOS.value, name="版を知らせる別の機関(見本)")
    day = dt.date(2027, 4, 1)
    Benchmark.objects.create(org=org, year=2025, group="schools", schools=5, lower=1, middle=2, upper=3)
    EditionRelease.objects.create(org=org, edition="2016", takes_effect_on=day, opened_by=user)
    DirectoryCheck.objects.create(
        org=org, listed="desk", key="mofa-2003", outcome="closed", source="別の機関の記録(見本)",
        verified_on=clock.today(), checked_by=user,
    )  # fmt: skip


def unpublished_release() -> EditionRelease:
    """The one no trip has a verdict under."""
    return EditionRelease.objects.filter(published_at=None).earliest("opened_at")
