"""A child process ends in order, by force if it must, and leaves words about its end."""

from __future__ import annotations

import pytest

from portal.config.refusal import Refusal
from portal.config.supervisor.child import Child


def _shell(tmp_path, script, **more):
    return Child(name="試験", command=["sh", "-c", script], log=tmp_path / "child.log", **more)


def test_it_is_stopped_in_order(tmp_path):
    child = _shell(tmp_path, "trap 'echo bye; exit 0' TERM; echo ready; while :; do sleep 0.05; done")
    child.start()
    child.wait_until(lambda: "ready" in child.log_tail(), seconds=20)
    assert child.runs
    child.stop()
    assert (child.exit_code, child.log_tail().split()) == (0, ["ready", "bye"])


def test_one_that_will_not_stop_is_killed_with_its_own_children(tmp_path):
    child = _shell(tmp_path, "trap '' TERM; echo ready; while :; do sleep 0.05; done", patience=0.2)
    child.start()
    child.wait_until(lambda: "ready" in child.log_tail(), seconds=20)
    child.stop()
    assert child.exit_code == -9


def test_one_that_ends_early_is_told_with_the_end_of_its_log(tmp_path):
    child = _shell(tmp_path, "echo 空き容量がありません; exit 3")
    child.start()
    with pytest.raises(Refusal, match="空き容量がありません"):
        child.wait_until(lambda: False, seconds=20)
    assert child.exit_code == 3


def test_a_large_log_is_put_aside_at_the_next_start(tmp_path, monkeypatch):
    monkeypatch.setattr("portal.config.supervisor.child.LARGEST_LOG", 10)
    child = _shell(tmp_path, "true")
    child.log.write_text("x" * 11)
    child.start()
    child.stop()
    assert child.log.with_suffix(".log.1").read_text() == "x" * 11
    assert child.log.stat().st_size == 0
