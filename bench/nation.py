"""A country's worth of member schools and their trips over ten years, written by COPY, and their figures recounted.

Here: making rows and counting what was made, by plain loops over the written plans. Not here: measuring (national).
"""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, transaction

from bench.crowd import REQUEST, TRIP, copy_rows, line_of
from jcsos.enums import Band
from jcsos.models import Membership
from jcsos.queries import dashboard
from jcsos.rules.readiness import bounds_of
from portal.accounts.models import User
from portal.directory.kinds import OrgKind
from portal.dossier.types import FounderType
from portal.kit import clock
from portal.kit.ids import uuid7
from portal.tenancy.models import Org

DESTINATIONS = (
    *(("台湾(台北)",) * 6), *(("シンガポール",) * 3), *(("オーストラリア(ブリスベン)",) * 3),
    "マレーシア(クアラルンプール)", "米国(ハワイ)(ホノルル)", "米国(本土)(ロサンゼルス)", "英国(ロンドン)",
    "シンガポール、マレーシア(ジョホールバル)",
)  # fmt: skip
"""Weighted as 全国の実績 has them (domain §6): Taiwan first, then Singapore and Australia."""
SEASON = (4, 5, 6, 7, 7, 8, 8, 9, 10, 10, 10, 11, 11, 11, 11, 12, 12, 1, 2, 3, 3)
YEARS = 10
_ITEMS, _GAPS = ("1", "2", "3", "4", "5", "6", "7"), ("A202", "A204", "A206", "A209")
_REQUEST = (*REQUEST, "mofa_called_at", "mofa_called_by_id", "withdrawn_at", "withdrawn_by_id")
_FIGURE = ("id", "school_id", "trip_id", "revision_id", "verdicts", "score", "cover_gaps", "missing", "read_at")


class Nation:
    """Member schools and their trips; the same seed makes the same country. One school in ten does not consent."""

    def __init__(self, *, seed: int = 8) -> None:
        self.chance = random.Random(seed)
        self.today = clock.today()
        self.office = Org.objects.create(kind=OrgKind.JCSOS.value, name="JCSOS(見本)")
        self.board = Org.objects.create(kind=OrgKind.PREFECTURAL_BOARD.value, name="見本県教育委員会")
        self.head = User.objects.create_user("head@nation.example", name="見本 校長")
        self.officer = User.objects.create_user("officer@nation.example", name="見本 担当")
        self.consenting: list[Org] = []
        self.plans: list[dict[str, Any]] = []
        self.figures: dict[Any, dict[str, Any]] = {}
        self.amended: set[Any] = set()

    @property
    def years(self) -> list[int]:
        """Business years, the present one first."""
        present = self.today.year - (self.today.month < 4)
        return list(range(present, present - YEARS, -1))

    def arrive(self, *, schools: int, trips: int) -> None:
        """Write the country in one transaction."""
        with transaction.atomic():
            houses = self._schools(schools)
            self.plans = [self._plan(number, self.chance.choice(houses)) for number in range(trips)]
            copy_rows("trips_trip", TRIP, (_trip(plan) for plan in self.plans))
            copy_rows("mofa_requests_mofarequest", _REQUEST, (line_of(plan, _REQUEST) for plan in self.plans))
            changes = [self._amendment(plan) for plan in self.plans if plan["state"] == "acknowledged"][::40]
            columns = (*_REQUEST, "amends_id")
            copy_rows("mofa_requests_mofarequest", columns, (line_of(plan, columns) for plan in changes))
            self.figures = {plan["trip_id"]: self._figure(plan) for plan in self.plans}
            copy_rows("jcsos_tripfigure", _FIGURE, (line_of(row, _FIGURE) for row in self.figures.values()))
            self._take_over(changes)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    def seen(self) -> list[dict[str, Any]]:
        """The plans that JCSOS may count: of consenting members, not withdrawn."""
        ours = {school.pk for school in self.consenting}
        return [plan for plan in self.plans if plan["school_id"] in ours and plan["state"] != "withdrawn"]

    def _schools(self, many: int) -> list[Org]:
        houses = Org.objects.bulk_create(
            Org(
                kind=OrgKind.SCHOOL.value, founder=FounderType.PREFECTURAL.value, parent=self.board, demo=True,
                name=f"見本県立第{number}高等学校",
            )
            for number in range(many)
        )  # fmt: skip
        now = clock.now()
        self.consenting = [house for number, house in enumerate(houses) if number % 10]
        agreed = {"consents": True, "consented_at": now, "consented_by": self.head}
        Membership.objects.bulk_create(
            Membership(school=house, joined_on=dt.date(2015, 4, 1), **(agreed if number % 10 else {}))
            for number, house in enumerate(houses)
        )
        return houses

    def _plan(self, number: int, house: Org) -> dict[str, Any]:
        year, month = self.chance.choice(self.years), self.chance.choice(SEASON)
        departs = dt.date(year + (month < 4), month, self.chance.randrange(1, 29))
        receipt = departs - dt.timedelta(days=31)
        late = self.chance.random() < 0.06
        sent, by = _at(receipt, 3 if late else -20), self.officer.pk
        state = "withdrawn" if self.chance.random() < 0.02 else "acknowledged"
        plan: dict[str, Any] = {
            "id": uuid7(), "trip_id": uuid7(), "school_id": house.pk, "kind": "filing", "edition": "2003",
            "forwarder_org_id": self.board.pk, "revision_number": 1, "late": late, "jcsos_open": False,
            "title": f"{year}年度海外修学旅行 {number}", "places": self.chance.choice(DESTINATIONS),
            "departs_on": departs, "returns_on": departs + dt.timedelta(days=self.chance.randrange(3, 8)),
            "party_total": self.chance.randrange(20, 400), "danger_level": 0, "warning_count": 0, "advice_count": 0,
            "receipt_due_on": receipt, "created_at": sent, "submitted_at": sent, "submitted_by_id": self.head.pk,
            "state": state, "claimed_at": sent, "claimed_by_id": by, "approved_at": sent, "approved_by_id": by,
            "forwarded_at": sent, "forwarded_by_id": by, "acknowledged_at": sent, "received_on": receipt,
            "mofa_called_at": sent, "mofa_called_by_id": by, "mofa_called_note": "見本", "withdrawn_reason": "",
        }  # fmt: skip
        gone = {"withdrawn_at": sent, "withdrawn_by_id": self.head.pk, "withdrawn_reason": "中止(見本)"}
        return plan | (gone if state == "withdrawn" else {})

    def _amendment(self, plan: dict[str, Any]) -> dict[str, Any]:
        """A change after the filing: two days later, ten people fewer."""
        later = {
            "departs_on": plan["departs_on"] + dt.timedelta(days=2),
            "returns_on": plan["returns_on"] + dt.timedelta(days=2),
            "party_total": plan["party_total"] - 10,
        }
        return plan | later | {"id": uuid7(), "kind": "amendment", "late": False, "amends_id": plan["id"]}

    def _take_over(self, changes: Iterable[dict[str, Any]]) -> None:
        """From now on the changed days and people count; whether the filing was late does not change."""
        newest = {plan["trip_id"]: plan for plan in changes}
        for plan in self.plans:
            changed = newest.get(plan["trip_id"], {})
            plan.update({name: changed[name] for name in ("departs_on", "returns_on", "party_total") if changed})

    def _figure(self, plan: dict[str, Any]) -> dict[str, Any]:
        unread = self.chance.random() < 0.03
        missing = sorted(self.chance.sample(_ITEMS, self.chance.choice((0, 0, 0, 1, 2))))
        gaps = [] if unread else sorted(self.chance.sample(_GAPS, self.chance.choice((0, 0, 1, 2))))
        return {
            "id": uuid7(), "school_id": plan["school_id"], "trip_id": plan["trip_id"], "verdicts": "{}",
            "revision_id": None if unread else uuid7(), "read_at": None if unread else plan["submitted_at"],
            "score": None if unread else self.chance.randrange(101), "cover_gaps": gaps, "missing": missing,
        }  # fmt: skip


