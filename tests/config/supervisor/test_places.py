"""Folders are private, socket paths short, and the note to other commands is true or absent."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from portal.config.refusal import Refusal
from portal.config.supervisor.places import SOCKET_PATH_LIMIT, Places, prepare_places, read_note, write_note


def test_folders_are_for_their_owner_alone(places):
    for folder in (places.keys, places.logs, places.files, places.valkey, places.sockets):
        assert folder.stat().st_mode & 0o777 == 0o700


def test_socket_paths_stay_short_however_deep_the_folder_is(tmp_path):
    deep = Places(tmp_path.joinpath(*["深いフォルダー"] * 20) / "var")
    assert len(os.fsencode(deep.sockets / ".s.PGSQL.5432.lock")) <= SOCKET_PATH_LIMIT


def test_two_instances_have_two_socket_folders(tmp_path):
    assert Places(tmp_path / "a").sockets != Places(tmp_path / "b").sockets


def test_a_folder_that_cannot_be_written_is_refused_with_the_mend(tmp_path):
    in_the_way = tmp_path / "file"
    in_the_way.write_text("not a folder")
    with pytest.raises(Refusal) as refused:
        prepare_places(Places(in_the_way / "var"))
    assert str(in_the_way) in refused.value.ja
    assert "PORTAL_VAR" in refused.value.en


def test_a_socket_folder_of_somebody_else_is_refused(tmp_path):
    target = Places(tmp_path / "var")
    target.sockets.symlink_to("/usr")
    try:
        with pytest.raises(Refusal, match="belongs to somebody else"):
            prepare_places(target)
    finally:
        target.sockets.unlink()


def test_the_note_is_private_and_read_back(places):
    write_note(places, {"pid": os.getpid(), "environment": {"DATABASE_URL": "postgres://…"}})
    assert places.note.stat().st_mode & 0o777 == 0o600
    assert read_note(places) == {"pid": os.getpid(), "environment": {"DATABASE_URL": "postgres://…"}}


def test_a_note_of_a_process_that_is_gone_counts_as_none(places):
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    write_note(places, {"pid": gone.pid, "environment": {}})
    assert read_note(places) is None
    assert Path(places.note).exists()
