"""Secrets that a machine makes for itself on first use, kept in ``var/keys`` for its owner alone.

Here: making and reading them once. Not here: production secrets, which come from the environment.
"""

from __future__ import annotations

import base64
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from portal.config.supervisor.places import Places


def _password() -> str:
    return secrets.token_urlsafe(24)


def _key_of_32_bytes() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode("ascii")


def superuser_password(places: Places) -> str:
    """PostgreSQL's own superuser of the embedded server; used to make roles, never by the product."""
    return _keep(places.keys / "postgres.password", _password)


def owner_password(places: Places) -> str:
    """``portal_owner``: owns the tables and migrates."""
    return _keep(places.keys / "portal_owner.password", _password)


def app_password(places: Places) -> str:
    """``portal_app``: serves requests and jobs."""
    return _keep(places.keys / "portal_app.password", _password)


def signing_key(places: Places) -> str:
    """Django's SECRET_KEY of this machine."""
    return _keep(places.keys / "secret_key", lambda: secrets.token_urlsafe(50))


def master_key(places: Places) -> str:
    """The sealing key (base64 of 32 bytes). Losing it means losing every sealed value."""
    return _keep(places.keys / "master_key", _key_of_32_bytes)


def packet_key(places: Places) -> str:
    """What this machine signs packets with, for letters of every date; the demo's papers are signed too."""
    return _keep(places.keys / "packet_key", lambda: f"2000-01-01:{_key_of_32_bytes()}")


def _keep(path: Path, make: Callable[[], str]) -> str:
    """The secret at ``path``, made on first use; of two processes racing, both get the winner's."""
    if path.exists():
        return path.read_text(encoding="ascii")
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(make())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return path.read_text(encoding="ascii")
