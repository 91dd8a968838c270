"""The chapter that the modules of this package fill, and the words they share. Not here: any rule."""

from __future__ import annotations

from portal.lawbook.rule import Chapter
from trips.facts import TripFacts

BOOK = Chapter("A3", "別添三 必ず連絡していただきたい点", "Annex 3: what must be reported", facts=TripFacts.of)

PHONE_ABROAD = (
    "国番号から書いてください。例: +886 2 ○○○○ ○○○○",
    "Write it from the country code, e.g. +886 2 …",
)
PHONE_JAPAN = ("市外局番から書いてください。例: 03-○○○○-○○○○", "Write it with the area code, e.g. 03-…")
