"""Whether the port is ours to take, and whether the portal behind it is well.

Here: looking from outside. Not here: what is examined inside (``portal.ui.health``).
"""

from __future__ import annotations

import errno
import http.client
import json
import socket
from pathlib import Path

import psutil

from portal.config.refusal import Refusal


def refuse_taken_port(host: str, port: int) -> None:
    """Raises ``Refusal`` naming who listens there, where that can be known."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OverflowError as error:
            raise _cannot_listen(host, port, OSError(errno.EINVAL, "0-65535")) from error
        except OSError as error:
            raise _cannot_listen(host, port, error) from error


def free_port() -> int:
    """A port of this machine that nobody uses at this moment."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def unhealthy_parts(port: int, *, host: str = "localhost") -> list[str] | None:
    """Parts that /healthz calls down, ``[]`` when all is green, ``None`` while nobody answers."""
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        link.request("GET", "/healthz", headers={"Host": host, "X-Forwarded-Proto": "https"})
        answer = json.loads(link.getresponse().read())
        return [name for name, well in answer["parts"].items() if not well]
    except (OSError, http.client.HTTPException, ValueError, KeyError):
        return None
    finally:
        link.close()


def _cannot_listen(host: str, port: int, error: OSError) -> Refusal:
    if error.errno == errno.EADDRINUSE:
        user = _listener(port)
        return Refusal(
            f"ポート {port} は別のプログラム{user}が使っています。止めるか `make run PORT={port + 1}` としてください。",
            f"Port {port} is in use{user}: stop that program, or type `make run PORT={port + 1}`.",
        )
    return Refusal(
        f"{host}:{port} は使えません（{error.strerror}）。`make run PORT=8000 HOST=127.0.0.1` のようにしてください。",
        f"Cannot listen on {host}:{port} ({error.strerror}): name another, as in `make run PORT=8000 HOST=127.0.0.1`.",
    )


def _listener(port: int) -> str:
    try:
        for found in psutil.net_connections("tcp"):
            if found.status == psutil.CONN_LISTEN and found.laddr.port == port and found.pid:
                return f" ({Path(psutil.Process(found.pid).name()).name}, pid {found.pid})"
    except psutil.Error:
        return ""
    return ""
