"""The one command, as a newcomer types it: up, watched, refused twice, down without a trace."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys

import psutil
import pytest

from portal.config.supervisor.places import ROOT
from portal.config.supervisor.ports import free_port
from tests.stack import LiveStack, remove_stack, start_stack

pytestmark = [pytest.mark.faults, pytest.mark.xdist_group("run")]


@pytest.fixture(scope="module")
def stack(tmp_path_factory):
    """A portal of this module's own, because it is wounded here."""
    running = start_stack(tmp_path_factory.mktemp("run") / "var", demo=False)
    yield running
    remove_stack(running)


def _healthz(stack: LiveStack) -> tuple[int, dict]:
    link = http.client.HTTPConnection("localhost", stack.port, timeout=20)
    link.request("GET", "/healthz")
    answer = link.getresponse()
    return answer.status, json.loads(answer.read())


def _run_again(stack: LiveStack, *, port: int, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", "run", "--no-demo", "--port", str(port)],
        cwd=ROOT,
        env={**os.environ, "PORTAL_VAR": str(stack.places.var), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_part_is_green_and_nothing_else_is_told(stack):
    parts = dict.fromkeys(["database", "migrations", "broker", "worker", "scheduler"], True)
    assert _healthz(stack) == (200, {"ok": True, "parts": parts})


def test_the_portal_serves_as_the_harmless_role(stack):
    with stack.connect(as_owner=False) as app:
        assert app.execute("SELECT current_user::text").fetchone() == ("portal_app",)
    owner_url = stack.environment["DATABASE_OWNER_URL"]
    assert owner_url not in stack.part("web").environ().values()


def test_a_second_start_is_told_that_it_already_runs(stack):
    refused = _run_again(stack, port=free_port())
    assert refused.returncode == 1
    assert refused.stderr.splitlines() == [
        f"もう動いています（{stack.url}/、プロセス {stack.process.pid}）。"
        "そのまま使うか、Ctrl-C で止めてからもう一度実行してください。",
        f"It is already running ({stack.url}/, process {stack.process.pid}): "
        "use it, or stop it with Ctrl-C and try again.",
    ]


def test_another_instance_cannot_take_its_port(stack, tmp_path):
    refused = _run_again(stack, port=stack.port, PORTAL_VAR=str(tmp_path / "other"))
    assert refused.returncode == 1
    assert f"make run PORT={stack.port + 1}" in refused.stderr
    assert not (tmp_path / "other" / "pg").exists()


def test_other_commands_find_the_running_servers(stack):
    shown = stack.manage("showmigrations", "tenancy")
    assert shown.returncode == 0, shown.stderr
    assert "[X] 0001_initial" in shown.stdout


@pytest.mark.parametrize("name", ["worker", "scheduler", "valkey", "web"])
def test_a_killed_part_comes_back(stack, name):
    victim = stack.part(name)
    os.killpg(victim.pid, signal.SIGKILL)
    stack.wait_for_successor(name, of=victim.pid)
    stack.wait_until_green()


def test_the_end_of_the_database_stops_all_and_the_data_is_there_again(stack):
    with stack.connect() as owner:
        owner.execute("CREATE TABLE kept (name text)")
        owner.execute("INSERT INTO kept VALUES ('髙橋 﨑'), ('𠮷野家')")
    os.kill(stack.part("postgres").pid, signal.SIGKILL)
    printed, _ = stack.process.communicate(timeout=120)
    assert stack.process.returncode == 1
    assert "PostgreSQL が止まったので全体を止めます。" in printed
    assert "worker が止まりました" in printed
    again = start_stack(stack.places.var, demo=False)
    try:
        with again.connect() as owner:
            assert owner.execute("SELECT count(*) FROM kept").fetchone() == (2,)
    finally:
        descendants = psutil.Process(again.process.pid).children(recursive=True)
        printed = again.stop()
    assert again.process.returncode == 0
    assert "すべて止めました。" in printed
    assert [process for process in descendants if process.is_running()] == []
    assert not again.places.note.exists()


def test_servers_die_with_a_supervisor_that_is_killed(stack):
    stack.stop()
    again = start_stack(stack.places.var, demo=False)
    descendants = psutil.Process(again.process.pid).children(recursive=True)
    again.process.kill()
    again.process.communicate()
    _, alive = psutil.wait_procs(descendants, timeout=60)
    assert alive == []
