"""Starting the renderer: one job to a fresh child process under caps of time and memory, one answer back.

Not here: laying out (layout), the child's own guards (child). Messages are for the teacher who reads them.
"""

from __future__ import annotations

import dataclasses
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from portal.kit.pdf import fonts

ROOT = Path(__file__).resolve().parents[3]


@dataclasses.dataclass(frozen=True)
class PartSource:
    """One part of a document; ``body`` is escaped HTML, always from our own templates, with marks (marks)."""

    key: str
    title: str
    body: str


@dataclasses.dataclass(frozen=True)
class Running:
    """What stands on every page: one page of HTML with marks for number, total and part title, and its CSS."""

    body: str
    style: str


@dataclasses.dataclass(frozen=True)
class Caps:
    """What one rendering may use: ``seconds`` of CPU (so that a busy machine kills no honest paper), three times as
    much wall time, ``memory`` bytes of address space.
    """

    seconds: int = 30
    memory: int = 1 << 30

    @property
    def wall(self) -> int:
        return 3 * self.seconds


@dataclasses.dataclass(frozen=True)
class Printed:
    """``page_counts`` goes with the parts; ``missing`` are characters that no face has; ``refused`` counts fetches."""

    pdf: bytes
    page_counts: tuple[int, ...]
    missing: frozenset[str]
    refused: tuple[str, ...]


@dataclasses.dataclass(frozen=True)
class Progress:
    """How far a document is: pieces laid out, of how many, and the pages they made so far."""

    done: int
    total: int
    pages: int


class RenderError(Exception):
    """The document could not be laid out; the message says which part and how to mend it."""


class RendererUnavailableError(RenderError):
    """A system library or font is missing on this host; the message carries the line to type."""


def print_parts(
    parts: Sequence[PartSource],
    *,
    title: str,
    style: str,
    running: Running,
    tagged: bool = False,
    caps: Caps | None = None,
) -> Printed:
    """Lay out ``parts`` one after the other on A4 and put ``running`` on every page; same input, same bytes.

    ``tagged`` adds the structure that assistive technology reads, for half as many bytes again.
    """
    require_fonts(fonts.REQUIRED_FILES)
    caps = caps or Caps()
    wrapped = [dataclasses.asdict(part) | {"body": fonts.wrap_sequences(part.body)} for part in parts]
    job = {
        "title": title,
        "tagged": tagged,
        "style": style + fonts.SEQUENCE_CSS,
        "parts": wrapped,
        "running": fonts.wrap_sequences(running.body),
        "running_style": running.style + fonts.SEQUENCE_CSS,
        "memory": caps.memory,
        "cpu_seconds": caps.seconds,
    }
    head, pdf = _ask_child(job, parts=parts, caps=caps)
    return Printed(pdf, tuple(head["page_counts"]), frozenset(head["missing"]), tuple(head["refused"]))


def require_fonts(names: Iterable[str]) -> None:
    """Refuse with the line to type when a font file of ``names`` is not installed: another face would differ."""
    if missing := fonts.missing_files(names):
        raise RendererUnavailableError(
            f"書類の作成に必要なフォント({'、'.join(missing)})がありません。次を実行してください: {fonts.mend()}"
        )


def _ask_child(job: dict[str, Any], *, parts: Sequence[PartSource], caps: Caps) -> tuple[dict[str, Any], bytes]:
    child = subprocess.Popen(
        [sys.executable, "-B", "-m", "portal.kit.pdf.child"],
        cwd=ROOT,
        env=bare_environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    out, progress, late = _await(child, json.dumps(job).encode(), wall=caps.wall)
    line, _, pdf = out.partition(b"\n")
    # A C library that gets no memory aborts the process: no answer at all is the memory cap too.
    answer: dict[str, Any] = json.loads(line) if line else {"error": "memory"}
    if late or child.returncode == -signal.SIGXCPU:
        answer = {"error": "time"}
    if "error" in answer:
        raise render_error(answer, where=_part_in_work(progress, parts), caps=caps)
    return answer, pdf


def _await(child: subprocess.Popen[bytes], job: bytes, *, wall: float) -> tuple[bytes, bytes, bool]:
    """What the child wrote to both streams, and whether it had to be killed."""
    try:
        return *child.communicate(job, timeout=wall), False
    except subprocess.TimeoutExpired:
        child.kill()
        return *child.communicate(), True


def render_error(answer: dict[str, Any], *, where: str, caps: Caps) -> RenderError:
    """The fault a renderer told (``error``, and ``part`` of what the host lacks) in a teacher's words."""
    shorten = "この部分の長い文や件数を減らしてから、もう一度作成してください。"
    match answer["error"]:
        case "system":
            lacking = answer["part"]
            return RendererUnavailableError(
                f"書類の作成に必要な部品({lacking})がありません。次を実行してください: {fonts.mend()}"
            )
        case "time":
            return RenderError(f"書類の「{where}」を{caps.seconds}秒以内に組めませんでした。{shorten}")
        case "memory":
            return RenderError(f"書類の「{where}」が大きすぎて組めませんでした。{shorten}")
        case kind:
            return RenderError(
                f"書類の「{where}」を組む途中で誤りが起きました({kind})。運用担当者にこの文面を伝えてください。"
            )


def _part_in_work(progress: bytes, parts: Sequence[PartSource]) -> str:
    """The title of the part that the child named last on its error stream."""
    named = [line[5:] for line in progress.decode("ascii", "replace").splitlines() if line.startswith("part ")]
    if not named or not named[-1].isdigit():
        return "全体"
    return parts[int(named[-1])].title


def bare_environment() -> dict[str, str]:
    """Nothing of ours but where fonts and caches lie: a layout process needs no secret and no address."""
    kept = {
        name: os.environ[name] for name in ("PATH", "HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME") if name in os.environ
    }
    return kept | {"FONTCONFIG_FILE": str(fonts.CONFIG), "LANG": "C.UTF-8", "PYTHONHASHSEED": "0", "TZ": "UTC"}
