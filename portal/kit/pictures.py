"""Pictures that people send, read in a process of their own under caps, given back as black dots and nothing else.

Here: PNG or JPEG → ``Bitmap``. Not here: where it is kept, where it is printed. The process is ``python -m
portal.kit.pictures``: a picture on stdin, a bitmap on stdout, or one word of ``FAULTS`` on stderr.
"""

from __future__ import annotations

import dataclasses
import io
import re
import resource
import subprocess
import sys
from pathlib import Path

from PIL import Image

MOST_BYTES = 5 * 1024 * 1024
MOST_PIXELS = 40_000_000
LEAST_SIDE = 60
MEMORY, CPU_SECONDS, WALL_SECONDS = 700 << 20, 10, 60
# Vermilion ink is as dark as a middle grey; paper, even scanned, is lighter.
INK = 176
FAULTS = ("kind", "large", "small", "empty", "dark")
_HEADER = re.compile(rb"P4\n(\d{1,4}) (\d{1,4})\n")
_ROOT = Path(__file__).resolve().parents[2]


class PictureRefused(Exception):
    """The picture cannot be used; ``fault`` is one of ``FAULTS``."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclasses.dataclass(frozen=True)
class Bitmap:
    """Black dots on white: ``rows`` from the top, each of ``width`` bits in whole bytes, the first dot highest."""

    width: int
    height: int
    rows: bytes

    def write(self) -> bytes:
        """As a PBM file (P4), which is how it is kept."""
        return b"P4\n%d %d\n" % (self.width, self.height) + self.rows

    @classmethod
    def read(cls, content: bytes) -> Bitmap:
        """What ``write`` wrote. Raises ``ValueError`` for anything else."""
        found = _HEADER.match(content)
        if found is None:
            raise ValueError("not a bitmap of ours")
        width, height, rows = int(found[1]), int(found[2]), content[found.end() :]
        if not width or len(rows) != height * _bytes_of(width):
            raise ValueError("not a bitmap of ours")
        return cls(width, height, rows)

    def rectangles(self) -> list[tuple[int, int, int, int]]:
        """``(x, y, width, height)`` of black rectangles that cover the dots exactly, none over another."""
        done: list[tuple[int, int, int, int]] = []
        open_runs: dict[tuple[int, int], int] = {}
        for y in range(self.height + 1):
            runs = self._runs(y) if y < self.height else []
            for (start, end), top in list(open_runs.items()):
                if (start, end) not in runs:
                    done.append((start, top, end - start, y - top))
                    del open_runs[start, end]
            for run in runs:
                open_runs.setdefault(run, y)
        return sorted(done, key=lambda each: (each[1], each[0]))

    def _runs(self, y: int) -> list[tuple[int, int]]:
        """Where black begins and ends in one row."""
        wide = _bytes_of(self.width)
        bits = f"{int.from_bytes(self.rows[y * wide : (y + 1) * wide]):0{wide * 8}b}"[: self.width]
        return [match.span() for match in re.finditer("1+", bits)]


def _bytes_of(width: int) -> int:
    return (width + 7) // 8


def to_bitmap(content: bytes, *, most: int) -> Bitmap:
    """The picture's ink, cut to its edges, no side longer than ``most`` dots. Raises ``PictureRefused``."""
    if len(content) > MOST_BYTES:
        raise PictureRefused("large")
    command = [sys.executable, "-B", "-m", "portal.kit.pictures", str(most)]
    environment = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
    try:
        done = subprocess.run(  # noqa: S603 - our own module, the picture on its stdin
            command, cwd=_ROOT, env=environment, input=content, capture_output=True, timeout=WALL_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as late:
        raise PictureRefused("large") from late
    if done.returncode:
        fault = done.stderr.decode("ascii", "replace").strip()
        # No word at all: the process met a cap.
        raise PictureRefused(fault if fault in FAULTS else "large")
    return Bitmap.read(done.stdout)


def draw_ink(content: bytes, *, most: int) -> Bitmap:
    """``to_bitmap`` without a process around it; raises ``PictureRefused``."""
    grey = _grey(content)
    box = grey.point(lambda light: 255 if light < INK else 0).getbbox()
    if box is None:
        raise PictureRefused("empty")
    ink = grey.crop(box)
    if max(ink.size) < LEAST_SIDE:
        raise PictureRefused("small")
    ink.thumbnail((most, most), Image.Resampling.LANCZOS)
    dots = ink.point(lambda light: 255 if light < INK else 0).convert("1", dither=Image.Dither.NONE)
    bitmap = Bitmap(*dots.size, dots.tobytes())
    if sum(wide * high for _, _, wide, high in bitmap.rectangles()) * 10 > 9 * bitmap.width * bitmap.height:
        raise PictureRefused("dark")
    return bitmap


def _grey(content: bytes) -> Image.Image:
    """The picture on white paper; nothing of its size is unpacked before the size is known."""
    Image.MAX_IMAGE_PIXELS = None
    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise PictureRefused("large")
            drawn = picture.convert("RGBA")
    except (OSError, SyntaxError, ValueError) as fault:
        raise PictureRefused("kind") from fault
    paper = Image.new("RGBA", drawn.size, "white")
    paper.alpha_composite(drawn)
    return paper.convert("L")


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 2))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        bitmap = draw_ink(sys.stdin.buffer.read(MOST_BYTES + 1), most=int(sys.argv[1]))
    except (PictureRefused, MemoryError) as refused:
        sys.exit(refused.fault if isinstance(refused, PictureRefused) else "large")
    sys.stdout.buffer.write(bitmap.write())


if __name__ == "__main__":
    main()
