"""Which settings a command gets, and that pure commands need nothing at all."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.core.management import get_commands

from manage import OWNER_COMMANDS, PURE_COMMANDS, choose_settings
from portal.config.supervisor.places import ROOT

BARE = {"PATH": os.environ["PATH"]}
PRESENT = sorted(PURE_COMMANDS & set(get_commands()))


@pytest.fixture
def surroundings(monkeypatch):
    """No choice has been made yet."""
    for name in ("DJANGO_SETTINGS_MODULE", "PORTAL_ENV", "PORTAL_AS_OWNER"):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


@pytest.mark.parametrize(
    ("arguments", "given", "expected"),
    [
        (["shell"], {}, "portal.config.settings.dev"),
        ([], {"PORTAL_ENV": "prod"}, "portal.config.settings.build"),
        (["help"], {}, "portal.config.settings.build"),
        (["migrate", "--help"], {}, "portal.config.settings.build"),
        (["shell"], {"PORTAL_ENV": "prod"}, "portal.config.settings.prod"),
        (["check_dossier", "x.json"], {"PORTAL_ENV": "prod"}, "portal.config.settings.pure"),
        (["run"], {"DJANGO_SETTINGS_MODULE": "portal.config.settings.dev"}, "portal.config.settings.pure"),
    ],
)
def test_settings_follow_the_command_then_the_surroundings(surroundings, arguments, given, expected):
    for name, value in given.items():
        surroundings.setenv(name, value)
    choose_settings(arguments)
    assert os.environ["DJANGO_SETTINGS_MODULE"] == expected


@pytest.mark.parametrize("command", sorted(OWNER_COMMANDS))
def test_commands_that_change_tables_run_as_the_owner(surroundings, command):
    choose_settings([command])
    assert os.environ["PORTAL_AS_OWNER"] == "1"


def test_all_other_commands_run_as_the_serving_role(surroundings):
    choose_settings(["shell"])
    assert "PORTAL_AS_OWNER" not in os.environ


@pytest.mark.parametrize("command", PRESENT)
def test_a_pure_command_needs_no_variable_and_no_server(command):
    done = subprocess.run(
        [sys.executable, "manage.py", command, "--help"],
        cwd=ROOT,
        env=BARE,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("asked", [[], ["help"], ["migrate", "--help"]], ids=["nothing", "help", "of-a-command"])
def test_help_needs_no_variable_and_no_server(asked, tmp_path):
    done = subprocess.run(
        [sys.executable, "manage.py", *asked],
        cwd=ROOT,
        env={**BARE, "PORTAL_VAR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "migrate" in done.stdout


def test_a_command_that_needs_the_database_says_how_to_start_it(tmp_path):
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "-c", "pass"],
        cwd=ROOT,
        env={**BARE, "PORTAL_VAR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 5
    assert done.stderr.splitlines() == [
        "データベースが動いていません。`make run` で起動してから、もう一度実行してください。",
        "The database is not running: `make run` starts it; then try again.",
    ]


def test_a_database_that_nobody_serves_is_told_in_a_sentence(tmp_path):
    nobody = {
        name: f"postgres://{role}:x@127.0.0.1:1/portal"
        for name, role in (("DATABASE_URL", "portal_app"), ("DATABASE_OWNER_URL", "portal_owner"))
    }
    given = {**BARE, **nobody, "BROKER_URL": "redis://127.0.0.1:1/0", "PORTAL_VAR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "manage.py", "migrate", "--skip-checks"],
        cwd=ROOT,
        env={**given, "DATABASE_POOL_SIZE": "0"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, len(done.stderr.splitlines())) == (5, 2), done.stderr
    assert "データベースにつながりません" in done.stderr
