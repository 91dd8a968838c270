"""A document laid out piece by piece, each kept by the digest of its content: one changed telephone, one new piece.

Not here: the renderer (warm), putting pages together (merge). A piece is always a file of its own, kept or not, so that
the finished document is the same whatever was kept. Kept pieces hold what the paper holds: they live in this process's
memory alone and are dropped with it, or when others need the room.
"""

from __future__ import annotations

import dataclasses
import functools
import itertools
import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence

from portal.kit.digest import digest_of
from portal.kit.pdf import fonts, marks
from portal.kit.pdf.faces import Face, gather_faces
from portal.kit.pdf.merge import merge, running_layers
from portal.kit.pdf.press import Caps, PartSource, Printed, Progress, RenderError, Running, render_error, require_fonts
from portal.kit.pdf.warm import RENDERER, Answer, Batch, Laid, WarmRenderer

MOST_KEPT = 16 << 20
# What a piece costs beside its boxes, in boxes: reading its page, opening its faces, writing its file.
_ALWAYS = 40
# Elements of HTML from which a second process saves more than it costs.
WORTH_TWO = 600
_ROUNDS = 5
MOST_GUESSES = 200
_EVERY_PAGE = -1


@dataclasses.dataclass(frozen=True)
class _Piece:
    """A stretch of one part that begins on a new page; ``part`` counts from 0, the running lines are of every page."""

    part: int
    style: str
    body: str

    @functools.cached_property
    def key(self) -> str:
        return digest_of([self.style, self.body])

    @property
    def counts_pages(self) -> bool:
        return marks.COUNT_PREFIX in self.body

    @property
    def weight(self) -> int:
        """About what it costs to lay out: boxes cost, not the letters in them."""
        return _ALWAYS + self.body.count("<") + len(self.body) // 100

    def filled(self, counts: dict[str, int]) -> _Piece:
        return dataclasses.replace(self, body=marks.fill_counts(self.body, counts)) if self.counts_pages else self


class Kept:
    """Laid-out pieces by digest, the least used dropped first when they hold more than ``most`` bytes."""

    def __init__(self, *, most: int = MOST_KEPT) -> None:
        self.most, self.size = most, 0
        self._pieces: OrderedDict[str, Laid] = OrderedDict()
        self._counts: dict[str, dict[str, int]] = {}
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._pieces)

    def get(self, key: str) -> Laid | None:
        with self._lock:
            if key in self._pieces:
                self._pieces.move_to_end(key)
            return self._pieces.get(key)

    def keep(self, key: str, laid: Laid) -> None:
        with self._lock:
            if key not in self._pieces:
                self._pieces[key] = laid
                self.size += _weight(laid)
            while self.size > self.most and len(self._pieces) > 1:
                self.size -= _weight(self._pieces.popitem(last=False)[1])

    def guess(self, document: str) -> dict[str, int] | None:
        """How many pages each part had when a document of this title was last laid out."""
        return self._counts.get(document)

    def remember(self, document: str, counts: dict[str, int]) -> None:
        if len(self._counts) >= MOST_GUESSES:
            self._counts.clear()
        self._counts[document] = counts

    def clear(self) -> None:
        with self._lock:
            self._pieces.clear()
            self._counts.clear()
            self.size = 0


def _weight(laid: Laid) -> int:
    return len(laid.pdf) + len(laid.faces)


KEPT = Kept()


def print_pieces(
    parts: Sequence[PartSource],
    *,
    title: str,
    style: str,
    running: Running,
    caps: Caps | None = None,
    kept: Kept = KEPT,
    renderer: WarmRenderer = RENDERER,
    watch: Callable[[Progress], None] | None = None,
) -> Printed:
    """As ``press.print_parts``, but warm and with every piece laid out once; raises the same errors.

    A part whose body has ``marks.CUT`` is cut there; what follows a cut must begin on a new page by itself. ``watch``
    hears how far it is, in this thread.
    """
    require_fonts(fonts.REQUIRED_FILES)
    job = _Job(parts, title=title, style=style, running=running, caps=caps or Caps(), kept=kept)
    job.watch = watch
    return job.print(renderer)


