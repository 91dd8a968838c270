"""The embedded Valkey keeps its queue on disk, evicts nothing, and listens to nobody else."""

from __future__ import annotations

import os
import signal

import redis

from portal.config.supervisor.valkey import start_valkey, valkey_socket


def test_it_is_durable_private_and_never_evicts(places):
    server = start_valkey(places)
    try:
        client = redis.Redis(unix_socket_path=str(valkey_socket(places)))
        told = client.config_get("appendonly", "maxmemory-policy", "port")
        assert told == {"appendonly": "yes", "maxmemory-policy": "noeviction", "port": "0"}
        assert valkey_socket(places).stat().st_mode & 0o777 == 0o700
    finally:
        server.stop()


def test_a_queue_outlives_a_kill(places):
    server = start_valkey(places)
    redis.Redis(unix_socket_path=str(valkey_socket(places))).rpush("celery", "first", "second")
    os.kill(server.process.pid, signal.SIGKILL)
    server.process.wait()
    server = start_valkey(places)
    try:
        client = redis.Redis(unix_socket_path=str(valkey_socket(places)))
        assert client.lrange("celery", 0, -1) == [b"first", b"second"]
    finally:
        server.stop()
