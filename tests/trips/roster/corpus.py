"""The 58 hostile and hard uploads of the trust bar, generated, each with its expected verdict.

A case ends either in the refusal of the whole file (``refused``: a code) or in a preview with ``kept`` people,
``bad`` refused rows and ``skipped`` rows; ``says`` are words that must occur in what the person is told.
"""

from __future__ import annotations

from tests.trips.roster import corpus_archives, corpus_tables, corpus_texts
from tests.trips.roster.case import Case

CASES: tuple[Case, ...] = tuple(
    sorted(
        (*corpus_archives.CASES, *corpus_tables.CASES, *corpus_texts.CASES),
        key=lambda case: (case.number, case.title),
    )
)
