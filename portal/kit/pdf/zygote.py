"""The warm renderer, ``python -m portal.kit.pdf.zygote``: libraries and fonts loaded once, a forked child a batch.

Users' text is read only in the children, each closed off like the renderer's own process (child) and gone after its
batch: no job leaves anything behind. Not here: who asks (warm), layout itself (layout).

Each frame, in and out, is a line of JSON with ``"lengths"`` and then that many bytes. The first frame out has
``ready`` or ``error``; frames with ``behind`` tell, before its answer, how many pieces and pages lie behind each batch
of a job. It ends with its caller, or when nobody has asked for ``IDLE_SECONDS``.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import re
import select
import selectors
import sys
import warnings
import zlib
from collections.abc import Callable, Sequence
from typing import IO, Any

from portal.kit.pdf.child import Guard, cap

Tell = Callable[[Sequence[Sequence[int]]], None]  # (pieces, pages) that lie behind each batch
IDLE_SECONDS = 600
_SHORT = 1000
# In each size of a style sheet, once in both weights, and one sign that only a further face has: faces are looked for
# and opened here, not again in every child.
_SAMPLE = '<p style="font-size:{size}">見本 かな 0123 Abc 𠮷 <b>見本 かな 0123 Abc</b></p>'
_SIZE = re.compile(r"font-size:\s*([\d.]+pt)")


def write_frame(out: IO[bytes], head: dict[str, Any], *bodies: bytes) -> None:
    """One frame; ``head`` is JSON, ``bodies`` follow it."""
    lengths = [len(body) for body in bodies]
    out.write(json.dumps(head | {"lengths": lengths}).encode() + b"\n")
    for body in bodies:
        out.write(body)
    out.flush()


def read_frame(source: IO[bytes]) -> tuple[dict[str, Any], list[bytes]] | None:
    """The next frame; None when the other side has gone."""
    line = source.readline()
    if not line.endswith(b"\n"):
        return None
    head = json.loads(line)
    bodies = [source.read(length) for length in head["lengths"]]
    return (head, bodies) if [len(body) for body in bodies] == head["lengths"] else None


class Zygote:
    """Holds what every batch needs: one font configuration, and each style sheet parsed once."""

    def __init__(self, layout: Any) -> None:
        self.layout = layout
        self.fetcher = layout.RefuseEverything()
        self.faces = layout.FontConfiguration()
        self.setters: dict[str, Any] = {}
        layout.levers.take()
        layout.leave_fonts_out()
        gc.set_threshold(200_000, 50, 1_000)
        self.setter("")

    def setter(self, style: str) -> Any:
        """The setter of a style sheet of ours, its faces opened; a few of them exist."""
        if style not in self.setters:
            setter = self.setters[style] = self.layout.Setter(style, title="", fetcher=self.fetcher, faces=self.faces)
            sizes = sorted({"10.5pt", *_SIZE.findall(style)})
            setter.pages("".join(_SAMPLE.format(size=size) for size in sizes)).write_pdf()
            gc.collect()
            gc.freeze()  # What lives now lives on; a child that touched it for counting would copy it.
        return self.setters[style]

    def answer(self, job: dict[str, Any], tell: Tell) -> tuple[dict[str, Any], list[bytes]]:
        """All batches of a job at the same time, each in a child; one head and one PDF a batch."""
        children = [self._start(batch, job) for batch in job["batches"]]
        said = _listen([pipe for _, pipe in children], tell)
        heads, pdfs = [], []
        for (pid, pipe), words in zip(children, said, strict=True):
            head, pdf = _understand(words, os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
            os.close(pipe)
            heads.append(head)
            pdfs += pdf
        return {"batches": heads}, pdfs

    def _start(self, batch: dict[str, Any], job: dict[str, Any]) -> tuple[int, int]:
        setter = self.setter(batch["style"])
        reading, writing = os.pipe()
        pid = os.fork()
        if pid == 0:
            self._work(batch, job, setter, writing)
        os.close(writing)
        return pid, reading

    def _work(self, batch: dict[str, Any], job: dict[str, Any], setter: Any, writing: int) -> None:
        """In the child: close off, lay out each piece as a file of its own, end."""
        guard = Guard()
        with os.fdopen(writing, "wb") as out:
            try:
                cap(memory=job["memory"], cpu_seconds=job["cpu_seconds"])
                sys.addaudithook(guard)
                head, pdfs = self._cut(batch, out) if batch["faces"] else self._lay_out(batch, setter, out)
                write_frame(out, head | {"refused": guard.refused + self.fetcher.refused}, *pdfs)
            except (MemoryError, SystemError):  # a C library that gets no memory may fail without saying why
                write_frame(out, {"error": "memory"})
            except BaseException as fault:
                # Only the kind of fault goes back: its text may quote a name.
                write_frame(out, {"error": type(fault).__name__})
        os._exit(0)

    def _lay_out(self, batch: dict[str, Any], setter: Any, out: IO[bytes]) -> tuple[dict[str, Any], list[bytes]]:
        counts: list[int] = []
        missing, faces, pdfs = [], [], []
        for index, body in enumerate(batch["bodies"]):
            write_frame(out, {"piece": index, "pages": sum(counts)})
            document = setter.pages(body)
            pdfs.append(document.write_pdf())
            counts.append(len(document.pages))
            missing.append(sorted(self.layout.missing_in(document)))
            faces.append(json.dumps(self.layout.faces_in(document)))
        return {"counts": counts, "missing": missing, "faces": faces}, pdfs

    def _cut(self, batch: dict[str, Any], out: IO[bytes]) -> tuple[dict[str, Any], list[bytes]]:
        """Font programs, compressed, as pieces without a page."""
        programs = []
        for index, face in enumerate(batch["faces"]):
            write_frame(out, {"piece": index})
            programs.append(zlib.compress(self.layout.cut_face(face, faces=self.faces)))
        nothing = len(programs)
        return {"counts": [0] * nothing, "missing": [[]] * nothing, "faces": ["[]"] * nothing}, programs


def _listen(pipes: list[int], tell: Tell) -> list[bytes]:
    """Everything each child writes, read as it comes, so that no child waits for another; how far all are is told."""
    said = {pipe: bytearray() for pipe in pipes}
    far = dict.fromkeys(pipes, (0, 0))
    with selectors.DefaultSelector() as ready:
        for pipe in pipes:
            ready.register(pipe, selectors.EVENT_READ)
        while ready.get_map():
            for key, _ in ready.select():
                chunk = os.read(key.fd, 1 << 16)
                said[key.fd] += chunk
                if (now := how_far(chunk)) is not None:
                    far[key.fd] = now
                    tell([far[pipe] for pipe in pipes])
                if not chunk:
                    ready.unregister(key.fd)
    return [bytes(said[pipe]) for pipe in pipes]


def how_far(chunk: bytes) -> tuple[int, int] | None:
    """Pieces and pages that lie behind a child, by the last line of a short chunk; files are long and say nothing."""
    line = chunk.rstrip(b"\n").rpartition(b"\n")[2]
    if len(chunk) > _SHORT or not line.startswith(b'{"piece"'):
        return None
    frame = json.loads(line)
    return frame["piece"], frame.get("pages", 0)


def _understand(words: bytes, code: int) -> tuple[dict[str, Any], list[bytes]]:
    """The child's last frame, with the piece that was in work; a child that was killed has none."""
    rest, piece = words, 0
    head: dict[str, Any] | None = None
    bodies: list[bytes] = []
    while rest:
        line, _, after = rest.partition(b"\n")
        if not after and not rest.endswith(b"\n"):
            break
        frame = json.loads(line)
        if sum(frame["lengths"]) > len(after):
            break
        bodies, start = [], 0
        for length in frame["lengths"]:
            bodies.append(after[start : start + length])
            start += length
        rest = after[start:]
        piece = frame.get("piece", piece)
        head = None if "piece" in frame else frame
    if head is None:
        # The soft CPU limit sends SIGXCPU; a C library that gets no memory aborts.
        head, bodies = {"error": "time" if code == -24 else "memory", "lengths": []}, []
    return head | {"piece": piece, "files": len(bodies)}, bodies


def main() -> None:
    warnings.simplefilter("ignore", DeprecationWarning)
    out, source = sys.stdout.buffer, sys.stdin.buffer
    try:
        layout = importlib.import_module("portal.kit.pdf.layout")
    except OSError as lacking:
        write_frame(out, {"error": "system", "part": str(lacking).split("\n", 1)[0][:120]})
        return
    if not layout.has_subsetter():
        write_frame(out, {"error": "system", "part": "libharfbuzz-subset"})
        return
    zygote = Zygote(layout)
    write_frame(out, {"ready": True})
    while select.select([source], [], [], IDLE_SECONDS)[0] and (frame := read_frame(source)):
        head, pdfs = zygote.answer(json.loads(frame[1][0]), lambda behind: write_frame(out, {"behind": behind}))
        write_frame(out, head, *pdfs)


if __name__ == "__main__":
    main()