def differences(nation: Nation, year: int) -> list[str]:
    """What the counted figures of a year say that a plain recount does not; nothing when all agree."""
    table = dashboard.years()
    counted = _flat(dashboard.year_of(year, table.get(year, {})), *dashboard.people_abroad(nation.today))
    plain = _recount(nation, year)
    names = sorted({*counted, *plain})
    return [
        f"{year} {name}: {counted.get(name, 0)} counted, {plain.get(name, 0)} there are"
        for name in names
        if counted.get(name, 0) != plain.get(name, 0)
    ]


def _flat(found: dashboard.Year, trips_abroad: int, people_abroad: int) -> dict[str, int]:
    figures = {"schools": found.schools, "unread": found.unread, "abroad": trips_abroad, "people abroad": people_abroad}
    for month, one in found.months.items():
        figures |= {f"trips {month}": one.trips, f"late {month}": one.late, f"people {month}": one.people}
    figures |= {f"place {name}": many for name, many in found.places.items()}
    figures |= {f"band {band.value}": many for band, many in found.bands.items()}
    figures |= {f"missing {item.value}": many for item, many in found.missing.items()}
    return figures | {f"gap {code}": many for code, many in found.gaps.items()}


def _recount(nation: Nation, year: int) -> dict[str, int]:
    first, last = dt.date(year, 4, 1), dt.date(year + 1, 3, 31)
    figures: Counter[str] = Counter()
    schools = set()
    for plan in nation.seen():
        if plan["departs_on"] <= nation.today <= plan["returns_on"]:
            figures["abroad"] += 1
            figures["people abroad"] += plan["party_total"]
        if first <= plan["departs_on"] <= last:
            schools.add(plan["school_id"])
            figures.update(_figures_of(plan, nation.figures[plan["trip_id"]]))
    figures["schools"] = len(schools)
    return dict(figures)


def _figures_of(plan: dict[str, Any], figure: dict[str, Any]) -> dict[str, int]:
    month = plan["departs_on"].month
    places = {part.rsplit("(", 1)[0] if part.endswith(")") else part for part in plan["places"].split("、")}
    names = [f"trips {month}", *(f"place {place}" for place in places), _band(figure["score"])]
    names += [f"missing {one}" for one in figure["missing"]] + [f"gap {code}" for code in figure["cover_gaps"]]
    names += [f"late {month}"] if plan["late"] else []
    return dict.fromkeys(names, 1) | {f"people {month}": plan["party_total"]}


def _band(score: int | None) -> str:
    if score is None:
        return "unread"
    return next(f"band {band.value}" for band in Band if bounds_of(band)[0] <= score <= bounds_of(band)[1])


def _trip(plan: dict[str, Any]) -> Sequence[Any]:
    number = f"N{plan['id'].hex[-12:]}"
    return (plan["trip_id"], plan["school_id"], number, "open", "2003", True, False, plan["created_at"])


def _at(day: dt.date, days: int) -> dt.datetime:
    return dt.datetime.combine(day + dt.timedelta(days=days), dt.time(10), clock.TOKYO)
