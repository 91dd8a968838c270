"""Keys of authorities by date: derived from secrets, listed in a file, read back whole or not at all."""

from __future__ import annotations

import base64
import datetime as dt
import json

import pytest

from portal.kit.pdf.keys import (
    KeyFileError,
    key_file,
    parse_secrets,
    public_keys_of,
    read_key_file,
    signer_of,
)
from tests.kit.pdf.sealing import AUTHORITY, secrets

OLD, NEW = dt.date(2026, 4, 1), dt.date(2027, 4, 1)


def test_each_key_ends_the_day_before_the_next_begins() -> None:
    first, second = public_keys_of(AUTHORITY, identity="1", secrets=secrets("2027-04-01", "2026-04-01"))
    assert (first.since, first.until) == (OLD, dt.date(2027, 3, 31))
    assert (second.since, second.until) == (NEW, None)
    assert first.key != second.key


@pytest.mark.parametrize("on", [OLD, dt.date(2027, 3, 31), NEW, dt.date(2040, 1, 1)])
def test_letter_is_signed_with_the_key_of_its_date(on: dt.date) -> None:
    both = secrets("2026-04-01", "2027-04-01")
    signer = signer_of(AUTHORITY, identity="1", secrets=both, on=on)
    listed = [each for each in public_keys_of(AUTHORITY, identity="1", secrets=both) if each.covers(on)]
    assert signer is not None
    assert [each.key for each in listed] == [signer.key]


def test_no_signer_before_the_first_key_without_a_date_or_without_a_key() -> None:
    assert signer_of(AUTHORITY, identity="1", secrets=secrets("2026-04-01"), on=dt.date(2026, 3, 31)) is None
    assert signer_of(AUTHORITY, identity="1", secrets=secrets("2026-04-01"), on=None) is None
    assert signer_of(AUTHORITY, identity="1", secrets=(), on=NEW) is None


def test_authorities_of_one_name_have_keys_of_their_own() -> None:
    one, two = (public_keys_of(AUTHORITY, identity=each, secrets=secrets("2026-04-01"))[0] for each in "12")
    assert one.key != two.key


def test_key_file_is_read_back_and_holds_no_secret() -> None:
    keys = public_keys_of(AUTHORITY, identity="1", secrets=secrets("2026-04-01", "2027-04-01"))
    written = json.dumps(key_file(keys))
    assert read_key_file(written.encode()) == keys
    for secret in secrets("2026-04-01", "2027-04-01"):
        assert secret.value.hex() not in written
        assert base64.b64encode(secret.value).decode() not in written
        assert repr(secret.value) not in repr(secret)


@pytest.mark.parametrize(
    "text",
    [
        "2026-04-01",
        "2026-04-31:" + base64.b64encode(bytes(32)).decode(),
        "2026-04-01:" + base64.b64encode(bytes(31)).decode(),
        "2026-04-01:not base64!",
        ",".join(["2026-04-01:" + base64.b64encode(bytes(32)).decode()] * 2),
    ],
)
def test_bad_secret_is_refused_without_quoting_it(text: str) -> None:
    with pytest.raises(KeyFileError) as refused:
        parse_secrets(text)
    value = text.partition(":")[2]
    assert not value or value not in str(refused.value)


def test_no_secret_is_no_key() -> None:
    assert parse_secrets("") == ()
    assert public_keys_of(AUTHORITY, identity="1", secrets=()) == ()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b'{"format": "other", "keys": []}',
        b'{"format": "wataridori-keys/1"}',
        b'{"format": "wataridori-keys/1", "keys": [{"authority": "x", "key": "00", "since": "2026-04-01"}]}',
        b'{"format": "wataridori-keys/1", "keys": [{"authority": "x", "key": "%s", "since": "2026"}]}' % (b"0" * 64),
        b'{"format": "wataridori-keys/1", "keys": [{"authority": "x", "key": "%s", "since": "2026-04-01"}]}'
        % (b"AB" * 32),
    ],
)
def test_half_right_key_file_is_believed_in_nothing(content: bytes) -> None:
    with pytest.raises(KeyFileError):
        read_key_file(content)
