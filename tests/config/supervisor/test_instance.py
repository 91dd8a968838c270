"""One instance per folder; servers of one's own are used as they are named."""

from __future__ import annotations

import os

import pytest

from portal.config.refusal import Refusal
from portal.config.supervisor.instance import sole_instance, start_servers
from portal.config.supervisor.places import write_note

REAL = {
    "DATABASE_URL": "postgres://portal_app:a@db.example/portal",
    "DATABASE_OWNER_URL": "postgres://portal_owner:b@db.example/portal",
    "BROKER_URL": "redis://broker.example/0",
    "CACHE_URL": "redis://broker.example/1",
}


def test_a_second_instance_is_told_where_the_first_one_is(places):
    with sole_instance(places):
        write_note(places, {"pid": os.getpid(), "address": "http://localhost:8000/"})
        with pytest.raises(Refusal) as refused, sole_instance(places):
            pass
    assert "http://localhost:8000/" in refused.value.ja
    assert f"process {os.getpid()}" in refused.value.en


def test_the_folder_is_free_again_afterwards(places):
    with sole_instance(places):
        pass
    with sole_instance(places):
        assert places.lock.exists()


def test_named_servers_are_used_and_nothing_is_started(places):
    servers = start_servers(places, environment=REAL)
    assert servers.addresses == REAL
    assert servers.running == []


@pytest.mark.parametrize("missing", ["DATABASE_OWNER_URL", "CACHE_URL"])
def test_a_half_named_pair_is_refused_by_name(places, missing):
    with pytest.raises(Refusal, match=missing) as refused:
        start_servers(places, environment={**REAL, missing: ""})
    assert refused.value.code == 4
