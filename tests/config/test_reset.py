"""Starting afresh deletes the local instance, whole, and never a running one."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from portal.config.refusal import Refusal
from portal.config.reset import reset
from portal.config.supervisor.instance import sole_instance
from portal.config.supervisor.keys import master_key
from portal.config.supervisor.places import ROOT, Places, prepare_places


@pytest.fixture
def used(tmp_path):
    """A folder with something of everything in it, beside a file that is none of our business."""
    places = Places(tmp_path / "var")
    prepare_places(places)
    master_key(places)
    (places.postgres / "base").mkdir(parents=True)
    (places.files / "packet.pdf").write_bytes(b"%PDF")
    (tmp_path / "mine.txt").write_text("大切なメモ")
    return places


def test_everything_goes_and_nothing_else(used):
    reset(used)
    assert list(used.var.iterdir()) == []
    assert not used.sockets.exists()
    assert (used.var.parent / "mine.txt").exists()


def test_a_running_instance_is_left_alone(used):
    with sole_instance(used), pytest.raises(Refusal, match="もう動いています"):
        reset(used)
    assert (used.files / "packet.pdf").exists()


def test_nothing_to_delete_is_no_error(tmp_path):
    reset(Places(tmp_path / "never-used"))
    assert not (tmp_path / "never-used").exists()


def test_the_command_needs_no_answer_from_a_script(used):
    environment = {**os.environ, "PORTAL_VAR": str(used.var)}
    done = subprocess.run(
        [sys.executable, "-m", "portal.config.reset"],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0
    assert "`make run`" in done.stderr
    assert list(used.var.iterdir()) == []
