"""How much a test does: usual on every run, exhaustive under ``make proof``; the code is the same.

Here: the switch. Not here: what is counted.
"""

from __future__ import annotations

import os

PROOF = os.environ.get("PORTAL_PROOF") == "1"


def size(usual: int, *, proof: int) -> int:
    """``usual`` cases, or ``proof`` cases when the run is to leave nothing out."""
    return proof if PROOF else usual
