"""Measure the packet: this renderer beside naive WeasyPrint, warm Chromium and typst, and what a change costs.

Every round lays out the same sheets once with each engine, so that a busy machine slows all alike; a ratio is the
median over the rounds of seconds by seconds of the same round. Prints, judges nothing. Peers: packet_peers.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench.packet_peers import PEERS, lacking  # noqa: E402
from mofa_requests.documents import html  # noqa: E402
from mofa_requests.documents.packet import build_packet, packet_input, packet_parts  # noqa: E402
from mofa_requests.documents.running import running_lines  # noqa: E402
from portal.dossier import files  # noqa: E402
from portal.dossier.types import Dossier  # noqa: E402
from portal.kit.pdf import PartSource, Running, data, parts  # noqa: E402
from portal.kit.pdf.warm import WarmRenderer  # noqa: E402

SPECIMEN = ROOT / "portal/demo/dossiers/taiwan_161.json"
SIZES, KEY = (40, 200, 400), "0" * 64
TARGETS = {
    ("first, two processes", "chromium"): 1.1,
    ("first, one process", "chromium"): 2.0,
    ("one row changed", "chromium"): 0.2,
    ("letter changed", "chromium"): 0.2,
    ("one row changed", "typst"): 0.4,
    ("letter changed", "typst"): 0.4,
}
Seconds = dict[str, list[float]]


class Ours:
    """This renderer, warm: laying out pages, without the seal, which no peer makes."""

    def __init__(self) -> None:
        self.renderer, self.kept = WarmRenderer(), parts.Kept()
        self.style = html.style("packet.css", "duty.css")

    def lay_out(self, dossier: Dossier, *, processes: int, forget: bool) -> float:
        """Seconds from the finished HTML to the finished pages; ``forget`` makes it a first rendering."""
        body, running = sheets(dossier, in_lines=True), running_of(dossier)
        if forget:
            self.kept.clear()
        parts.WORTH_TWO = 0 if processes > 1 else 10**9
        began = time.perf_counter()
        parts.print_pieces(
            body, title="bench", style=self.style, running=running, kept=self.kept, renderer=self.renderer
        )
        return time.perf_counter() - began


class Peer:
    """Another engine in its own process."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name, self.folder = name, folder
        command = [sys.executable, str(ROOT / "bench/packet_peers.py"), name]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def draw(self, job: dict[str, str]) -> float:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(job | {"out": str(self.folder / f"{self.name}.pdf")}) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise RuntimeError(f"{self.name} ended without an answer")
        return float(json.loads(answer)["seconds"])

    def close(self) -> None:
        self.process.communicate()


def main() -> None:
    """Each size in turn: rounds, then the table of it."""
    asked = _arguments()
    names = [name for name in PEERS if not lacking(name)]
    for name in PEERS.keys() - set(names):
        print(f"{name}: left out here; to measure it: {lacking(name)}")
    with ExitStack() as open_things:
        folder = Path(open_things.enter_context(tempfile.TemporaryDirectory()))
        peers = [Peer(name, folder) for name in names]
        ours = Ours()
        open_things.callback(ours.renderer.stop)
        for peer in peers:
            open_things.callback(peer.close)
        for size in asked.sizes:
            _measure(size, ours, peers, folder, rounds=asked.rounds)
    _whole_packet(asked.sizes[-1])
    _flat_memory(asked.repeats)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--repeats", type=int, default=50, help="renderings for the memory of the worker")
    return parser.parse_args()


def _measure(size: int, ours: Ours, peers: list[Peer], folder: Path, *, rounds: int) -> None:
    seconds: Seconds = {}
    peaks: dict[str, float] = {}
    for number in range(-1, rounds):  # the first one warms everybody and does not count
        for name, spent in _round(number, size, ours, peers, folder):
            if number >= 0:
                seconds.setdefault(name, []).append(spent)
        peaks |= {peer.name: max(peaks.get(peer.name, 0), memory_of(peer.process.pid)) for peer in peers}
        peaks["ours"] = max(peaks.get("ours", 0), memory_of(ours.renderer.pid or 0))
    _print_table(size, seconds, peaks)


def _round(number: int, size: int, ours: Ours, peers: list[Peer], folder: Path) -> Iterator[tuple[str, float]]:
    """One rendering by everybody of a party that nobody has seen, then the two changes."""
    dossier = _party_of(size, seed=number)
    job = _job_of(dossier, folder)
    yield "first, one process", ours.lay_out(dossier, processes=1, forget=True)
    yield "first, two processes", ours.lay_out(dossier, processes=2, forget=True)
    yield "one row changed", ours.lay_out(_with_row(dossier), processes=2, forget=False)
    yield "letter changed", ours.lay_out(_with_letter(dossier), processes=2, forget=False)
    for peer in peers:
        yield peer.name, peer.draw(job)


def _print_table(size: int, seconds: Seconds, peaks: dict[str, float]) -> None:
    names = [name for name in PEERS if name in seconds]
    print(f"\n{size} people: seconds, median (least); then the median ratio to each peer of the same round")
    for name, runs in seconds.items():
        ratios = "  ".join(f"/{peer} {_ratio(runs, seconds[peer], name, peer)}" for peer in names if peer != name)
        print(f"  {name:<22} {statistics.median(runs):7.3f} ({min(runs):.3f})  {ratios}")
    print("  peak MiB (PSS) " + "  ".join(f"{name} {peak:.0f}" for name, peak in peaks.items()))


