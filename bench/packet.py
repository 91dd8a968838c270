"""Measure the packet: seconds, pages, size and the renderer's peak memory for 40, 200 and 400 travellers.

Prints one line a size; nothing fails on a slow machine. Here: measuring only. Each render starts its own process, so
the seconds hold about one second of imports.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from mofa_requests.documents.packet import Packet, build_packet, packet_input  # noqa: E402
from portal.dossier import files  # noqa: E402
from portal.dossier.types import Dossier  # noqa: E402

SPECIMEN = ROOT / "portal/demo/dossiers/taiwan_161.json"
SIZES = (40, 200, 400)


def main() -> None:
    """Render each size as often as asked and print the median."""
    rounds = _arguments().rounds
    print("people   seconds (least)   pages   kB     peak MiB of all children so far")
    for size in SIZES:
        dossier = _party_of(size)
        runs = [_render(dossier) for _ in range(rounds)]
        seconds = [spent for spent, _ in runs]
        packet = runs[0][1]
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(
            f"{size:>6}   {statistics.median(seconds):7.2f} ({min(seconds):.2f})   {packet.pages:>5}   "
            f"{len(packet.pdf) / 1000:5.0f}   {peak:6.0f}"
        )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    return parser.parse_args()


def _party_of(size: int) -> Dossier:
    """The specimen with ``size`` travellers, cut or repeated under new keys."""
    dossier = files.load(SPECIMEN)
    people = dossier.participants
    party = [people[n % len(people)].model_copy(update={"key": f"p{n}"}) for n in range(size)]
    return dossier.model_copy(update={"participants": tuple(party)})


def _render(dossier: Dossier) -> tuple[float, Packet]:
    began = time.perf_counter()
    packet = build_packet(packet_input(dossier))
    return time.perf_counter() - began, packet


if __name__ == "__main__":
    main()
