"""Flight numbers and airports as a plan writes them. Not here: the tables of airports and airlines (directory)."""

from __future__ import annotations

import re
import unicodedata

# Two characters of the airline (not two digits), one to four digits, one letter for a repeated service (IATA).
_FLIGHT_NUMBER = re.compile(r"(?!\d\d)[A-Z0-9]{2}\d{1,4}[A-Z]?")


def folded_code(text: str) -> str:
    """A code in half-width capitals without spaces or hyphens: ``ＪＬ ９７`` → ``JL97``."""
    return re.sub(r"[\s\-−‐]", "", unicodedata.normalize("NFKC", text)).upper()


def looks_like_flight_number(text: str) -> bool:
    """Whether ``text`` has the form of a flight number, whatever its width and spacing."""
    return _FLIGHT_NUMBER.fullmatch(folded_code(text)) is not None
