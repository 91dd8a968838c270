"""The ledger of a running portal, read as the owner of the tables; it tells by itself what happens (LISTEN)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from time import monotonic
from typing import Any

import psycopg

from tests.stack import PATIENCE, LiveStack

TELL = """
CREATE OR REPLACE FUNCTION tell_of_job() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN PERFORM pg_notify('ledger', NEW.id || ' ' || NEW.state); RETURN NULL; END $$;
CREATE OR REPLACE TRIGGER tell_of_job AFTER UPDATE ON jobs_job FOR EACH ROW EXECUTE FUNCTION tell_of_job();
"""


class Ledger:
    """Jobs by id, packets by their letter. Each question has a connection of its own: the database may be wounded."""

    def __init__(self, stack: LiveStack) -> None:
        self.stack = stack
        self.run(TELL)

    def run(self, statement: str, *values: str) -> list[tuple[Any, ...]]:
        with self.stack.connect() as connection:
            found = connection.execute(statement.encode(), values)
            return found.fetchall() if found.description else []

    def wait_for(self, job: str, state: str) -> None:
        """Until the job is in this state; no guess of seconds."""
        with self.stack.connect() as connection:
            connection.execute("LISTEN ledger")
            if self.row(job)[0] == state:
                return
            for told in connection.notifies(timeout=PATIENCE):
                if told.payload == f"{job} {state}":
                    return
        raise AssertionError(f"the job never was {state}: {self.row(job)}")

    def end_lease(self, job: str) -> None:
        """As if its ninety seconds had gone by."""
        self.run("UPDATE jobs_job SET lease_until = now() - interval '1 second' WHERE id = %s", job)

    def row(self, job: str) -> tuple[Any, ...]:
        """State, attempts, fence."""
        (found,) = self.run("SELECT state, attempts, fence FROM jobs_job WHERE id = %s", job)
        return found

    def packets(self, letter: str) -> int:
        ((many,),) = self.run("SELECT count(*) FROM mofa_requests_packet WHERE letter_id = %s", letter)
        return int(many)

    def remarks(self, text: str) -> int:
        ((many,),) = self.run("SELECT count(*) FROM mofa_requests_remark WHERE text = %s", text)
        return int(many)

    @contextmanager
    def held_up(self, request: str) -> Iterator[None]:
        """While the block runs, whoever moves this request waits for its row. The server may die meanwhile."""
        with suppress(psycopg.OperationalError), self.stack.connect() as connection, connection.transaction():
            connection.execute("SELECT 1 FROM mofa_requests_mofarequest WHERE id = %s FOR UPDATE", [request])
            yield

    def backend_of_who_waits(self) -> int:
        """The server process that works for somebody at a page and waits for a row."""
        # What others wait for is hidden from the owner of the tables in pg_stat_activity, but not their locks.
        waiting = (
            "SELECT pid FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE NOT granted AND usename = 'portal_app'"
        )
        with self.stack.connect() as connection:
            last_moment = monotonic() + PATIENCE
            while monotonic() < last_moment:
                if found := connection.execute(waiting).fetchone():
                    return int(found[0])
                connection.execute("SELECT pg_sleep(0.02)")
        raise AssertionError("nobody waits for the row")

    @contextmanager
    def no_packet_is_stored(self) -> Iterator[None]:
        """While the block runs, whoever has rendered waits: so it can be killed before its end for certain."""
        with self.stack.connect() as connection, connection.transaction():
            connection.execute("LOCK TABLE mofa_requests_packet IN EXCLUSIVE MODE")
            yield
            raise psycopg.Rollback
