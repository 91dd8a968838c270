"""The chapter that the modules of this package fill. Not here: any rule."""

from __future__ import annotations

from portal.lawbook.rule import Chapter
from trips.facts import TripFacts

BOOK = Chapter("A1", "別添一 緊急連絡体制", "Annex 1: emergency contacts", facts=TripFacts.of)
