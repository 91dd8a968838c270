"""A child of the warm renderer and its one batch: pieces to lay out, or faces to cut; then it is gone.

Not here: who forks it and hears it (zygote), the guards (child). A child may be forked before there is a batch, and
then takes its pages of memory as its own while nobody waits.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import select
import sys
import zlib
from collections.abc import Iterable
from typing import IO, Any, NoReturn

from portal.kit.pdf.child import Guard, cap
from portal.kit.pdf.frames import read_frame, write_frame


@dataclasses.dataclass(frozen=True)
class Child:
    """What its parent knows of it: where it reads its batch, and where it is heard."""

    pid: int
    asked: int
    said: int

    def give(self, batch: dict[str, Any]) -> bool:
        """Hand it its batch; False when it has gone meanwhile."""
        with contextlib.suppress(BrokenPipeError), os.fdopen(self.asked, "wb") as out:
            write_frame(out, {}, json.dumps(batch).encode())
            return True
        self.bury()
        return False

    def bury(self) -> int:
        """Wait for its end; its exit code."""
        os.close(self.said)
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])

    def dismiss(self) -> None:
        """Let one go that has no batch."""
        os.close(self.asked)
        self.bury()


def fork_child(layout: Any, setters: dict[str, Any], *, faces: Any, fetcher: Any, others: Iterable[Child]) -> Child:
    """A child that waits for its batch; ``others`` wait too, and must not be kept alive by this one."""
    reading, asked = os.pipe()
    said, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        for other in others:
            os.close(other.asked)
        os.close(asked)
        _leave_the_parent()
        with os.fdopen(reading, "rb") as source, os.fdopen(writing, "wb") as out:
            _Work(layout, setters, faces, fetcher, out).do(source)
    os.close(reading)
    os.close(writing)
    return Child(pid, asked, said)


def _leave_the_parent() -> None:
    """Let go of the parent's own pipes: whoever asks it must see when it ends."""
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)


@dataclasses.dataclass
class _Work:
    layout: Any
    setters: dict[str, Any]
    faces: Any
    fetcher: Any
    out: IO[bytes]

    def do(self, source: IO[bytes]) -> NoReturn:
        if not select.select([source], [], [], 0)[0]:
            for setter in self.setters.values():
                setter.pages(setter.sample).write_pdf()
        guard = Guard()
        sys.addaudithook(guard)
        try:
            frame = read_frame(source)
            if frame is not None:
                self._answer(json.loads(frame[1][0]), guard)
        except (MemoryError, SystemError):  # a C library that gets no memory may fail without saying why
            write_frame(self.out, {"error": "memory"})
        except BaseException as fault:
            # Only the kind of fault goes back: its text may quote a name.
            write_frame(self.out, {"error": type(fault).__name__})
        os._exit(0)

    def _answer(self, batch: dict[str, Any], guard: Guard) -> None:
        cap(memory=batch["memory"], cpu_seconds=batch["cpu_seconds"])
        head, pdfs = self._cut(batch) if batch["faces"] else self._lay_out(batch)
        write_frame(self.out, head | {"refused": guard.refused + self.fetcher.refused}, *pdfs)

    def _lay_out(self, batch: dict[str, Any]) -> tuple[dict[str, Any], list[bytes]]:
        """Each piece as a file of its own."""
        setter = self.setters[batch["style"]]
        counts: list[int] = []
        missing, faces, pdfs = [], [], []
        for index, body in enumerate(batch["bodies"]):
            write_frame(self.out, {"piece": index, "pages": sum(counts)})
            document = setter.pages(body)
            pdfs.append(document.write_pdf())
            counts.append(len(document.pages))
            missing.append(sorted(self.layout.missing_in(document)))
            faces.append(json.dumps(self.layout.faces_in(document)))
        return {"counts": counts, "missing": missing, "faces": faces}, pdfs

    def _cut(self, batch: dict[str, Any]) -> tuple[dict[str, Any], list[bytes]]:
        """Font programs, compressed, as pieces without a page."""
        programs = []
        for index, face in enumerate(batch["faces"]):
            write_frame(self.out, {"piece": index})
            programs.append(zlib.compress(self.layout.cut_face(face, faces=self.faces)))
        nothing = len(programs)
        return {"counts": [0] * nothing, "missing": [[]] * nothing, "faces": ["[]"] * nothing}, programs
