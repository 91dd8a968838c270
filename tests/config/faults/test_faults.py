"""Parts of a living portal are frozen, emptied, killed: people are answered all the same, each packet comes once.

Real servers throughout. The ledger itself tells what happens, so nothing here waits for a guess of seconds.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any

import psutil
import pytest
import redis
from celery import Celery

from portal.jobs.enqueue import RUN_JOB
from tests.config.faults.hands import Hands
from tests.config.faults.ledger import Ledger
from tests.config.faults.reader import Reader
from tests.sizes import PROOF, size
from tests.stack import LiveStack, environment_of

pytestmark = [pytest.mark.faults, pytest.mark.xdist_group("run")]
CLEAR = {"safety-verdict": "clear"}
REMARK = {"pointer": "", "kind": "wrong", "audience": "internal", "text": "鵠: 書いている途中でデータベースが落ちた"}
AT_ONCE = 2.0
"""Seconds in which a press of a button is answered whatever the broker does."""


_number = count(1)


@dataclass
class Desk:
    """One plan at a running portal, the people around it, and the ledger."""

    stack: LiveStack
    hands: Hands
    ledger: Ledger
    plan: dict[str, Any]

    def reader(self, who: str) -> Reader:
        return Reader(self.stack.url).sign_in(self.plan[who])

    def tell(self, job: str, *, times: int) -> None:
        """Messages of the queue, as many as wanted."""
        with Celery("teller", broker=self.stack.environment["BROKER_URL"], set_as_current=False) as teller:
            for _ in range(times):
                teller.send_task(RUN_JOB, args=[job], ignore_result=True)

    def letter(self) -> dict[str, str]:
        """A letter fixed and its packet asked for; the number is the test's own."""
        return self.hands.do("fix_letter", f"障害第{next(_number)}号")

    def empty_the_broker(self) -> None:
        """Everything it holds is gone."""
        socket = self.stack.environment["BROKER_URL"].partition("://")[2].partition("?")[0]
        with redis.Redis(unix_socket_path=socket) as valkey:
            valkey.flushall()

    def comes_once(self, asked: dict[str, str], *, attempts: int) -> None:
        """The packet is there, one of it, after so many attempts, and the world is whole."""
        self.ledger.wait_for(asked["job"], "done")
        assert self.ledger.row(asked["job"]) == ("done", attempts, attempts)
        assert self.ledger.packets(asked["letter"]) == 1
        assert self.hands.do("look") == {"state": "approved"}


Wound = Callable[[Desk], tuple[dict[str, str], int]]
"""Breaks something around a packet that was asked for; returns what was asked, and how many attempts it takes."""


@pytest.fixture(scope="module")
def desk(wounded_stack: LiveStack) -> Iterator[Desk]:
    hands = Hands(environment_of(wounded_stack.places))
    yield Desk(wounded_stack, hands, Ledger(wounded_stack), hands.do("begin"))
    hands.leave()


def test_a_frozen_broker_keeps_nobody_waiting(desk: Desk) -> None:
    principal, approver = desk.reader("principal"), desk.reader("approver")
    with _frozen(desk.stack.part("valkey")):
        submit = f"/trips/{desk.plan['trip']}/submit/"
        assert principal.open(submit) == 200
        assert principal.post(submit, attest="on") == 302, principal.page
        desk.hands.do("check")
        assert approver.open(f"/inbox/{desk.plan['request']}/decision/") == 200
        assert approver.post(f"/inbox/{desk.plan['request']}/decision/safety/", **CLEAR) == 302, approver.page
        asked = desk.letter()
        assert desk.ledger.row(asked["job"]) == ("queued", 0, 0)
    if PROOF:
        assert max(principal.seconds, approver.seconds) <= AT_ONCE
    desk.comes_once(asked, attempts=1)


