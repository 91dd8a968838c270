"""What a machine must tell the portal: every setting read from the environment, checked all at once.

Here: names, shapes and the list of everything wrong. Not here: what Django does with them (``settings``).
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import os
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from environs import Env, EnvValidationError, ValidationError

from portal.config.mail_server import mail_server
from portal.config.refusal import Refusal

KEY_LENGTH = 32
SHORTEST_SECRET = 50


def read_environment() -> dict[str, Any]:
    """Every production setting. Raises ``Refusal`` naming all that are missing or bad, not only the first.

    Keys: ``database`` (Django's dict), ``broker``, ``cache``, ``email`` (dict), ``secret_key``, ``master_keys``
    (id → base64), ``packet_keys`` (text, may be empty),
    ``hosts``, ``origin``, ``storage``, ``pool_size``, ``from_email``, ``proxies``. Sizes of processes are only checked:
    ``serve`` takes them itself.
    """
    env = Env(eager=False)
    as_owner = env.bool("PORTAL_AS_OWNER", False)
    read: dict[str, Any] = {
        "database": env.str("DATABASE_OWNER_URL" if as_owner else "DATABASE_URL", validate=_postgres),
        "broker": env.str("BROKER_URL", validate=_broker),
        "cache": env.str("CACHE_URL", validate=_cache),
        "email": env.str("EMAIL_URL", validate=_mail_server),
        "secret_key": env.str("SECRET_KEY", validate=_long_enough),
        "master_keys": env.str("PORTAL_MASTER_KEY", validate=_master_keys),
        "hosts": env.list("ALLOWED_HOSTS", validate=_named_hosts),
        "origin": env.str("PORTAL_ORIGIN", validate=_https_origin),
        "storage": env.str("STORAGE", validate=_absolute_folder),
        "pool_size": env.int("DATABASE_POOL_SIZE", 4, validate=_between(0, 50)),
        "from_email": env.str("DEFAULT_FROM_EMAIL", validate=_mail_address),
        "packet_keys": env.str("PORTAL_PACKET_KEYS", "", validate=_packet_keys),
        "proxies": env.int("TRUSTED_PROXIES", 1, validate=_between(0, 5)),
    }
    _check_sizes(env)
    _refuse_all_at_once(env)
    return read | {
        "database": dict(dj_database_url.parse(read["database"])),
        "email": mail_server(read["email"]),
        "master_keys": parse_master_keys(read["master_keys"]),
    }


def check_overrides() -> None:
    """On one's own machine nothing is needed, but what is named must be right. Raises ``Refusal`` naming all faults."""
    env = Env(eager=False)
    for name, check in _OVERRIDES.items():
        if os.environ.get(name):
            env.str(name, validate=check)
    if os.environ.get("DATABASE_POOL_SIZE"):
        env.int("DATABASE_POOL_SIZE", validate=_between(0, 50))
    _refuse_all_at_once(env)


def _check_sizes(env: Env) -> None:
    env.int("PORT", 8000, validate=_between(1, 65535))
    for name in ("WEB_WORKERS", "WEB_THREADS", "JOB_WORKERS"):
        env.int(name, 2, validate=_between(1, 64))


def _refuse_all_at_once(env: Env) -> None:
    try:
        env.seal()
    except EnvValidationError as error:
        raise _everything_wrong(error.error_messages) from error


def parse_master_keys(text: str) -> dict[str, str]:
    """``name:base64[,name:base64…]`` or one bare base64 value (named ``1``) → names to base64; the first one seals."""
    pairs = [item.strip().rpartition(":") for item in text.split(",")]
    return {name or "1": value for name, _, value in pairs}


def _everything_wrong(messages: Any) -> Refusal:
    listed = [f"  {name}: {' '.join(map(_in_japanese_too, found))}" for name, found in sorted(messages.items())]
    lines = "\n".join(listed)
    return Refusal(
        f"設定が{len(listed)}件、足りないか正しくありません。docs/operations.md の「設定」で直してください:\n{lines}",
        f'{len(listed)} setting(s) are missing or wrong (listed above): see "Settings" in docs/operations.md.',
        code=4,
    )


def _in_japanese_too(message: str) -> str:
    if message == "Environment variable not set.":
        return "未設定です / not set"
    return f"形が正しくありません / {message}" if message.startswith("Not a valid") else message


def _postgres(value: str) -> None:
    _scheme_in(value, {"postgres", "postgresql"})
    try:
        parsed = dj_database_url.parse(value)
    except ValueError as error:
        raise ValidationError("URL として読めません / cannot be read as a URL") from error
    if not parsed["NAME"]:
        raise ValidationError("データベース名がありません / must name a database")
    if parsed["USER"] in {"postgres", "", None}:
        raise ValidationError("管理者ではない役割の利用者名が要ります / must name a role that is not a superuser")


def _broker(value: str) -> None:
    _scheme_in(value, {"redis", "rediss", "redis+socket", "sentinel", "amqp", "amqps"})


def _cache(value: str) -> None:
    _scheme_in(value, {"redis", "rediss", "unix"})


def _mail_server(value: str) -> None:
    try:
        mail_server(value)
    except ValueError as error:
        raise ValidationError(str(error)) from error


def _scheme_in(value: str, allowed: set[str]) -> None:
    if urlsplit(value).scheme not in allowed:
        raise ValidationError(
            f"{'、'.join(sorted(allowed))} のどれかの URL にしてください / must be one of these URL schemes"
        )


def _long_enough(value: str) -> None:
    if len(value) < SHORTEST_SECRET:
        raise ValidationError(
            f"{SHORTEST_SECRET}文字以上の乱数にしてください / must be at least {SHORTEST_SECRET} random characters"
        )


def _master_keys(value: str) -> None:
    for name, text in parse_master_keys(value).items():
        try:
            key = base64.b64decode(text, validate=True)
        except binascii.Error:
            key = b""
        if len(key) != KEY_LENGTH:
            # The name only: a message must never carry a key.
            raise ValidationError(
                f"鍵「{name}」が32バイトの base64 ではありません / key {name!r} is not base64 of 32 bytes"
            )


def _packet_keys(value: str) -> None:
    for item in filter(None, value.split(",")):
        day, _, text = item.strip().partition(":")
        try:
            holds = bool(dt.date.fromisoformat(day)) and len(base64.b64decode(text, validate=True)) == KEY_LENGTH
        except ValueError:
            holds = False
        if not holds:
            raise ValidationError(
                "2026-04-01:base64 の形で、32バイトの鍵を並べてください / must list date:base64 of 32 bytes"
            )


def _named_hosts(value: list[str]) -> None:
    if not [host for host in value if host] or "*" in value:
        raise ValidationError("受け付けるホスト名を並べてください（* は不可） / list the host names, never *")


def _https_origin(value: str) -> None:
    parts = urlsplit(value)
    if parts.scheme != "https" or not parts.hostname or parts.path not in {"", "/"}:
        raise ValidationError("https://ホスト名 の形にしてください / must look like https://host")


def _absolute_folder(value: str) -> None:
    if not value.startswith("/"):
        raise ValidationError("ファイル置き場の絶対パスにしてください / must be the absolute path of a folder")


def _mail_address(value: str) -> None:
    if not re.search(r"[^@\s<]+@[^@\s>]+", value):
        raise ValidationError("メールアドレスにしてください / must be a mail address")


def _between(low: int, high: int) -> Any:
    def check(value: int) -> None:
        if not low <= value <= high:
            raise ValidationError(f"{low}から{high}までの数にしてください / must be from {low} to {high}")

    return check


_OVERRIDES: dict[str, Callable[[str], None]] = {
    "DATABASE_URL": _postgres,
    "DATABASE_OWNER_URL": _postgres,
    "BROKER_URL": _broker,
    "CACHE_URL": _cache,
    "EMAIL_URL": _mail_server,
    "PORTAL_MASTER_KEY": _master_keys,
    "PORTAL_PACKET_KEYS": _packet_keys,
    "STORAGE": _absolute_folder,
}
