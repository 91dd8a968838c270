"""The container's question, asked of a part that lives and of one that does not."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.core.cache import cache

from portal.config.supervisor.places import ROOT
from portal.config.supervisor.ports import free_port
from portal.ui.health import WORKER, mark_alive


def _probe(part: str, **given: str) -> int:
    environment = {"PATH": os.environ["PATH"], **given}
    command = [sys.executable, "-m", "portal.config.probe", part]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False).returncode


@pytest.mark.usefixtures("servers")
def test_a_worker_is_well_while_it_shows_life(settings):
    cache.clear()
    address = settings.CACHES["default"]["LOCATION"]
    assert _probe("worker", CACHE_URL=address) == 1
    mark_alive(WORKER)
    assert _probe("worker", CACHE_URL=address) == 0
    assert _probe("scheduler", CACHE_URL=address) == 1


def test_a_web_that_does_not_answer_is_not_well():
    assert _probe("web", PORT=str(free_port()), ALLOWED_HOSTS="portal.example") == 1
