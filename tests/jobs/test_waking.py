"""A broker that is frozen, full or gone: nobody waits for it, nothing fails, and it is left alone for a while."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from celery import Celery

from portal.config.delivery import DELIVERY
from portal.config.supervisor.addresses import embedded_broker_urls
from portal.config.supervisor.child import Child
from portal.config.supervisor.places import Places, prepare_places
from portal.config.supervisor.valkey import start_valkey, valkey_socket
from portal.jobs import waking
from portal.jobs.enqueue import RUN_JOB
from portal.kit.ids import uuid7
from tests.servers import remove_places

NOT_REACHED = "broker not reached"


@pytest.fixture
def places(tmp_path: Path) -> Iterator[Places]:
    made = Places(tmp_path / "var")
    prepare_places(made)
    yield made
    remove_places(made)


@pytest.fixture
def broker(places: Places, monkeypatch: pytest.MonkeyPatch) -> Iterator[Child]:
    """A broker of this test's own, and the product's Celery talking to it."""
    server = start_valkey(places, durable=False)
    teller = Celery("teller", broker=embedded_broker_urls(places)["BROKER_URL"], set_as_current=False)
    teller.conf.update(DELIVERY)
    monkeypatch.setattr(waking, "current_app", teller)
    yield server
    server.stop()


def _told(places: Places) -> int:
    with redis.Redis(unix_socket_path=str(valkey_socket(places))) as client:
        return int(client.llen("celery"))


def _settled() -> None:
    """The messenger has run all its errands."""
    waking._messenger.submit(str).result()


def test_a_message_is_on_its_way(broker: Child, places: Places) -> None:
    waking.nudge_soon(RUN_JOB, uuid7())
    _settled()
    assert _told(places) == 1


def test_nobody_waits_for_a_frozen_broker(broker: Child, places: Places, caplog: pytest.LogCaptureFixture) -> None:
    assert broker.process is not None
    broker.process.send_signal(signal.SIGSTOP)
    try:
        for _ in range(5):
            waking.nudge_soon(RUN_JOB, uuid7())
        assert NOT_REACHED not in caplog.text, "the request has gone on before this is known"
        _settled()
    finally:
        broker.process.send_signal(signal.SIGCONT)
    assert caplog.text.count(NOT_REACHED) == 1, "five errands find it out once"


def test_a_broker_without_room_is_no_error(broker: Child, places: Places, caplog: pytest.LogCaptureFixture) -> None:
    with redis.Redis(unix_socket_path=str(valkey_socket(places))) as client:
        client.config_set("maxmemory", "1")
    waking.nudge(RUN_JOB, uuid7())
    assert caplog.text.count(NOT_REACHED) == 1


def test_a_fork_sends_a_messenger_of_its_own() -> None:
    before = waking._messenger
    waking._send_an_own_messenger()
    assert waking._messenger is not before
    _settled()
