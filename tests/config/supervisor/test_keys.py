"""Secrets are made once, are long enough, and are nobody else's to read."""

from __future__ import annotations

import base64

from portal.config.supervisor import keys


def test_each_secret_is_made_once_and_kept(places):
    makers = (keys.superuser_password, keys.owner_password, keys.app_password, keys.signing_key, keys.master_key)
    first = [make(places) for make in makers]
    assert [make(places) for make in makers] == first
    assert len(set(first)) == len(first)


def test_secret_files_are_private(places):
    keys.master_key(places)
    assert [path.stat().st_mode & 0o777 for path in places.keys.iterdir()] == [0o600]


def test_the_master_key_has_32_bytes(places):
    assert len(base64.b64decode(keys.master_key(places), validate=True)) == 32
