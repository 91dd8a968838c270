"""The second input of two papers: special-care values that no dossier holds, by the traveller's key.

Not here: opening them (trips.queries), keeping them; they live as long as one paper is being made.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from portal.dossier.types import Dossier, Participant


@dataclasses.dataclass(frozen=True)
class SpecialCare:
    """What one traveller entrusted to the school; empty text where nothing is known."""

    blood_type: str = ""
    allergy: str = ""
    illness: str = ""
    medicine: str = ""
    note: str = ""

    @property
    def needs_care(self) -> bool:
        """Whether there is anything beside the blood type that a leader must know."""
        return any((self.allergy, self.illness, self.medicine, self.note))


Sealed = Mapping[str, SpecialCare]


def consenting(dossier: Dossier, sealed: Sealed) -> tuple[tuple[Participant, SpecialCare], ...]:
    """Travellers with a blood type whose guardian's consent is recorded, in the order of the roster (別添二 五(四))."""
    return tuple(
        (person, sealed[person.key])
        for person in dossier.participants
        if person.consented_on is not None and person.key in sealed and sealed[person.key].blood_type
    )


def in_care(dossier: Dossier, sealed: Sealed) -> tuple[tuple[Participant, SpecialCare], ...]:
    """Travellers of whom a leader must know something."""
    return tuple(
        (person, sealed[person.key])
        for person in dossier.participants
        if person.key in sealed and sealed[person.key].needs_care
    )
