"""The ledger of a running portal, read as the owner of the tables; it tells by itself what happens (LISTEN)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
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

    @contextmanager
    def no_packet_is_stored(self) -> Iterator[None]:
        """While the block runs, whoever has rendered waits: so it can be killed before its end for certain."""
        with self.stack.connect() as connection, connection.transaction():
            connection.execute("LOCK TABLE mofa_requests_packet IN EXCLUSIVE MODE")
            yield
            raise psycopg.Rollback
