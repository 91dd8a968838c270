"""A taken port is named with a way out; a silent portal is not mistaken for a healthy one."""

from __future__ import annotations

import os
import socket

import pytest

from portal.config.refusal import Refusal
from portal.config.supervisor.ports import free_port, refuse_taken_port, unhealthy_parts


def test_a_taken_port_names_its_user_and_the_next_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(Refusal) as refused:
            refuse_taken_port("127.0.0.1", port)
    assert f"pid {os.getpid()}" in refused.value.en
    assert f"make run PORT={port + 1}" in refused.value.ja


def test_an_address_that_is_not_ours_is_refused():
    with pytest.raises(Refusal, match=r"HOST=127\.0\.0\.1"):
        refuse_taken_port("192.0.2.1", 8000)


def test_a_port_that_is_none_is_refused():
    with pytest.raises(Refusal, match="0-65535"):
        refuse_taken_port("127.0.0.1", 99999)


def test_a_free_port_is_accepted_and_nobody_answers_there():
    port = free_port()
    refuse_taken_port("127.0.0.1", port)
    assert unhealthy_parts(port) is None