def killed_at_work(desk: Desk) -> tuple[dict[str, str], int]:
    """The worker dies with its renderer while it works, the broker forgets all, and then tells everything thrice."""
    with desk.ledger.no_packet_is_stored():
        asked = desk.letter()
        desk.ledger.wait_for(asked["job"], "running")
        worker = desk.stack.part("worker")
        _kill(worker)
        assert desk.ledger.row(asked["job"]) == ("running", 1, 1)
    assert desk.ledger.packets(asked["letter"]) == 0
    desk.empty_the_broker()
    desk.ledger.end_lease(asked["job"])
    desk.tell(asked["job"], times=3)
    desk.stack.wait_for_successor("worker", of=worker.pid)
    return asked, 2


def told_to_nobody(desk: Desk) -> tuple[dict[str, str], int]:
    """The broker forgets the message before anybody has taken it: the sweep finds the row."""
    with _frozen(desk.stack.part("worker")):
        asked = desk.letter()
        desk.tell(asked["job"], times=1)
        desk.empty_the_broker()
        assert desk.ledger.row(asked["job"]) == ("queued", 0, 0)
    return asked, 1


def broker_killed(desk: Desk) -> tuple[dict[str, str], int]:
    """The broker dies with the message in it."""
    valkey = desk.stack.part("valkey")
    with _frozen(desk.stack.part("worker")):
        asked = desk.letter()
        _kill(valkey)
    desk.stack.wait_for_successor("valkey", of=valkey.pid)
    return asked, 1


def lease_left_alone(desk: Desk) -> tuple[dict[str, str], int]:
    """Nobody helps: the dead worker's lease ends by itself."""
    with desk.ledger.no_packet_is_stored():
        asked = desk.letter()
        desk.ledger.wait_for(asked["job"], "running")
        _kill(desk.stack.part("worker"))
    return asked, 2


WOUNDS = [killed_at_work, told_to_nobody, broker_killed, lease_left_alone]


@pytest.mark.parametrize("wound", WOUNDS[: size(1, proof=len(WOUNDS))], ids=lambda wound: wound.__name__)
def test_each_packet_comes_once_whatever_breaks(desk: Desk, wound: Wound) -> None:
    asked, attempts = wound(desk)
    desk.comes_once(asked, attempts=attempts)
    desk.stack.wait_until_green()


def test_a_killed_backend_of_the_database_is_got_over(desk: Desk) -> None:
    """PostgreSQL throws everybody out and starts again: kept connections are dead, and nobody is served by one."""
    reader = desk.reader("approver")
    path = f"/inbox/{desk.plan['request']}/"
    ((backend,),) = desk.ledger.run("SELECT min(pid) FROM pg_stat_activity WHERE usename = 'portal_app'")
    os.kill(backend, signal.SIGKILL)
    desk.stack.wait_until_green()
    assert [reader.open(path) for _ in range(6)] == [200] * 6
    assert desk.hands.do("look") == {"state": "approved"}


def test_a_press_under_which_the_database_dies_leaves_nothing_and_then_works(desk: Desk) -> None:
    """The server is killed in the middle of one person's request, between its reading and its writing."""
    reader, path = desk.reader("approver"), f"/inbox/{desk.plan['request']}/remarks/"
    assert reader.open(path) == 200
    with desk.ledger.held_up(desk.plan["request"]), ThreadPoolExecutor(1) as hand:
        pressed = hand.submit(reader.post, path, **REMARK)
        os.kill(desk.ledger.backend_of_who_waits(), signal.SIGKILL)
        assert pressed.result() in (500, 503), reader.page
    desk.stack.wait_until_green()
    assert desk.ledger.remarks(REMARK["text"]) == 0
    assert reader.open(path) == 200
    assert reader.post(path, **REMARK) == 302, reader.page
    assert desk.ledger.remarks(REMARK["text"]) == 1
    assert desk.hands.do("look") == {"state": "approved"}


@contextmanager
def _frozen(process: psutil.Process) -> Iterator[None]:
    """It and all its children stand still while the block runs."""
    family = [process, *process.children(recursive=True)]
    for one in family:
        one.suspend()
    try:
        yield
    finally:
        for one in family:
            one.resume()


def _kill(process: psutil.Process) -> None:
    """It and whatever it started, at once and without a last word."""
    for one in [*process.children(recursive=True), process]:
        one.kill()
