"""Each process of a real installation names everything that is wrong before it starts."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from portal.config.refusal import Refusal
from portal.config.serve import command_for
from portal.config.supervisor.places import ROOT

BARE = {"PATH": os.environ["PATH"]}
STARTS = [
    ["-m", "portal.config.serve", "web"],
    ["-m", "portal.config.serve", "worker"],
    ["-m", "portal.config.serve", "scheduler"],
    ["manage.py", "migrate"],
]


@pytest.mark.parametrize("words", STARTS, ids=lambda words: words[-1])
def test_all_missing_settings_are_listed_at_once(words):
    given = {**BARE, "PORTAL_ENV": "prod", "BROKER_URL": "http://not-a-broker", "PORT": "web", "JOB_WORKERS": "many"}
    done = subprocess.run([sys.executable, *words], cwd=ROOT, env=given, capture_output=True, text=True, check=False)
    assert done.returncode == 4
    listed = {line.split(":")[0].strip() for line in done.stderr.splitlines() if line.startswith("  ")}
    database = "DATABASE_OWNER_URL" if words[-1] == "migrate" else "DATABASE_URL"
    assert {database, "BROKER_URL", "CACHE_URL", "SECRET_KEY", "PORTAL_MASTER_KEY", "EMAIL_URL"} <= listed
    assert {"PORT", "JOB_WORKERS"} <= listed
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("words", [["-m", "portal.config.serve", "web"], ["manage.py", "migrate"]], ids=lambda w: w[-1])
def test_surroundings_that_are_none_are_refused_in_a_sentence(words):
    given = {**BARE, "PORTAL_ENV": "production"}
    done = subprocess.run([sys.executable, *words], cwd=ROOT, env=given, capture_output=True, text=True, check=False)
    assert (done.returncode, len(done.stderr.splitlines())) == (4, 2)
    assert "PORTAL_ENV" in done.stderr


def test_sizes_and_addresses_come_from_the_environment():
    words = command_for("web", {"HOST": "192.0.2.7", "PORT": "8080", "WEB_WORKERS": "5"})
    assert words[words.index("--host") + 1] == "192.0.2.7"
    assert words[words.index("--port") + 1] == "8080"
    assert words[words.index("--workers") + 1] == "5"
    assert "3" in command_for("worker", {"JOB_WORKERS": "3"})


def test_the_clock_remembers_its_runs_in_the_storage():
    words = command_for("scheduler", {"STORAGE": "/srv/files"})
    assert words[words.index("--schedule") + 1] == "/srv/files/scheduler"


def test_an_unknown_process_is_refused():
    with pytest.raises(Refusal, match=r"web\|worker\|scheduler"):
        command_for("everything", {})
