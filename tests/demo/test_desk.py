"""An authority's desk in the specimens: somebody stands in, the schools were told, the numbers run."""

from __future__ import annotations

import datetime as dt

import pytest

from mofa_requests.models import BoardNotice, Deputy, NoticeReading, NumberSeries, SavedView
from portal.demo.desk import play_desk
from portal.demo.load import create_cast

ON = dt.date(2026, 11, 22)


@pytest.mark.django_db
def test_the_desk_comes_to_life() -> None:
    cast = create_cast()
    board = cast.orgs["mihon-board"]
    assert play_desk(list(cast.seats.values()), on=ON) == 1
    away = Deputy.objects.get(org=board)
    assert (away.person.name, away.deputy.name) == ("河野 美和子", "三好 拓也")
    assert ON < away.from_on < away.until_on
    assert NumberSeries.objects.get(org=board).last == 1024
    assert SavedView.objects.get().name == "再提出"
    notice = BoardNotice.objects.get(org=board)
    readings = NoticeReading.objects.filter(notice=notice)
    assert readings.filter(read_at=None).exists()
    assert readings.exclude(read_at=None).count() == 1
