"""Whether two typed names are one person's, and every personal name of a dossier, to be taken out of reports.

Not here: the search column of stored names (portal.kit.names folds for both).
"""

from __future__ import annotations

from collections.abc import Iterable

from portal.dossier.types import Dossier
from portal.kit.names import fold

_SHORT = 2
_DROPPED = dict.fromkeys([*map(ord, " \u3000\u00a0"), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)])


def spaceless(name: str) -> str:
    """A name without the spaces people put between its parts."""
    return name.replace(" ", "").replace("\u3000", "")


def bare(name: str) -> str:
    """A name without spaces and variation selectors, otherwise as typed."""
    return name.translate(_DROPPED)


def same_person(name: str, others: Iterable[tuple[str, str]]) -> str | None:
    """The first of ``others`` that is ``name`` but for spacing and old forms (髙橋 and 高橋); ``None`` if none is.

    ``others`` are pairs of the bare name and the name as typed. Folding costs, so only names of the same length that
    share a character (or are very short) are folded.
    """
    plain = bare(name)
    wanted, letters = fold(name), set(plain)
    for candidate, other in others:
        alike = len(candidate) == len(plain) and (len(plain) <= _SHORT or not letters.isdisjoint(candidate))
        if alike and fold(other) == wanted:
            return other
    return None


def personal_names(dossier: Dossier) -> frozenset[str]:
    """Every name of a person that a message may quote: hand these to ``Report.without_names``."""
    named = (
        *(person.name for person in dossier.participants),
        *(contact.name for contact in dossier.home_contacts),
        *(host.family for host in dossier.hosts),
        *(agent.person for agent in dossier.agents),
        dossier.homestay.representative,
        dossier.school.principal,
        dossier.outline.previsit_by,
        dossier.readiness.tabireji_by,
    )
    return frozenset(name for name in named if name)
