"""The caller of the warm renderer: starts it when first needed, asks it, starts it again when it has gone.

Not here: the renderer's process (zygote), what is worth keeping (parts). One job at a time for each process of ours.
"""

from __future__ import annotations

import dataclasses
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterable, Sequence
from typing import Any

from portal.kit.pdf.frames import read_frame, write_frame
from portal.kit.pdf.patterns import paths_of, pattern_of
from portal.kit.pdf.press import ROOT, Caps, bare_environment
from portal.kit.pdf.zygote import Tell

# Elements in their places that one renderer learns at most; our sheets together have about a thousand.
MOST_KNOWN = 5_000


def _to_nobody(_behind: Sequence[Sequence[int]]) -> None:
    """For a job that nobody watches."""


@dataclasses.dataclass(frozen=True)
class Batch:
    """Pieces of one style sheet that one child lays out, each to a file of its own; or faces that it cuts."""

    style: str
    bodies: tuple[str, ...]
    faces: tuple[dict[str, Any], ...] = ()


@dataclasses.dataclass(frozen=True)
class Laid:
    """One piece: its file, its number of pages, the characters it lacks, the faces left out of it (``engine.faces_in``
    as JSON). A face that was cut is a piece without a page whose file is its font program, compressed by zlib.
    """

    pdf: bytes
    pages: int
    missing: frozenset[str]
    faces: str


@dataclasses.dataclass(frozen=True)
class Answer:
    """What came of a batch; ``error`` is a kind of fault at ``piece``, and then nothing is laid."""

    laid: tuple[Laid, ...]
    refused: tuple[str, ...] = ()
    error: str = ""
    piece: int = 0
    lacking: str = ""


class WarmRenderer:
    """One process that stays; ``ask`` may be called from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0
        self._known: set[tuple[str, str]] = set()
        self._to_learn: list[tuple[str, str]] = []

    def ask(self, batches: Sequence[Batch], *, caps: Caps, tell: Tell = _to_nobody) -> list[Answer]:
        """An answer for each batch; all of them are laid out at the same time. ``tell`` hears, while this waits, how
        many pieces and pages each batch has behind it.
        """
        job = {
            "batches": [dataclasses.asdict(batch) for batch in batches],
            "memory": caps.memory,
            "cpu_seconds": caps.seconds,
        }
        with self._lock:
            try:
                return self._exchange(job, tell, batches=len(batches), wall=caps.wall)
            except (BrokenPipeError, _GoneError):
                self._stop()  # It ended for want of work; a second failure is a fault.
                return self._exchange(job, tell, batches=len(batches), wall=caps.wall)

    def learn(self, sheets: Iterable[tuple[str, str]]) -> None:
        """Have the styles of new kinds of sheets, (style, body) each, worked out once for all that come after them.

        Their patterns go with the next question, and the renderer learns when it has answered. One that is asked for a
        single document learns nothing, nor one that is at work for somebody else: nobody waits here.
        """
        if self._lock.acquire(blocking=False):
            try:
                self._to_learn += [pattern for style, body in sheets if (pattern := self._new_to_it(style, body))]
            finally:
                self._lock.release()

    def _new_to_it(self, style: str, body: str) -> tuple[str, str] | None:
        """(style, pattern) when some of its elements stand where none of that kind has stood."""
        pattern = pattern_of(body)
        places = {(style, path) for path in paths_of(pattern)}
        if places <= self._known or len(self._known | places) > MOST_KNOWN:
            return None
        self._known |= places
        return style, pattern

    @property
    def pid(self) -> int | None:
        """The process, for whoever measures it; None while there is none."""
        return self._process.pid if self._process is not None else None

    def stop(self) -> None:
        """End the process; the next question starts another."""
        with self._lock:
            self._stop()

    def _exchange(self, job: dict[str, Any], tell: Tell, *, batches: int, wall: float) -> list[Answer]:
        process, lacking = self._running()
        if lacking is not None:
            self._stop()
            return [Answer((), error="system", lacking=lacking)] * batches
        assert process.stdin
        assert process.stdout
        late = threading.Event()
        timer = threading.Timer(wall, self._kill_late, (process, late))
        timer.start()
        try:
            write_frame(process.stdin, {}, json.dumps(job | {"patterns": self._to_learn}).encode())
            self._to_learn = []
            while (frame := read_frame(process.stdout)) and "behind" in frame[0]:
                tell(frame[0]["behind"])
        finally:
            timer.cancel()
        if late.is_set():
            self._stop()
            return [Answer((), error="time")] * batches
        if frame is None:
            raise _GoneError
        return _answers(*frame)

    def _kill_late(self, process: subprocess.Popen[bytes], late: threading.Event) -> None:
        late.set()
        os.killpg(process.pid, signal.SIGKILL)

    def _running(self) -> tuple[subprocess.Popen[bytes], str | None]:
        """The process, started when there is none of our own, and what its host lacks."""
        if self._process is not None and self._owner == os.getpid() and self._process.poll() is None:
            return self._process, None
        self._process, self._owner = _start(), os.getpid()
        self._known, self._to_learn = set(), []
        assert self._process.stdout
        frame = read_frame(self._process.stdout)
        if frame is None:
            raise _GoneError
        return self._process, frame[0].get("part")

    def _stop(self) -> None:
        if self._process is not None and self._owner == os.getpid():
            self._process.kill()
            self._process.communicate()
        self._process = None


class _GoneError(Exception):
    """The renderer closed its side without an answer."""


def _start() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-B", "-m", "portal.kit.pdf.zygote"],
        cwd=ROOT,
        env=bare_environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _answers(head: dict[str, Any], pdfs: list[bytes]) -> list[Answer]:
    answers, files = [], iter(pdfs)
    for batch in head["batches"]:
        if "error" in batch:
            answers.append(Answer((), error=batch["error"], piece=batch["piece"]))
            continue
        laid = zip(batch["counts"], batch["missing"], batch["faces"], strict=True)
        pieces = tuple(Laid(next(files), count, frozenset(missing), faces) for count, missing, faces in laid)
        answers.append(Answer(pieces, refused=tuple(batch["refused"])))
    return answers


RENDERER = WarmRenderer()
