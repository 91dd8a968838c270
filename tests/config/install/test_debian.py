"""What is missing on a machine, and the one line that brings it."""

from __future__ import annotations

import os
import shutil

import pytest

from portal.config.install import debian
from portal.config.install.debian import Part, apt_line, missing_parts, require
from portal.config.refusal import Refusal

HERE = Part("coreutils", "there everywhere", lambda: True)
GONE = Part("fonts-morisawa-bizud-gothic", "Japanese text", lambda: False)
ALSO_GONE = Part("chromium", "browser tests", lambda: False)


def test_only_missing_parts_are_named_in_one_line():
    missing = missing_parts([HERE, GONE, ALSO_GONE])
    assert missing == [GONE, ALSO_GONE]
    assert apt_line(missing) == ("sudo apt-get install --no-install-recommends fonts-morisawa-bizud-gothic chromium")


def test_an_ordinary_user_is_stopped_with_that_line(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(Refusal) as refused:
        require([HERE, GONE])
    assert refused.value.code == 3
    assert apt_line([GONE]) in refused.value.ja
    assert apt_line([GONE]) in refused.value.en


def test_root_without_apt_get_is_told_what_to_install(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(Refusal, match="chromium"):
        require([ALSO_GONE])


def test_nothing_happens_where_nothing_is_missing():
    require([HERE])


def test_the_parts_for_running_are_on_this_machine():
    assert missing_parts(debian.RUN_PARTS) == []


def test_a_probe_tells_presence_from_absence():
    assert debian._library("libc.so.6")()
    assert not debian._library("libabsent-of-course.so.9")()
    assert debian._program("sh")()
    assert not debian._program("a-program-nobody-has")()
    assert not debian._font("書体のない書体")()
