"""Where the servers are: named by the environment, found beside us, or plainly not there."""

from __future__ import annotations

import os
from pathlib import Path

import dj_database_url
import pytest

from portal.config.refusal import Refusal
from portal.config.supervisor.addresses import addresses_of_this_test_run, database_url, local_addresses
from portal.config.supervisor.places import write_note

NAMED = {"DATABASE_URL": "postgres://portal_app:a@db.example/portal", "BROKER_URL": "redis://broker.example:6379/0"}


def test_a_socket_folder_survives_the_round_trip_through_the_url():
    parsed = dj_database_url.parse(database_url(Path("/tmp/Wataridori-0-ab"), role="portal_app", password="p@/:% w"))
    assert (parsed["HOST"], parsed["USER"], parsed["PASSWORD"], parsed["NAME"]) == (
        "/tmp/Wataridori-0-ab",
        "portal_app",
        "p@/:% w",
        "portal",
    )


def test_named_servers_are_taken_and_the_cache_stands_beside_the_broker(places):
    found = local_addresses(places, environment=NAMED)
    assert found.database == NAMED["DATABASE_URL"]
    assert found.cache == "redis://broker.example:6379/1"


def test_nothing_running_is_said_in_one_sentence(places):
    with pytest.raises(Refusal) as refused:
        local_addresses(places, environment={})
    assert "`make run`" in refused.value.ja
    assert refused.value.code == 5


def test_the_running_instance_is_found_by_its_note(places):
    environment = {**NAMED, "CACHE_URL": "unix:///tmp/x.sock?db=1", "DATABASE_OWNER_URL": "postgres://portal_owner@h/p"}
    write_note(places, {"pid": os.getpid(), "environment": environment})
    assert local_addresses(places, environment={}).database == NAMED["DATABASE_URL"]
    as_owner = local_addresses(places, environment={"PORTAL_AS_OWNER": "1"})
    assert as_owner.database == environment["DATABASE_OWNER_URL"]
    assert as_owner.cache == environment["CACHE_URL"]


def test_the_owner_role_must_be_named_where_the_database_is(places):
    with pytest.raises(Refusal, match="DATABASE_OWNER_URL"):
        local_addresses(places, environment={**NAMED, "PORTAL_AS_OWNER": "1"})


def test_each_process_of_a_test_run_has_a_cache_of_its_own(places):
    found = [addresses_of_this_test_run(places, process=number, environment={}).cache for number in (0, 1)]
    assert [address.rpartition("?")[2] for address in found] == ["db=1", "db=2"]
    named = addresses_of_this_test_run(
        places, process=1, environment=NAMED | {"DATABASE_OWNER_URL": "postgres://o@h/p"}
    )
    assert (named.database, named.cache) == ("postgres://o@h/p", "redis://broker.example:6379/2")
