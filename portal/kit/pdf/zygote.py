"""The warm renderer, ``python -m portal.kit.pdf.zygote``: libraries and fonts loaded once, a forked child a batch.

Users' text is read only in the children, each closed off like the renderer's own process (child) and gone after its
batch: no job leaves anything behind but the pattern of its sheets, which has no text (patterns). Not here: who asks
(warm), a child's work (batches), layout itself (layout).

A frame in has a job, and patterns of earlier ones. The first frame out has ``ready`` or ``error``; frames
with ``behind`` tell, before its answer, how many pieces and pages lie behind each batch of a job. While nobody asks, it
learns and has two children stand by. It ends with its caller, or when nobody has asked for ``IDLE_SECONDS``.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import re
import select
import selectors
import signal
import sys
import warnings
from collections.abc import Callable, Sequence
from typing import Any

from portal.kit.pdf.batches import Child, fork_child
from portal.kit.pdf.frames import how_far, last_frame, read_frame, write_frame

Tell = Callable[[Sequence[Sequence[int]]], None]  # (pieces, pages) that lie behind each batch
IDLE_SECONDS = 600.0
# A document asks several times in quick succession; what nobody waits for begins behind the last of them.
_PAUSE_SECONDS = 0.03
LEARNING_SECONDS = 20.0
STANDING_BY = 2
# In each size of a style sheet, once in both weights, and one sign that only a further face has: faces are looked for
# and opened here, not again in every child.
_SAMPLE = '<p style="font-size:{size}">見本 かな 0123 Abc 𠮷 <b>見本 かな 0123 Abc</b></p>'
_SIZE = re.compile(r"font-size:\s*([\d.]+pt)")


class Zygote:
    """Holds what every batch needs: one font configuration, and each style sheet parsed once."""

    def __init__(self, layout: Any) -> None:
        self.layout = layout
        self.fetcher = layout.RefuseEverything()
        self.faces = layout.FontConfiguration()
        self.setters: dict[str, Any] = {}
        self.ready: list[Child] = []
        self.unlearnt: list[tuple[str, str]] = []
        layout.levers.take()
        layout.leave_fonts_out()
        gc.set_threshold(200_000, 50, 1_000)
        self.setter("")

    def setter(self, style: str) -> Any:
        """The setter of a style sheet of ours, its faces opened; a few of them exist."""
        if style not in self.setters:
            self._dismiss()
            setter = self.layout.Setter(style, title="", fetcher=self.fetcher, faces=self.faces)
            sizes = sorted({"10.5pt", *_SIZE.findall(style)})
            setter.sample = "".join(_SAMPLE.format(size=size) for size in sizes)
            setter.pages(setter.sample).write_pdf()
            self.setters[style] = setter
            _keep_what_lives()
        return self.setters[style]

    @property
    def is_rested(self) -> bool:
        """Whether nothing is left to do while nobody asks."""
        return not self.unlearnt and len(self.ready) == STANDING_BY

    def rest(self) -> None:
        """Do what nobody waits for: learn, and have children stand by."""
        if self.unlearnt:
            self._dismiss()
            self._learn()
        while len(self.ready) < STANDING_BY:
            self.ready.append(self._fork())

    def _learn(self) -> None:
        """Work out the styles of (style, pattern) here, so that every later child has them. One that does not come to
        an end takes this process with it, and the next question starts another.
        """
        signal.setitimer(signal.ITIMER_REAL, LEARNING_SECONDS)
        for style, pattern in self.unlearnt:
            self.setter(style).pages(pattern).write_pdf()
        signal.setitimer(signal.ITIMER_REAL, 0)
        self.unlearnt.clear()
        _keep_what_lives()

    def _dismiss(self) -> None:
        """Let the children go that stand by: they lack what is about to come in."""
        while self.ready:
            self.ready.pop().dismiss()

    def _fork(self) -> Child:
        return fork_child(self.layout, self.setters, faces=self.faces, fetcher=self.fetcher, others=self.ready)

    def answer(self, job: dict[str, Any], tell: Tell) -> tuple[dict[str, Any], list[bytes]]:
        """All batches of a job at the same time, each in a child; one head and one PDF a batch."""
        caps = {"memory": job["memory"], "cpu_seconds": job["cpu_seconds"]}
        self.unlearnt += job["patterns"]
        children = [self._start(batch | caps) for batch in job["batches"]]
        said = _listen([child.said for child in children], tell)
        heads, pdfs = [], []
        for child, words in zip(children, said, strict=True):
            head, pdf = _understand(words, child.bury())
            heads.append(head)
            pdfs += pdf
        return {"batches": heads}, pdfs

    def _start(self, batch: dict[str, Any]) -> Child:
        self.setter(batch["style"])
        while True:
            child = self.ready.pop() if self.ready else self._fork()
            if child.give(batch):
                return child


def _keep_what_lives() -> None:
    """What lives now lives on; a child that touched it for counting would copy it."""
    gc.collect()
    gc.freeze()


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


def _understand(words: bytes, code: int) -> tuple[dict[str, Any], list[bytes]]:
    """The child's last frame, with the piece that was in work; a child that was killed has none."""
    head, bodies, piece = last_frame(words)
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
    while True:
        if not select.select([source], [], [], IDLE_SECONDS if zygote.is_rested else _PAUSE_SECONDS)[0]:
            if zygote.is_rested:
                return
            zygote.rest()
            continue
        if (frame := read_frame(source)) is None:
            return
        head, pdfs = zygote.answer(json.loads(frame[1][0]), lambda behind: write_frame(out, {"behind": behind}))
        write_frame(out, head, *pdfs)


if __name__ == "__main__":
    main()
