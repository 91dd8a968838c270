"""How to reach the database, the broker and the cache: from the environment, or from the embedded servers.

Here: addresses as URLs. Not here: starting anything. No Django (settings import this).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from portal.config.refusal import Refusal
from portal.config.supervisor.places import Places, read_note

DATABASE = "portal"
OWNER_ROLE = "portal_owner"
APP_ROLE = "portal_app"


@dataclass(frozen=True)
class Addresses:
    """What a process of the portal must know; ``database`` is already the role this process is to use."""

    database: str
    broker: str
    cache: str


def database_url(sockets: Path, *, role: str, password: str, name: str = DATABASE) -> str:
    """``postgres://role:password@<socket folder>/name``, everything percent-encoded."""
    return f"postgres://{role}:{quote(password, safe='')}@{quote(str(sockets), safe='')}/{name}"


@dataclass(frozen=True)
class Passwords:
    """Of the two roles that log in; made by the machine (``keys``), or fixed for one test run."""

    owner: str
    app: str


TEST_PASSWORDS = Passwords(owner="owner in a private folder", app="app in a private folder")
"""The servers of a test run listen in a folder of mode 0700 that lives as long as the run."""


def embedded_database_urls(places: Places, passwords: Passwords) -> dict[str, str]:
    """Environment entries for both roles of the embedded PostgreSQL."""
    return {
        "DATABASE_URL": database_url(places.sockets, role=APP_ROLE, password=passwords.app),
        "DATABASE_OWNER_URL": database_url(places.sockets, role=OWNER_ROLE, password=passwords.owner),
    }


def embedded_broker_urls(places: Places) -> dict[str, str]:
    """Environment entries for broker (database 0) and cache (database 1) of the embedded Valkey."""
    socket = places.sockets / "valkey.sock"
    return {"BROKER_URL": f"redis+socket://{socket}?virtual_host=0", "CACHE_URL": f"unix://{socket}?db=1"}


def local_addresses(places: Places, *, environment: Mapping[str, str]) -> Addresses:
    """Addresses named in ``environment``, else those of the instance running from ``places``.

    ``PORTAL_AS_OWNER=1`` chooses the owner role. Raises ``Refusal`` when there is no database to talk to.
    """
    role = "DATABASE_OWNER_URL" if environment.get("PORTAL_AS_OWNER") == "1" else "DATABASE_URL"
    known = {**(read_note(places) or {}).get("environment", {}), **environment}
    if not known.get(role) and environment.get("DATABASE_URL"):
        raise Refusal(
            f"{role} が設定されていません。表を変更する役割（portal_owner）の接続先を {role} に設定してください。",
            f"{role} is not set: give it the address of the role that owns the tables (portal_owner).",
            code=4,
        )
    if not known.get(role) or not known.get("BROKER_URL"):
        raise Refusal(
            "データベースが動いていません。`make run` で起動してから、もう一度実行してください。",
            "The database is not running: `make run` starts it; then try again.",
            code=5,
        )
    return Addresses(known[role], known["BROKER_URL"], known.get("CACHE_URL") or _cache_beside(known["BROKER_URL"]))


def addresses_of_this_test_run(places: Places, *, process: int, environment: Mapping[str, str]) -> Addresses:
    """Addresses of this test run: the environment's, else of the servers the test run starts in ``places``.

    Each ``process`` of a run has a database of its own, and so a cache of its own: rows of two databases share ids,
    and what one test clears must not be what another one counts on.
    """
    broker = environment.get("BROKER_URL") or embedded_broker_urls(places)["BROKER_URL"]
    database = (
        environment.get("DATABASE_OWNER_URL") or embedded_database_urls(places, TEST_PASSWORDS)["DATABASE_OWNER_URL"]
    )
    return Addresses(database, broker, environment.get("CACHE_URL") or _cache_beside(broker, number=1 + process))


def _cache_beside(broker: str, *, number: int = 1) -> str:
    """Where only a broker is named, the cache is another database of it."""
    if broker.startswith("redis+socket://"):
        return f"unix://{broker.removeprefix('redis+socket://').partition('?')[0]}?db={number}"
    return f"{broker.rstrip('/').removesuffix('/0')}/{number}"
