"""Count what a teacher writes for the specimen trip of 161 pupils: by hand, with files, with last year's plan.

Counted are fields that hold something, as the section pages and the roster show them; what the portal knows of the
school counts as written for nobody. Nothing is timed. Run: ``python -m bench.fields_typed``.
"""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.config.settings.test")

from importlib import resources

from portal.dossier import files
from portal.dossier.types import Activity, Dossier, Leg, Part, Stay
from trips.enums import AGENT_SECTIONS, SECTION_PROPERTIES, Section
from trips.facts.authorship import filled_count
from trips.facts.copying import copy_plan

SPECIMEN = "taiwan_161.json"
IN_THE_FILE: dict[type[Part], frozenset[str]] = {
    Leg: frozenset(
        {
            "mode", "carrier", "number", "origin", "destination",
            "departs_at", "departs_zone", "arrives_at", "arrives_zone",
        }
    ),
    Activity: frozenset({"on", "starts", "ends", "city", "title", "free_time"}),
    Stay: frozenset({"kind", "name", "address", "city", "country", "phone", "checks_in", "checks_out"}),
}  # fmt: skip
"""What an agent's itinerary says of each entry (trips.itinerary)."""


def main() -> None:
    """Print one line for each way of getting the same plan."""
    plan = _specimen()
    former, waiting = copy_plan(plan)
    by_hand = _typed(plan)
    sections = by_hand - _of(plan, Section.ROSTER)
    agents = sum(_of(plan, section) for section in AGENT_SECTIONS)
    kept = sum(_of(former, section) for section in _written())
    print(f"{SPECIMEN}: {len(plan.participants)} travellers")
    filed = _in_itinerary_file(plan)
    left = sections - kept - len(waiting)
    _say("everything by hand", by_hand, "")
    _say("roster from a file", sections, "one file")
    _say("roster and itinerary from files", sections - filed, f"two files, {filed} read and confirmed by section")
    _say("agent signed in for its part", sections - agents, f"one file, {agents} read and confirmed by section")
    _say("roster and last year's plan", left, f"one file, {len(waiting)} values ticked, {kept} taken over")


def _say(way: str, typed: int, besides: str) -> None:
    print(f"{way:<32}{typed:>6} fields typed{f', {besides}' if besides else ''}")


def _in_itinerary_file(plan: Dossier) -> int:
    """Fields of carriage, visits and lodging that the agent's file fills."""
    parts = (*plan.legs, *plan.activities, *plan.stays)
    return sum(getattr(part, name) not in (None, "", (), False) for part in parts for name in IN_THE_FILE[type(part)])


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
