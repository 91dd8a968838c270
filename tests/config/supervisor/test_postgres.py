"""The embedded PostgreSQL: made whole or not at all, back after a crash with its data, silent about data in its log."""

from __future__ import annotations

import os
import signal

import psycopg
import pytest

from portal.config.refusal import Refusal
from portal.config.supervisor.postgres import connect_as_superuser, start_postgres


def test_it_comes_back_with_its_data_after_a_kill(places):
    server = start_postgres(places)
    with connect_as_superuser(places) as superuser:
        superuser.execute("CREATE TABLE kept AS SELECT '髙﨑'::text AS name")
    os.kill(server.process.pid, signal.SIGKILL)
    server.process.wait()
    server = start_postgres(places)
    try:
        with connect_as_superuser(places) as superuser:
            assert superuser.execute("SELECT name FROM kept").fetchall() == [("髙﨑",)]
    finally:
        server.stop()


def test_text_sorts_by_code_point_and_folds_case_on_every_machine(places):
    server = start_postgres(places, durable=False)
    try:
        with connect_as_superuser(places) as superuser:
            superuser.execute("CREATE EXTENSION pg_trgm")
            row = superuser.execute(
                "SELECT datlocprovider, datlocale, datctype, lower('ＡＢ'), cardinality(show_trgm('山田')), "
                "(SELECT rolsuper FROM pg_roles WHERE rolname = current_user) FROM pg_database WHERE datname='postgres'"
            ).fetchone()
        assert row == ("b", "C.UTF-8", "C.UTF-8", "ａｂ", 3, True)
    finally:
        server.stop()


def test_no_value_reaches_the_server_log(places):
    server = start_postgres(places, durable=False)
    try:
        with connect_as_superuser(places) as superuser:
            superuser.execute("CREATE TABLE pupil (name text PRIMARY KEY)")
            superuser.execute("INSERT INTO pupil VALUES ('秘密の名前')")
            with pytest.raises(psycopg.errors.UniqueViolation):
                superuser.execute("INSERT INTO pupil VALUES ('秘密の名前')")
            with pytest.raises(psycopg.errors.InvalidTextRepresentation):
                superuser.execute("SELECT %s::int", ["秘密の名前"])
    finally:
        server.stop()
    assert "秘密の名前" not in server.log.read_text()


def test_a_stranger_without_password_is_refused(places):
    server = start_postgres(places, durable=False)
    try:
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(host=str(places.sockets), user="postgres", dbname="postgres", password="guess")
    finally:
        server.stop()


def test_an_interrupted_preparation_is_done_again(places, capsys):
    places.postgres_unfinished.mkdir()
    (places.postgres_unfinished / "PG_VERSION").write_text("18\n")
    start_postgres(places, durable=False).stop()
    assert "途中で止まっていた" in capsys.readouterr().err
    assert not places.postgres_unfinished.exists()
    assert (places.postgres / "PG_VERSION").read_text() == "18\n"


def test_a_half_made_folder_is_refused_with_the_mend(places):
    (places.postgres / "base").mkdir(parents=True)
    with pytest.raises(Refusal, match="作りかけ") as refused:
        start_postgres(places)
    assert "`make reset`" in refused.value.ja


def test_a_folder_of_another_version_is_refused(places):
    places.postgres.mkdir()
    (places.postgres / "PG_VERSION").write_text("15\n")
    with pytest.raises(Refusal, match="PostgreSQL 15"):
        start_postgres(places)


def test_a_folder_of_another_user_is_refused(places):
    if os.geteuid() == 0:
        places.postgres.mkdir()
        os.chown(places.postgres, 12345, 12345)
    else:
        places.postgres.symlink_to("/usr")
    with pytest.raises(Refusal, match="別の利用者"):
        start_postgres(places)


def test_a_pid_file_left_by_a_reboot_is_not_in_the_way(places):
    start_postgres(places, durable=False).stop()
    (places.postgres / "postmaster.pid").write_text(f"{os.getpid()}\n{places.postgres}\n")
    start_postgres(places, durable=False).stop()
    assert not (places.postgres / "postmaster.pid").exists()


def test_a_server_that_outlived_its_supervisor_is_replaced(places):
    orphan = start_postgres(places, durable=False)
    server = start_postgres(places, durable=False)
    try:
        assert not orphan.runs
        assert server.runs
    finally:
        server.stop()
