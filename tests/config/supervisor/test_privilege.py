"""How root runs a server that refuses root, on machines with and without user namespaces."""

from __future__ import annotations

import os
import shutil

import psutil
import pytest

from portal.config.refusal import Refusal
from portal.config.supervisor import postgres, privilege
from portal.config.supervisor.postgres import connect_as_superuser, start_postgres

IS_ROOT = os.geteuid() == 0


@pytest.fixture
def machine_without(monkeypatch):
    """Hide programs of this machine, and decide anew."""
    found = shutil.which

    def hide(*names: str):
        monkeypatch.setattr(shutil, "which", lambda name, *rest: None if name in names else found(name, *rest))
        decided = privilege.database_privilege.__wrapped__()
        monkeypatch.setattr(postgres, "database_privilege", lambda: decided)
        return decided

    return hide


@pytest.mark.parametrize("hidden", [(), ("unshare",)], ids=["as it is", "no user namespaces"])
def test_the_server_never_runs_as_root(machine_without, places, hidden):
    machine_without(*hidden)
    server = start_postgres(places, durable=False)
    try:
        with connect_as_superuser(places) as superuser:
            assert superuser.execute("SHOW data_directory").fetchone() == (str(places.postgres),)
        seen_inside = psutil.Process(server.process.pid).uids().effective
        assert seen_inside == (privilege.NOBODY if hidden and IS_ROOT else os.geteuid())
    finally:
        server.stop()
    assert server.exit_code == 0


def test_a_folder_that_only_root_may_enter_is_no_hindrance(machine_without, places):
    places.var.chmod(0o700)
    machine_without("unshare")
    server = start_postgres(places, durable=False)
    server.stop()
    assert server.exit_code == 0


def test_root_without_any_way_is_told_what_to_do(machine_without):
    if not IS_ROOT:
        assert machine_without("unshare", "setpriv") == privilege.Privilege((), os.geteuid())
        return
    with pytest.raises(Refusal, match="DATABASE_URL"):
        machine_without("unshare", "setpriv")
