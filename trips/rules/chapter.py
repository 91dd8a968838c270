"""The chapter that the modules of this package fill. Not here: any rule."""

from __future__ import annotations

from portal.lawbook.rule import Chapter
from trips.facts import TripFacts

BOOK = Chapter("CO", "記載どうしの一致", "Agreement of the entries", facts=TripFacts.of)
