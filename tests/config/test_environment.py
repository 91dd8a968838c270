"""Every missing or wrong setting is named at once, in words that carry no secret."""

from __future__ import annotations

import base64

import pytest

from portal.config.environment import check_overrides, parse_master_keys, read_environment
from portal.config.refusal import Refusal

KEY = base64.b64encode(bytes(range(32))).decode()
COMPLETE = {
    "DATABASE_URL": "postgres://portal_app:secret@db.example/portal",
    "DATABASE_OWNER_URL": "postgres://portal_owner:other@db.example/portal",
    "BROKER_URL": "redis://broker.example/0",
    "CACHE_URL": "redis://broker.example/1",
    "EMAIL_URL": "smtp+tls://user:pass@mail.example:587",
    "SECRET_KEY": "s" * 50,
    "PORTAL_MASTER_KEY": KEY,
    "ALLOWED_HOSTS": "portal.example",
    "PORTAL_ORIGIN": "https://portal.example",
    "STORAGE": "/srv/files",
    "DEFAULT_FROM_EMAIL": "海外修学旅行 <portal@portal.example>",
}

OPTIONAL = (
    *("PORTAL_PACKET_KEYS", "PORTAL_AS_OWNER", "TRUSTED_PROXIES", "DATABASE_POOL_SIZE"),
    *("PORT", "WEB_WORKERS", "WEB_THREADS", "JOB_WORKERS"),
)


@pytest.fixture
def surroundings(monkeypatch):
    """Set exactly these variables of ours; the rest of the contract is absent."""

    def put(values: dict[str, str]) -> None:
        for name in (*COMPLETE, *OPTIONAL):
            monkeypatch.delenv(name, raising=False)
        for name, value in values.items():
            monkeypatch.setenv(name, value)

    return put


def test_a_complete_environment_is_read(surroundings):
    surroundings(COMPLETE)
    given = read_environment()
    assert given["database"]["USER"] == "portal_app"
    assert given["master_keys"] == {"1": KEY}
    assert given["hosts"] == ["portal.example"]
    assert (given["email"]["EMAIL_HOST"], given["email"]["EMAIL_USE_TLS"]) == ("mail.example", True)


def test_the_owner_role_is_taken_only_when_asked_for(surroundings):
    surroundings(COMPLETE | {"PORTAL_AS_OWNER": "1"})
    assert read_environment()["database"]["USER"] == "portal_owner"


def test_an_empty_environment_lists_every_setting_at_once(surroundings):
    surroundings({})
    with pytest.raises(Refusal) as refused:
        read_environment()
    named = {line.split(":")[0].strip() for line in refused.value.ja.splitlines()[1:]}
    assert named == set(COMPLETE) - {"DATABASE_OWNER_URL"}
    assert "10件" in refused.value.ja


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://portal_app:secret@db.example/portal"),
        ("DATABASE_URL", "postgres://postgres:secret@db.example/portal"),
        ("BROKER_URL", "http://broker.example"),
        ("CACHE_URL", "redis+socket:///tmp/valkey.sock"),
        ("DATABASE_URL", "postgres://portal_app:secret@db.example:many/portal"),
        ("EMAIL_URL", "mail.example"),
        ("EMAIL_URL", "smtp+tls://user:secret@mail.example:many"),
        ("PORT", "web"),
        ("PORT", "70000"),
        ("WEB_WORKERS", "0"),
        ("WEB_THREADS", "some"),
        ("JOB_WORKERS", "-1"),
        ("SECRET_KEY", "short"),
        ("PORTAL_MASTER_KEY", base64.b64encode(b"too short").decode()),
        ("PORTAL_MASTER_KEY", "2026:not base64!"),
        ("PORTAL_PACKET_KEYS", KEY),
        ("PORTAL_PACKET_KEYS", f"2026-04-31:{KEY}"),
        ("PORTAL_PACKET_KEYS", "2026-04-01:c2hvcnQ="),
        ("ALLOWED_HOSTS", "*"),
        ("PORTAL_ORIGIN", "http://portal.example"),
        ("STORAGE", "files"),
        ("DEFAULT_FROM_EMAIL", "nobody"),
        ("TRUSTED_PROXIES", "9"),
        ("DATABASE_POOL_SIZE", "many"),
    ],
)
def test_each_bad_value_is_refused_by_name(surroundings, name, value):
    surroundings(COMPLETE | {name: value})
    with pytest.raises(Refusal) as refused:
        read_environment()
    listed = refused.value.ja.splitlines()[1:]
    assert [line.split(":")[0].strip() for line in listed] == [name]


def test_a_refusal_never_repeats_a_secret(surroundings):
    surroundings(
        COMPLETE | {"PORTAL_MASTER_KEY": "c2VjcmV0", "SECRET_KEY": "hunter2", "DATABASE_URL": "x://u:hunter3@h/d"}
    )
    with pytest.raises(Refusal) as refused:
        read_environment()
    assert not any(secret in str(refused.value) for secret in ("c2VjcmV0", "hunter2", "hunter3"))


def test_master_keys_keep_their_order_so_that_the_first_one_seals():
    assert list(parse_master_keys(f"2027:{KEY}, 2026:{KEY}")) == ["2027", "2026"]


def test_on_ones_own_machine_nothing_is_needed(surroundings):
    surroundings({})
    check_overrides()


def test_on_ones_own_machine_all_that_is_named_wrongly_is_listed(surroundings):
    wrong = {
        "DATABASE_URL": "mysql://db",
        "DATABASE_OWNER_URL": "postgres://postgres@db/x",
        "BROKER_URL": "http://b",
        "CACHE_URL": "c",
        "PORTAL_MASTER_KEY": "zz",
        "PORTAL_PACKET_KEYS": "zz",
        "STORAGE": "files",
        "EMAIL_URL": "mail",
        "DATABASE_POOL_SIZE": "many",
    }
    surroundings(wrong)
    with pytest.raises(Refusal) as refused:
        check_overrides()
    assert {line.split(":")[0].strip() for line in refused.value.ja.splitlines()[1:]} == set(wrong)
