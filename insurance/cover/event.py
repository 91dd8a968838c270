"""What happened to one person and what it costs. Not here: who pays (grounds, amounts, stack)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from insurance.enums import Cause, Circumstance, CostItem, CoverLine, Place
from portal.kit.era import western_date
from portal.kit.text import Refused

MOST_YEN = 10**12

TREATMENT_ITEMS = (
    CostItem.CARE,
    CostItem.TRANSFER,
    CostItem.LODGING,
    CostItem.INTERPRETER,
    CostItem.TRANSPORT,
    CostItem.CALLS,
    CostItem.PERSONAL_GOODS,
)
RESCUE_ITEMS = (
    CostItem.SEARCH,
    CostItem.RELATIVES_AIR,
    CostItem.RELATIVES_HOTEL,
    CostItem.SITE_EXPENSES,
    CostItem.TRANSPORT_HOME,
    CostItem.EMBALMING,
)
OTHER_LINES = {
    CostItem.DAMAGES: CoverLine.LIABILITY,
    CostItem.SCHOOL_DAMAGES: CoverLine.LIABILITY,
    CostItem.CAR_DAMAGES: CoverLine.DRIVER_LIABILITY,
    CostItem.BELONGINGS: CoverLine.BELONGINGS,
}


@dataclass(frozen=True, slots=True)
class Cost:
    """One bill in yen; ``persons`` and ``nights`` say for how many relatives and nights it is."""

    item: CostItem
    amount: int
    on: dt.date | None = None
    persons: int = 1
    nights: int = 1

    def __post_init__(self) -> None:
        if not 0 <= self.amount <= MOST_YEN:
            raise Refused(
                f"{self.item.label}の金額 {self.amount:,}円は使えません。0円から1兆円までで書いてください",
                f"{self.item.english}: {self.amount:,} yen cannot be used; write 0 to 10^12",
            )
        if self.persons < 1 or self.nights < 1:
            raise Refused(
                f"{self.item.label}の人数と泊数は1以上で書いてください",
                f"{self.item.english}: persons and nights are 1 or more",
            )


@dataclass(frozen=True, slots=True)
class Event:
    """One accident or illness of one person. ``on`` is the day of the accident or of falling ill.

    ``hospital_days`` is the longest unbroken stay; ``infection`` one of the specific infections of the policy;
    ``distress`` an aircraft or vessel in distress, life unknown, or an official search; ``social_insurance`` what
    health insurance pays of the care.
    """

    cause: Cause
    on: dt.date
    place: Place
    on_duty: bool = False
    entered_home_on: dt.date | None = None
    home_by_choice: bool = False
    first_visit: dt.date | None = None
    hospital_days: int = 0
    died_on: dt.date | None = None
    impediment_percent: int = 0
    impediment_on: dt.date | None = None
    infection: bool = False
    distress: bool = False
    circumstances: frozenset[Circumstance] = frozenset()
    costs: tuple[Cost, ...] = ()
    social_insurance: int = 0

    def __post_init__(self) -> None:
        for label, english, day in (
            ("死亡した日", "The day of death", self.died_on),
            ("後遺障害の診断日", "The day of the impediment", self.impediment_on),
            ("初診の日", "The first visit", self.first_visit),
        ):
            if day and day < self.on:
                raise Refused(
                    f"{label}({western_date(day)})が、起きた日({western_date(self.on)})より前です",
                    f"{english} ({day}) lies before the event ({self.on})",
                )
        if not 0 <= self.impediment_percent <= 100:
            raise Refused("後遺障害の程度は0から100までの%で書いてください", "The degree is 0 to 100 %")
        if self.hospital_days < 0 or not 0 <= self.social_insurance <= MOST_YEN:
            raise Refused("日数と金額は0以上で書いてください", "Days and amounts are 0 or more")

    @property
    def death_line(self) -> CoverLine:
        return CoverLine.INJURY_DEATH if self.cause is Cause.INJURY else CoverLine.ILLNESS_DEATH

    @property
    def treatment_line(self) -> CoverLine:
        return CoverLine.INJURY_TREATMENT if self.cause is Cause.INJURY else CoverLine.ILLNESS_TREATMENT

    def line_of(self, item: CostItem) -> CoverLine:
        """The benefit that a bill asks for."""
        if item in TREATMENT_ITEMS:
            return self.treatment_line
        return CoverLine.RESCUE if item in RESCUE_ITEMS else OTHER_LINES[item]
