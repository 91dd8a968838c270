"""Figures of a paper that somebody waits for: kept for that person; without a cache the work goes on in silence."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.core.cache import cache
from django.test import override_settings

from portal.config.settings.parts import cache as shared_cache
from portal.jobs.live import HowFar, LiveTeller, how_far

TRIP = UUID(int=7)
NOBODY_LISTENS = {"default": shared_cache("redis://127.0.0.1:9/0")}


@pytest.mark.usefixtures("servers")
def test_last_step_and_the_end_are_always_told() -> None:
    cache.clear()
    teller = LiveTeller(TRIP, by=1)
    assert how_far(TRIP, by=1) == HowFar()
    for done in range(1, 6):
        teller.tell(done=done, total=5, pages=2 * done)
    assert how_far(TRIP, by=1) == HowFar(5, 5, 10)
    teller.end(pages=10)
    assert how_far(TRIP, by=1) == HowFar(5, 5, 10, ended=True)
    assert how_far(TRIP, by=2) is None


@override_settings(CACHES=NOBODY_LISTENS)
def test_without_a_cache_the_work_goes_on_and_the_log_says_why_once(caplog: pytest.LogCaptureFixture) -> None:
    teller = LiveTeller(TRIP, by=1)
    for done in range(1, 4):
        teller.tell(done=done, total=3, pages=done)
    teller.end(pages=3)
    assert [record.message for record in caplog.records] == ["progress of a paper cannot be told: ConnectionError"]
    assert how_far(TRIP, by=1) is None