class _Job:
    """One document on its way through the renderer."""

    def __init__(
        self, parts: Sequence[PartSource], *, title: str, style: str, running: Running, caps: Caps, kept: Kept
    ) -> None:
        self.parts, self.caps, self.kept = parts, caps, kept
        self.document = digest_of([title, *(part.key for part in parts)])
        self.head = fonts.wrap_sequences(running.body)
        self.head_style = running.style + fonts.SEQUENCE_CSS
        self.pieces = [
            _Piece(index, style + fonts.SEQUENCE_CSS, body)
            for index, part in enumerate(parts)
            for body in fonts.wrap_sequences(part.body).split(marks.CUT)
        ]
        self.laid: dict[str, Laid] = {}
        self.refused: list[str] = []
        self.fresh: list[_Piece] = []  # laid out for this document
        self.watch: Callable[[Progress], None] | None = None
        self.sheets = self.pieces  # with the page counts of the round in them

    def print(self, renderer: WarmRenderer) -> Printed:
        counts = self.kept.guess(self.document) or self._first_counts(renderer)
        for _ in range(_ROUNDS):
            filled, layers = [piece.filled(counts) for piece in self.pieces], self._layers(counts)
            self.sheets = filled
            self._lay([*filled, *layers], renderer)
            found = self._count(filled)
            if found == counts:
                break
            counts = found
        else:
            raise RenderError("書類の枚数が決まりません。運用担当者にこの文面を伝えてください。")
        self.kept.remember(self.document, counts)
        printed = self._merged(filled, layers, renderer)
        renderer.learn((piece.style, piece.body) for piece in self.fresh)
        return printed

    def _merged(self, filled: list[_Piece], layers: list[_Piece], renderer: WarmRenderer) -> Printed:
        sheets, over = [self.laid[each.key] for each in filled], [self.laid[each.key] for each in layers]
        counts = self._count(filled)
        faces = self._cut(gather_faces(each.faces for each in (*sheets, *over)), renderer)
        return Printed(
            merge([each.pdf for each in sheets], [each.pdf for each in over], faces),
            tuple(counts[part.key] for part in self.parts),
            frozenset(itertools.chain.from_iterable(each.missing for each in (*sheets, *over))),
            tuple(self.refused),
        )

    def _cut(self, faces: list[Face], renderer: WarmRenderer) -> list[Face]:
        """The faces with their font programs: kept ones as long as no glyph is new, the others in two batches."""
        cut = {face.name: self.kept.get(_key_of(face)) for face in faces}
        wanted = [face for face in faces if cut[face.name] is None]
        halves = [half for half in (wanted[::2], wanted[1::2]) if half]
        batches = [Batch("", (), tuple(face.drawn for face in half)) for half in halves]
        for half, answer in zip(halves, renderer.ask(batches, caps=self.caps) if batches else (), strict=True):
            if answer.error:
                raise render_error({"error": answer.error, "part": answer.lacking}, where="全体", caps=self.caps)
            for face, program in zip(half, answer.laid, strict=True):
                cut[face.name] = program
                self.kept.keep(_key_of(face), program)
        return [dataclasses.replace(face, program=laid.pdf) for face in faces if (laid := cut[face.name])]

    def _first_counts(self, renderer: WarmRenderer) -> dict[str, int]:
        """Pages of the parts that print no counts; the others are taken to have one."""
        ready = [piece for piece in self.pieces if not piece.counts_pages]
        self._lay(ready, renderer)
        return dict.fromkeys((part.key for part in self.parts), 1) | self._count(ready)

    def _count(self, pieces: Iterable[_Piece]) -> dict[str, int]:
        counts: dict[str, int] = {}
        for piece in pieces:
            key = self.parts[piece.part].key
            counts[key] = counts.get(key, 0) + self.laid[piece.key].pages
        return counts

    def _layers(self, counts: dict[str, int]) -> list[_Piece]:
        titles = [part.title for part in self.parts for _ in range(counts[part.key])]
        return [_Piece(_EVERY_PAGE, self.head_style, layer) for layer in running_layers(self.head, titles)]

    def _lay(self, pieces: Sequence[_Piece], renderer: WarmRenderer) -> None:
        """Lay out those that nobody has kept, side by side where that pays."""
        wanted = {piece.key: piece for piece in pieces if piece.key not in self.laid}
        for key in wanted:
            if kept := self.kept.get(key):
                self.laid[key] = kept
        batches = [batch for style in _by_style(p for k, p in wanted.items() if k not in self.laid) for batch in style]
        if not batches:
            return
        asked = [Batch(batch[0].style, tuple(piece.body for piece in batch)) for batch in batches]
        answers = renderer.ask(asked, caps=self.caps, tell=lambda behind: self._tell(batches, behind))
        for batch, answer in zip(batches, answers, strict=True):
            self._take(batch, answer)
        self._tell((), ())

    def _tell(self, batches: Sequence[Sequence[_Piece]], behind: Sequence[Sequence[int]]) -> None:
        """How far the sheets are; the lines of every page are no sheets."""
        if self.watch is None:
            return
        laid = {piece.key: self.laid[piece.key].pages for piece in self.sheets if piece.key in self.laid}
        new = [far for batch, far in zip(batches, behind, strict=True) if batch[0].part != _EVERY_PAGE]
        done, total = len(laid) + sum(pieces for pieces, _ in new), len({piece.key for piece in self.sheets})
        self.watch(Progress(done, total, sum(laid.values()) + sum(pages for _, pages in new)))

    def _take(self, batch: Sequence[_Piece], answer: Answer) -> None:
        if answer.error:
            place = batch[answer.piece].part
            where = "全体" if place == _EVERY_PAGE else self.parts[place].title
            raise render_error({"error": answer.error, "part": answer.lacking}, where=where, caps=self.caps)
        self.refused += answer.refused
        self.fresh += batch
        for piece, laid in zip(batch, answer.laid, strict=True):
            self.laid[piece.key] = laid
            self.kept.keep(piece.key, laid)


def _key_of(face: Face) -> str:
    return digest_of([face.name, [glyph.number for glyph in face.glyphs]])


def _by_style(pieces: Iterable[_Piece]) -> list[list[list[_Piece]]]:
    """Pieces of each style sheet, in one batch or in two of about the same weight."""
    styles: dict[str, list[_Piece]] = {}
    for piece in pieces:
        styles.setdefault(piece.style, []).append(piece)
    return [_balanced(own) for own in styles.values()]


def _balanced(pieces: list[_Piece]) -> list[list[_Piece]]:
    if len(pieces) < 2 or sum(piece.weight for piece in pieces) < WORTH_TWO or (os.cpu_count() or 1) < 2:
        return [pieces]
    halves: tuple[list[_Piece], list[_Piece]] = ([], [])
    weights = [0, 0]
    for piece in sorted(pieces, key=lambda each: each.weight, reverse=True):
        lighter = weights.index(min(weights))
        halves[lighter].append(piece)
        weights[lighter] += piece.weight
    return list(halves)
