"""Count what a teacher writes for the specimen trip of 161 pupils: by hand, with a roster file, with last year's plan.

Counted are fields that hold something, as the section pages and the roster show them; what the portal knows of the
school counts as written for nobody. Nothing is timed. Run: ``python -m bench.fields_typed``.
"""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.config.settings.test")

from importlib import resources

from portal.dossier import files
from portal.dossier.types import Dossier
from trips.enums import AGENT_SECTIONS, SECTION_PROPERTIES, Section
from trips.facts.authorship import filled_count
from trips.facts.copying import copy_plan

SPECIMEN = "taiwan_161.json"


def main() -> None:
    """Print one line for each way of getting the same plan."""
    plan = _specimen()
    former, waiting = copy_plan(plan)
    by_hand = _typed(plan)
    sections = by_hand - _of(plan, Section.ROSTER)
    agents = sum(_of(plan, section) for section in AGENT_SECTIONS)
    kept = sum(_of(former, section) for section in _written())
    print(f"{SPECIMEN}: {len(plan.participants)} travellers")
    print(f"everything by hand              {by_hand:>6} fields typed")
    print(f"roster from a file              {sections:>6} fields typed, one file")
    print(
        f"roster, agent's part by the agent {sections - agents:>4} fields typed, {agents} read and confirmed by section"
    )
    left = sections - kept - len(waiting)
    print(f"roster and last year's plan     {left:>6} fields typed, {len(waiting)} values ticked, {kept} taken over")


def _specimen() -> Dossier:
    folder = resources.files("portal.demo").joinpath("dossiers")
    return files.load(folder.joinpath(SPECIMEN).read_bytes())


def _written() -> list[Section]:
    """The sections a teacher writes; the school's own is filled in by the portal."""
    return [section for section in Section if section not in (Section.SCHOOL, Section.ROSTER)]


def _typed(plan: Dossier) -> int:
    return sum(_of(plan, section) for section in (*_written(), Section.ROSTER))


def _of(plan: Dossier, section: Section) -> int:
    """Fields of one section that hold something."""
    return filled_count({prop: getattr(plan, prop) for prop in SECTION_PROPERTIES[section]})


if __name__ == "__main__":
    main()