def _ratio(runs: list[float], others: list[float], name: str, peer: str) -> str:
    ratio = statistics.median(mine / theirs for mine, theirs in zip(runs, others, strict=True))
    target = TARGETS.get((name, peer))
    return f"{ratio:.2f}" + (f" (target {target}, {'met' if ratio <= target else 'MISSED'})" if target else "")


def _whole_packet(size: int) -> None:
    """The packet as the portal makes it: sheets, pages, embedded data, archive form, seal."""
    dossier = _party_of(size, seed=99)
    build_packet(packet_input(dossier))
    fresh = _party_of(size, seed=100)
    began = time.perf_counter()
    packet = build_packet(packet_input(fresh))
    spent = time.perf_counter() - began
    print(f"\nwhole packet of {size}: {spent:.2f} s, {packet.pages} pages, {len(packet.pdf) / 1000:.0f} kB")


def _flat_memory(repeats: int) -> None:
    """Memory of the warm worker along many different renderings."""
    ours, seen = Ours(), []
    for number in range(repeats):
        ours.lay_out(_party_of(40, seed=1000 + number), processes=2, forget=True)
        seen.append(memory_of(ours.renderer.pid or 0))
    ours.renderer.stop()
    marks = [seen[place] for place in sorted({0, repeats // 5, repeats // 2, repeats - 1})]
    print(f"worker memory over {repeats} renderings, MiB: " + ", ".join(f"{mark:.0f}" for mark in marks))


def sheets(dossier: Dossier, *, in_lines: bool) -> tuple[PartSource, ...]:
    return packet_parts(packet_input(dossier), in_lines=in_lines)


def running_of(dossier: Dossier) -> Running:
    return Running(html.draw("running.html", running_lines(dossier, key=KEY)), html.style("running.css"))


def _job_of(dossier: Dossier, folder: Path) -> dict[str, str]:
    """The same sheets as one HTML file, and as the blocks of their data for an engine that reads no HTML."""
    body, style = sheets(dossier, in_lines=False), html.style("packet.css", "duty.css")
    page, blocks = folder / "packet.html", folder / "packet.json"
    divided = "".join(f'<div style="break-before:page">{part.body}</div>' for part in body)
    page.write_text(f'<!DOCTYPE html><html lang="ja"><meta charset="utf-8"><style>{style}</style>{divided}')
    placed = data.place(body, [1] * len(body))
    printed: dict[str, Any] = data.printed_data(placed, running=running_of(dossier), title="bench", key=KEY)
    blocks.write_text(json.dumps(printed["sheets"], ensure_ascii=False))
    return {"html": str(page), "blocks": str(blocks)}


def _party_of(size: int, *, seed: int) -> Dossier:
    """The specimen with ``size`` travellers under new keys, each round with other readings of their names."""
    dossier = files.load(SPECIMEN)
    people = dossier.participants
    party = [
        people[(n + seed) % len(people)].model_copy(update={"key": f"p{n}", "room": f"{seed}"}) for n in range(size)
    ]
    renamed = dossier.school.model_copy(update={"kana": f"みほん {seed}"})
    return dossier.model_copy(update={"participants": tuple(party), "school": renamed})


def _with_row(dossier: Dossier) -> Dossier:
    """One person in the middle of the roster reads differently."""
    middle = len(dossier.participants) // 2
    people = list(dossier.participants)
    people[middle] = people[middle].model_copy(update={"kana": "へんこう ご"})
    return dossier.model_copy(update={"participants": tuple(people)})


def _with_letter(dossier: Dossier) -> Dossier:
    letter = dossier.request.letter.model_copy(update={"number": "見教高第999号"})
    return dossier.model_copy(update={"request": dossier.request.model_copy(update={"letter": letter})})


def memory_of(pid: int) -> float:
    """MiB of a process and all below it, shared pages counted by share (PSS)."""
    return sum(_pss(each) for each in _family(pid)) / 1024


def _family(pid: int) -> list[int]:
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        parent = _read(folder / "stat", _parent_of) if folder.name.isdigit() else None
        if parent is not None:
            children.setdefault(parent, []).append(int(folder.name))
    found, waiting = [], [pid]
    while waiting:
        found.append(waiting.pop())
        waiting += children.get(found[-1], [])
    return found


def _parent_of(text: str) -> int:
    return int(text.rsplit(")", 1)[1].split()[1])


def _pss(pid: int) -> int:
    return _read(Path(f"/proc/{pid}/smaps_rollup"), _total_of) or 0


def _total_of(text: str) -> int:
    found = re.search(r"^Pss:\s+(\d+)", text, re.MULTILINE)
    return int(found[1]) if found else 0


def _read(path: Path, take: Callable[[str], int]) -> int | None:
    """What a file of /proc says; None when the process has ended meanwhile."""
    try:
        return take(path.read_text())
    except OSError:
        return None


if __name__ == "__main__":
    main()
