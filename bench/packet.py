"""Measure the packet: this renderer beside naive WeasyPrint, warm Chromium and typst, and what a change costs.

Every round lays out the same sheets once with each engine, so that a busy machine slows all alike; a ratio is the
median over the rounds of seconds by seconds of the same round, by the wall and, in brackets, of the processor: what a
busy machine stretches least. ``--renders 50`` asks instead whether fifty packets leave the worker as it was. Prints,
judges nothing. Peers: packet_peers; memory and processor time: packet_use.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench.packet_peers import PEERS, lacking  # noqa: E402
from bench.packet_use import cpu_of, memory_of, peaks_of  # noqa: E402
from mofa_requests.documents import html  # noqa: E402
from mofa_requests.documents.packet import build_packet, packet_input, packet_parts  # noqa: E402
from mofa_requests.documents.running import running_lines  # noqa: E402
from portal.dossier import files  # noqa: E402
from portal.dossier.types import Dossier  # noqa: E402
from portal.kit.pdf import Caps, PartSource, Running, data, parts  # noqa: E402
from portal.kit.pdf.warm import RENDERER, WarmRenderer  # noqa: E402

SPECIMEN = ROOT / "portal/demo/dossiers/taiwan_161.json"
SIZES, KEY = (40, 200, 400), "0" * 64
REST = 0.5  # seconds before each rendering, whoever's, so that everybody starts at rest
TARGETS = {
    ("first, two processes", "chromium"): 1.1,
    ("first, one process", "chromium"): 2.0,
    ("one row changed", "chromium"): 0.2,
    ("letter changed", "chromium"): 0.2,
    ("one row changed", "typst"): 0.4,
    ("letter changed", "typst"): 0.4,
}


class Spent(NamedTuple):
    """Seconds by the wall, and of the processor in all processes that took part."""

    wall: float
    cpu: float


Runs = dict[str, list[Spent]]


class Ours:
    """This renderer, warm: laying out pages, without the seal, which no peer makes."""

    def __init__(self) -> None:
        self.renderer, self.kept = WarmRenderer(), parts.Kept()
        self.style = html.style("packet.css", "duty.css")

    def lay_out(self, dossier: Dossier, *, processes: int, forget: bool) -> Spent:
        """Spent from the finished HTML to the finished pages; ``forget`` makes it a first rendering."""
        body, running = sheets(dossier, in_lines=True), running_of(dossier)
        if forget:
            self.kept.clear()
        parts.WORTH_TWO = 0 if processes > 1 else 10**9
        before, began = self._cpu(), time.perf_counter()
        parts.print_pieces(
            body, title="bench", style=self.style, running=running, kept=self.kept, renderer=self.renderer
        )
        return Spent(time.perf_counter() - began, self._cpu() - before)

    def _cpu(self) -> float:
        return time.process_time() + (cpu_of(self.renderer.pid) if self.renderer.pid else 0.0)


class Peer:
    """Another engine in its own process."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name, self.folder = name, folder
        command = [sys.executable, str(ROOT / "bench/packet_peers.py"), name]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def draw(self, job: dict[str, str]) -> Spent:
        assert self.process.stdin
        assert self.process.stdout
        before = cpu_of(self.process.pid)
        self.process.stdin.write(json.dumps(job | {"out": str(self.folder / f"{self.name}.pdf")}) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise RuntimeError(f"{self.name} ended without an answer")
        return Spent(float(json.loads(answer)["seconds"]), cpu_of(self.process.pid) - before)

    def close(self) -> None:
        self.process.communicate()


def main() -> None:
    """Each size in turn: rounds, then the table of it."""
    asked = _arguments()
    if asked.renders:
        _many(asked.renders, size=asked.sizes[-1])
        return
    names = [name for name in asked.peers if not lacking(name)]
    for name in set(asked.peers) - set(names):
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


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--peers", nargs="+", choices=PEERS, default=list(PEERS))
    parser.add_argument("--renders", type=int, default=0, help="only: so many whole packets of the last size")
    return parser.parse_args()


def _measure(size: int, ours: Ours, peers: list[Peer], folder: Path, *, rounds: int) -> None:
    runs: Runs = {}
    watched = {"ours": lambda: ours.renderer.pid} | {peer.name: lambda peer=peer: peer.process.pid for peer in peers}
    with peaks_of(watched) as peaks:  # this round warms everybody and is watched; it does not count
        for _ in _round(-1, size, ours, peers, folder):
            pass
    for number in range(rounds):
        for name, spent in _round(number, size, ours, peers, folder):
            runs.setdefault(name, []).append(spent)
    _print_table(size, runs, peaks)


def _round(number: int, size: int, ours: Ours, peers: list[Peer], folder: Path) -> Iterator[tuple[str, Spent]]:
    """One rendering by everybody of a party that nobody has seen, then the two changes."""
    dossier = _party_of(size, seed=number)
    job = _job_of(dossier, folder)
    for name, lay_out in (
        ("first, one process", lambda: ours.lay_out(dossier, processes=1, forget=True)),
        ("first, two processes", lambda: ours.lay_out(dossier, processes=2, forget=True)),
        ("one row changed", lambda: ours.lay_out(_with_row(dossier), processes=2, forget=False)),
        ("letter changed", lambda: ours.lay_out(_with_letter(dossier), processes=2, forget=False)),
        *((peer.name, lambda peer=peer: peer.draw(job)) for peer in peers),
    ):
        time.sleep(REST)
        yield name, lay_out()


def _print_table(size: int, runs: Runs, peaks: dict[str, float]) -> None:
    names = [name for name in PEERS if name in runs]
    print(f"\n{size} people, load {_load()}: seconds, median (least), of the processor; then the ratio to each peer")
    for name, own in runs.items():
        walls, cpus = [spent.wall for spent in own], [spent.cpu for spent in own]
        ratios = "  ".join(f"/{peer} {_ratio(own, runs[peer], name, peer)}" for peer in names if peer != name)
        print(
            f"  {name:<22} {statistics.median(walls):7.3f} ({min(walls):.3f}) {statistics.median(cpus):6.2f}  {ratios}"
        )
    print("  peak MiB (PSS) " + "  ".join(f"{name} {peak:.0f}" for name, peak in peaks.items()))


def _ratio(own: list[Spent], others: list[Spent], name: str, peer: str) -> str:
    pairs = list(zip(own, others, strict=True))
    wall = statistics.median(mine.wall / theirs.wall for mine, theirs in pairs)
    cpu = statistics.median(mine.cpu / max(theirs.cpu, 0.01) for mine, theirs in pairs)
    target = TARGETS.get((name, peer))
    judged = f" target {target} {'met' if wall <= target else 'MISSED'}" if target else ""
    return f"{wall:.2f} [{cpu:.2f}]{judged}"


def _load() -> str:
    return f"{os.getloadavg()[0]:.1f} on {os.cpu_count()} processors"


def _whole_packet(size: int) -> None:
    """The packet as the portal makes it: sheets, pages, embedded data, archive form, seal."""
    dossier = _party_of(size, seed=99)
    build_packet(packet_input(dossier))
    fresh = _party_of(size, seed=100)
    began = time.perf_counter()
    packet = build_packet(packet_input(fresh))
    spent = time.perf_counter() - began
    print(f"\nwhole packet of {size}: {spent:.2f} s, {packet.pages} pages, {len(packet.pdf) / 1000:.0f} kB")


def _many(renders: int, *, size: int) -> None:
    """Whole packets of other people each time, as the job makes them and inside its caps: time, memory of the renderer
    at most and of renderer and worker afterwards.
    """
    walls: list[float] = []
    told = {1, renders, *range(max(1, renders // 10), renders, max(1, renders // 10))}
    print(f"{renders} packets of {size} people under {Caps()}, load {_load()}; memory in MiB (PSS)", flush=True)
    for number in range(1, renders + 1):
        source = packet_input(_party_of(size, seed=1000 + number))
        with peaks_of({"renderer": lambda: RENDERER.pid}) as peaks:
            began = time.perf_counter()
            packet = build_packet(source, caps=Caps())
            walls.append(time.perf_counter() - began)
        if number in told:
            renderer = memory_of(RENDERER.pid or 0)
            line = f"  {number:>3}: renderer at most {peaks['renderer']:.0f}, then {renderer:.0f}"
            print(f"{line}, worker {memory_of(os.getpid()) - renderer:.0f}; {packet.pages} pages", flush=True)
    RENDERER.stop()
    print(f"  seconds: median {statistics.median(walls):.2f}, most {max(walls):.2f}; load {_load()}")


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


if __name__ == "__main__":
    main()
