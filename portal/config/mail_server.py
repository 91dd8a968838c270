"""The mail server from one address: host, port, login and whether the line is encrypted, and how.

Not here: which environment variable carries it (``environment``), sending (``portal.jobs.mail``).
"""

from __future__ import annotations

from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

STARTTLS, FROM_THE_START, PLAIN = "starttls", "from the start", "plain"
SCHEMES = {
    "smtp+tls": (STARTTLS, 587),
    "submission": (STARTTLS, 587),
    "smtps": (FROM_THE_START, 465),
    "smtp+ssl": (FROM_THE_START, 465),
    "smtp": (PLAIN, 25),
}


def mail_server(url: str) -> dict[str, Any]:
    """Django's ``EMAIL_…`` settings of ``scheme://user:password@host:port``, user and password percent-encoded.

    Raises ``ValueError`` without naming the value: another scheme, no host, a port that is none, a login in the clear.
    """
    parts = urlsplit(url)
    if parts.scheme not in SCHEMES:
        raise ValueError(f"{'、'.join(SCHEMES)} のどれかの URL にしてください / must be one of these URL schemes")
    encryption, port = SCHEMES[parts.scheme]
    if not parts.hostname:
        raise ValueError("メールサーバーの名前がありません / must name a host")
    if parts.password and encryption == PLAIN:
        raise ValueError("パスワードがあるときは smtp+tls か smtps に / a password needs smtp+tls or smtps")
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": _port(parts) or port,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": encryption == STARTTLS,
        "EMAIL_USE_SSL": encryption == FROM_THE_START,
    }


def _port(parts: SplitResult) -> int | None:
    try:
        return parts.port
    except ValueError as error:
        # The library's own words would repeat a part of the address.
        raise ValueError("ポートは1から65535までの数です / the port must be from 1 to 65535") from error
