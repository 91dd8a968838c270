"""How long judging takes: ``python bench/rules.py`` prints CPU milliseconds for 40, 400 and 4,000 people.

The bar is 20 ms for 400 people under all rules of one edition, and a cost that grows in step with the people.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from mofa_requests.rules import BOOK, judge
from portal.dossier import files
from portal.dossier.types import Dossier

ROOT = Path(__file__).resolve().parent.parent
SPECIMEN = ROOT / "portal" / "demo" / "dossiers" / "taiwan_161.json"
SIZES = (40, 400, 4_000)
ROUNDS = 15


def trip_of(people: int) -> Dossier:
    """The Taiwan specimen with its roster cut or repeated to ``people``, the figures made to fit."""
    specimen = files.load(SPECIMEN)
    roster = tuple(
        person.model_copy(update={"key": f"x{number}", "number": str(number), "name": f"{person.name}{number}"})
        for number in range(people)
        for person in (specimen.participants[number % len(specimen.participants)],)
    )
    party = specimen.outline.party.model_copy(update={"total": people})
    outline = specimen.outline.model_copy(update={"party": party})
    return specimen.model_copy(update={"participants": roster, "outline": outline})


def cpu_milliseconds(dossier: Dossier) -> float:
    """The quickest of several rounds on one core, after one to warm up."""
    judge(dossier, on=dossier.as_of)
    rounds = []
    for _ in range(ROUNDS):
        began = time.process_time()
        judge(dossier, on=dossier.as_of)
        rounds.append(time.process_time() - began)
    return min(rounds) * 1000


def main() -> None:
    print(f"{len(BOOK.under('2003'))} rules of the 2003 edition, quickest of {ROUNDS} rounds, CPU time on one core")
    for people in SIZES:
        took = cpu_milliseconds(trip_of(people))
        print(f"{people:>6,} people  {took:8.2f} ms  {took / people * 1000:7.1f} µs a person")


if __name__ == "__main__":
    main()
