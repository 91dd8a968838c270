"""Which findings of a frozen revision JCSOS may read in words, and which only by their rule. Not here: the screens."""

from __future__ import annotations

from portal.dossier.pointers import field_info

_OF_PERSONS = frozenset({"participants", "hosts", "home_contacts", "leader", "conductor", "homestay", "opt_outs"})
"""Parts that tell of single persons: a sentence about one may quote a school year or a number beside the name."""


def tells_of_a_person(pointer: str) -> bool:
    """Whether a sentence about this place (JSON pointer) may carry personal values of class P2 or P3."""
    if pointer.strip("/").split("/")[0] in _OF_PERSONS:
        return True
    try:
        return field_info(pointer).sealed
    except KeyError:
        # The empty pointer stands for the plan as a whole; a place the types do not know has no class and stays shut.
        return bool(pointer)
