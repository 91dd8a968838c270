"""Who comes back after an end, when, and what stops everything."""

from __future__ import annotations

import pytest

from portal.config.refusal import Refusal
from portal.config.supervisor.child import Child
from portal.config.supervisor.watch import LONGEST_PAUSE, SETTLED, Watched, watch


@pytest.fixture
def short_lived(tmp_path):
    """A child that ends at once with code 7."""
    child = Child(name="worker", command=["sh", "-c", "echo 理由はこれ; exit 7"], log=tmp_path / "worker.log")
    child.start()
    child.process.wait()
    return child


def test_an_end_is_announced_once_with_name_code_and_reason(short_lived, capsys):
    one = Watched(short_lived)
    one.look(100.0)
    one.look(100.5)
    told = capsys.readouterr().err
    assert told.count("worker が止まりました（終了コード 7）") == 1
    assert "理由はこれ" in told


def test_it_comes_back_when_its_pause_is_over(short_lived):
    one = Watched(short_lived)
    one.look(100.0)
    first = short_lived.process
    one.look(100.9)
    assert short_lived.process is first
    one.look(101.0)
    assert short_lived.process is not first
    short_lived.stop()


def test_quick_deaths_make_the_pause_longer_up_to_a_limit(short_lived):
    one, now, pauses = Watched(short_lived), 0.0, []
    for _ in range(7):
        one.look(now)
        pauses.append(one.return_at - now)
        now = one.return_at
        one.look(now)
        short_lived.process.wait()
    assert pauses == [1, 2, 4, 8, 16, LONGEST_PAUSE, LONGEST_PAUSE]


def test_a_long_quiet_life_forgives_earlier_deaths(short_lived):
    one = Watched(short_lived, pause=LONGEST_PAUSE, started_at=0.0)
    one.look(SETTLED + 1)
    assert one.return_at == SETTLED + 2


def test_the_end_of_the_database_stops_everything(short_lived, tmp_path):
    with pytest.raises(Refusal, match="データは無事です"):
        watch([], vital=short_lived)
