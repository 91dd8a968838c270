"""A small rulebook of its own, so that the engine is tested without any real duty. Not here: the assertions."""

from __future__ import annotations

import datetime as dt

from portal.dossier.types import Part, item
from portal.lawbook.outcome import Fault, Late, Missing, NotApplicable, Subject, ToFollow
from portal.lawbook.rule import ADVICE, BLOCK, WARN, Chapter, Each

TODAY = dt.date(2026, 12, 1)


class Bed(Part):
    name: str | None = item("名称", "Name")
    phone: str | None = item("電話番号", "Telephone")
    follows_on: dt.date | None = item("確定予定日", "To follow on")


class House(Part):
    beds: tuple[Bed, ...] = item("部屋", "Beds", default=())
    owner: Bed = Bed()
    late_filing_reason: str | None = item("理由", "Reason")


class Facts:
    """Counts how often it was built: the engine must derive facts once for all rules."""

    built = 0

    def __init__(self, case):
        type(self).built += 1
        self.house = case.dossier
        self.beds = tuple(
            Subject(f"/beds/{number}", bed, f"部屋{number + 1}", f"Bed {number + 1}")
            for number, bed in enumerate(case.dossier.beds)
        )


BEDS = Each(Bed, lambda facts: facts.beds, ("部屋がありません", "No beds"))
HOUSE = Each(House, lambda facts: (Subject("", facts.house, "", ""),))
CITES = ("別添三 四",)


def book() -> Chapter:
    """A fresh chapter with one rule of every kind."""
    chapter = Chapter("T", "試し", "Trial", facts=Facts)
    shared = {"cites": CITES, "remedy": "beds#name"}
    chapter.require(
        "T02",
        "電話番号がある",
        "There is a telephone",
        severity=BLOCK,
        each=BEDS,
        needs=("phone",),
        to_follow="follows_on",
        hint=("例: 03-…", "e.g. 03-…"),
        **shared,
    )

    @chapter.rule("T01", "名称が短い", "The name is short", severity=WARN, each=BEDS, needs=("name",), **shared)
    def short(bed, facts, law):
        """A name of more than three characters is too long."""
        if len(bed.value.name) > 3:
            yield Fault(f"{bed.ja}が長い", f"{bed.en} is long")

    @chapter.rule("T03", "遅れていない", "Not late", severity=BLOCK, each=HOUSE, under={"2024": None}, **shared)
    def in_time(house, facts, law):
        return Late("遅い", "late", "/owner", excused=house.value.late_filing_reason is not None) if law.local else None

    @chapter.rule(
        "T04",
        "持ち主がいる",
        "There is an owner",
        severity=ADVICE,
        under={"2024": BLOCK},
        each=HOUSE,
        needs=("owner.name",),
        when=lambda house, facts, law: None if facts.beds else NotApplicable("部屋がない", "no beds"),
        **shared,
    )
    def owned(house, facts, law):
        name = house.value.owner.name
        if name == "後":
            return ToFollow("後で", "later", TODAY, "owner.phone")
        if name == "空":
            return Missing("空です", "empty", "owner.phone")
        if name == "借":
            return NotApplicable("借家", "rented")
        return Fault("板の基準", "the board's rule", citation=("見本県の基準",)) if name == "板" else None

    return chapter


def bed(name="山", phone="1", **more):
    return Bed(name=name, phone=phone, **more)


def house(*beds, owner="私", **more):
    return House(beds=beds, owner=Bed(name=owner), **more)
