"""The confined process that opens a stranger's file: ``python -m trips.roster.child``.

Reads one JSON line of wishes and the file's bytes from stdin, writes one JSON answer to stdout. Opens no file and no
connection of its own. Not here: starting it (launch), judging cells (values).
"""

from __future__ import annotations

import json
import resource
import sys
from typing import Any

from trips.itinerary.columns import itinerary_score
from trips.roster.headers import roster_score
from trips.roster.limits import CHILD_CPU_SECONDS, CHILD_MEMORY_BYTES
from trips.roster.reading import read_file
from trips.roster.refusals import FileRefused
from trips.roster.sniff import Container
from trips.roster.table import pack

_LIKENESS = {"roster": roster_score, "itinerary": itinerary_score}


def confine() -> None:
    """Cap address space, processor time, written files and core dumps of this process for good."""
    resource.setrlimit(resource.RLIMIT_AS, (CHILD_MEMORY_BYTES, CHILD_MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CHILD_CPU_SECONDS, CHILD_CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.dont_write_bytecode = True


def main() -> int:
    """Answer one request; the exit code is 0 whenever an answer was written."""
    confine()
    wishes = json.loads(sys.stdin.buffer.readline())
    data = sys.stdin.buffer.read()
    try:
        reading = read_file(
            data,
            Container(wishes["container"]),
            encoding=wishes["encoding"],
            sheets=wishes["sheets"],
            score=_LIKENESS[wishes["like"]],
            fallback=wishes["fallback"],
        )
        answer: dict[str, Any] = {"reading": pack(reading)}
    except FileRefused as refused:
        answer = {"refused": refused.code, "facts": refused.facts}
    except (MemoryError, RecursionError):
        answer = {"refused": "too_heavy", "facts": {}}
    json.dump(answer, sys.stdout, ensure_ascii=True, separators=(",", ":"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
