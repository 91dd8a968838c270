"""``manage.py run``: the whole portal under one roof, from an empty folder to a green health page, and down again.

Here: the order of things. Not here: any single thing (the modules beside this one).
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from types import FrameType

from portal.config.install.debian import RUN_PARTS, missing_parts, refuse_missing
from portal.config.refusal import Refusal, say
from portal.config.startup import PART
from portal.config.supervisor.child import Child
from portal.config.supervisor.instance import Servers, sole_instance, start_servers
from portal.config.supervisor.places import ROOT, Places, write_note
from portal.config.supervisor.ports import refuse_taken_port, unhealthy_parts
from portal.config.supervisor.processes import portal_children
from portal.config.supervisor.watch import watch

PATIENCE = 90
"""Seconds for web, worker and scheduler to turn green on a slow machine."""


class Interrupted(BaseException):
    """The person at the terminal, or the system, asked us to stop."""


def run(places: Places, *, host: str, port: int, demo: bool) -> None:
    """Start everything, say where it is, and stay until interrupted. Raises ``Refusal`` when it cannot go on."""
    if missing := missing_parts(RUN_PARTS):
        raise refuse_missing(missing)
    _listen_for_signals()
    children: list[Child] = []
    servers: Servers | None = None
    try:
        with sole_instance(places):
            refuse_taken_port(host, port)
            try:
                began = time.monotonic()
                servers = start_servers(places, environment=os.environ)
                environment = _environment(places, servers.addresses, port=port)
                accounts = _prepare(environment, demo=demo)
                _leave_note(places, environment, servers.addresses, port=port)
                serving = {name: value for name, value in environment.items() if name != "DATABASE_OWNER_URL"}
                children = portal_children(places, environment=serving, host=host, port=port)
                for child in children:
                    child.start()
                wait_until_green(children, port=port)
                _welcome(port=port, accounts=accounts, seconds=time.monotonic() - began)
                watch(_restartable(children, servers), vital=servers.postgres)
            finally:
                _stop_everything(places, children, servers)
    except Interrupted:
        say("すべて止めました。", "Everything has stopped.")


def wait_until_green(children: list[Child], *, port: int) -> None:
    """Wait for the health page. Raises ``Refusal`` naming the part and the end of its log."""
    last_moment = time.monotonic() + PATIENCE
    while (down := unhealthy_parts(port)) != []:
        for child in children:
            if not child.runs or (child.name == "web" and PART in (down or [])):
                raise child.refuse_to_go_on()
        if time.monotonic() > last_moment:
            names = ", ".join(down or ["web"])
            raise Refusal(
                f"{PATIENCE}秒待っても次の部分が動きません: {names}。var/logs の記録を見て、もう一度実行してください。",
                f"Not working after {PATIENCE} s: {names}. See the logs in var/logs, then try again.",
            )
        time.sleep(0.1)


def _environment(places: Places, addresses: Mapping[str, str], *, port: int) -> dict[str, str]:
    """For every process of the portal; those that serve are not given the owner's address."""
    inherited = {name: value for name, value in os.environ.items() if name != "PORTAL_AS_OWNER"}
    return {
        "PORTAL_ORIGIN": f"http://localhost:{port}",
        **inherited,
        **addresses,
        "PORTAL_VAR": str(places.var),
        "DJANGO_SETTINGS_MODULE": "portal.config.settings.dev",
        "PYTHONUNBUFFERED": "1",
    }


def _prepare(environment: Mapping[str, str], *, demo: bool) -> list[list[str]]:
    """Migrate, load the demo into an empty database; returns the demo's accounts (role, e-mail, password)."""
    command = [sys.executable, "manage.py", "prepare", *([] if demo else ["--no-demo"])]
    owner = {**environment, "PORTAL_AS_OWNER": "1", "DATABASE_POOL_SIZE": "0"}
    done = subprocess.run(
        command, cwd=ROOT, env=owner, stdout=subprocess.PIPE, text=True, check=False, start_new_session=True
    )
    if done.returncode:
        raise Refusal(
            "データベースの表を用意できませんでした。上の表示の原因を直して、もう一度実行してください。",
            "The tables could not be prepared: mend the cause shown above, then try again.",
        )
    accounts: list[list[str]] = json.loads(done.stdout.strip().splitlines()[-1])["accounts"]
    return accounts


def _leave_note(places: Places, environment: Mapping[str, str], addresses: Mapping[str, str], *, port: int) -> None:
    told = {**addresses, "PORTAL_ORIGIN": environment["PORTAL_ORIGIN"]}
    write_note(places, {"pid": os.getpid(), "address": f"http://localhost:{port}/", "environment": told})


def _restartable(children: list[Child], servers: Servers) -> list[Child]:
    return [*children, *([servers.valkey] if servers.valkey else [])]


def _stop_everything(places: Places, children: list[Child], servers: Servers | None) -> None:
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, signal.SIG_IGN)
    places.note.unlink(missing_ok=True)
    for child in children:
        child.ask_to_stop()
    for child in children:
        child.stop()
    if servers is not None:
        servers.stop()


def _listen_for_signals() -> None:
    def interrupt(number: int, frame: FrameType | None) -> None:
        raise Interrupted

    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, interrupt)


def _welcome(*, port: int, accounts: list[list[str]], seconds: float) -> None:
    lines = [
        "",
        f"  わたりどり（海外修学旅行ポータル）が動いています: http://localhost:{port}/   ({seconds:.1f} s)",
        "",
    ]
    if accounts:
        width = max(len(row[1]) for row in accounts)
        lines += ["  見本の利用者 / demo accounts（e-mail · password · 役割）", ""]
        lines += [f"    {mail:<{width}}  {password}  {role}" for role, mail, password in accounts]
        lines.append("")
    lines += ["  止めるには Ctrl-C / Ctrl-C stops everything", ""]
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()
