"""The one command, as a newcomer types it: up, watched, refused twice, down without a trace."""

from __future__ import annotations

import base64
import http.client
import json
import os
import re
import shutil
import signal
import subprocess
import sys

import psutil
import pytest

from portal.config.supervisor.child import Child
from portal.config.supervisor.places import ROOT
from portal.config.supervisor.ports import free_port, unhealthy_parts
from tests.stack import LiveStack, start_stack

pytestmark = [pytest.mark.faults, pytest.mark.xdist_group("run")]


@pytest.fixture
def stack(wounded_stack):
    """The portal that may be wounded; the last tests here end it."""
    return wounded_stack


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


@pytest.fixture
def production(stack, tmp_path):
    """The settings of a real installation, on the servers of the running stack."""
    collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "--settings", "portal.config.settings.build"]
    # The pages of the API's description are large and not looked at here.
    collect += ["--ignore", "drf_spectacular_sidecar", "--ignore", "rest_framework"]
    subprocess.run(collect, cwd=ROOT, env={"PATH": os.environ["PATH"]}, capture_output=True, check=True)
    serving = {name: value for name, value in stack.environment.items() if name != "DATABASE_OWNER_URL"}
    yield {
        **serving,
        "PATH": os.environ["PATH"],
        "PORTAL_ENV": "prod",
        "PORT": str(free_port()),
        "SECRET_KEY": "for one test " * 5,
        "PORTAL_MASTER_KEY": f"2026:{base64.b64encode(bytes(32)).decode()}",
        "ALLOWED_HOSTS": "portal.example",
        "PORTAL_ORIGIN": "https://portal.example",
        "STORAGE": str(tmp_path),
        "EMAIL_URL": "smtp://mail.example:25",
        "DEFAULT_FROM_EMAIL": "portal@portal.example",
    }
    shutil.rmtree(ROOT / "var" / "static")


def _get(port: str, path: str, **headers: str) -> http.client.HTTPResponse:
    link = http.client.HTTPConnection("127.0.0.1", int(port), timeout=20)
    link.request("GET", path, headers={"Host": "portal.example", **headers})
    return link.getresponse()


def test_a_real_installation_serves_over_https_only(production, tmp_path):
    command = [sys.executable, "-m", "portal.config.serve", "web"]
    web = Child("web", command, tmp_path / "web.log", environment=production, folder=ROOT)
    web.start()
    try:
        port = int(production["PORT"])
        web.wait_until(lambda: unhealthy_parts(port, host="portal.example") == [], seconds=120)
        plain = _get(production["PORT"], "/")
        assert (plain.status, plain.headers["Location"]) == (301, "https://portal.example/")
        through_proxy = _get(production["PORT"], "/", **{"X-Forwarded-Proto": "https"})
        assert through_proxy.status == 200
        assert "Secure" in through_proxy.headers["Set-Cookie"]
        stylesheet = re.search(r'href="(/static/[^"]+\.[0-9a-f]{12}\.css)"', through_proxy.read().decode())
        assert stylesheet is not None
        assert _get(production["PORT"], stylesheet[1], **{"X-Forwarded-Proto": "https"}).status == 200
        probe = [sys.executable, "-m", "portal.config.probe", "web"]
        assert subprocess.run(probe, cwd=ROOT, env=production, check=False).returncode == 0
    finally:
        web.stop()


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
