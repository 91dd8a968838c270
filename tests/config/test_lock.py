"""The locks: every package by hash, no word about hosts, complete for the oldest Python."""

from __future__ import annotations

import re

import pytest

from portal.config.supervisor.places import ROOT

LOCKS = ["requirements.txt", "requirements-dev.txt"]


def _text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def _pins(name: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9][a-z0-9._-]*)==(\S+)", _text(name), re.MULTILINE))


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_is_pinned_and_hashed(name):
    blocks = re.split(r"^(?=[a-z0-9])", _text(name), flags=re.MULTILINE)[1:]
    assert len(blocks) > 50
    assert all("==" in block.splitlines()[0] and "--hash=sha256:" in block for block in blocks)


@pytest.mark.parametrize("name", LOCKS)
def test_no_host_index_or_path_is_named(name):
    assert not re.search(r"https?://|file://|--index|--extra-index|--find-links|--trusted|(?<![\w.])/\w", _text(name))


def test_both_locks_agree_where_they_meet():
    run, dev = _pins(LOCKS[0]), _pins(LOCKS[1])
    assert {name: dev[name] for name in run.keys() & dev} == {name: run[name] for name in run.keys() & dev}


def test_the_oldest_python_finds_all_it_needs():
    """redis asks for async-timeout on Python before 3.11.3, which is Debian 12's own."""
    assert "async-timeout" in _pins("requirements.txt")
