"""Valid plans made up at random: routes, groups, homestays, ships and nights in the air, all figures right.

``plan(seed)`` gives one as a dossier that no rule has anything to say about. Not here: the test (test_valid_plans).
"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from portal.directory.airports import airport
from portal.directory.countries import country
from portal.dossier.types import Dossier
from trips.facts.journey import distance_km

TODAY = dt.date(2026, 12, 1)
TOKYO = "Asia/Tokyo"
HOMES = ("NRT", "HND", "KIX", "FUK", "CTS", "NGO")
ROUTES = (
    ("0886", (("台北", "TPE"), ("台中", "RMQ"), ("高雄", "KHH"))),
    ("0065", (("シンガポール", "SIN"),)),
    ("0060", (("クアラルンプール", "KUL"), ("ペナン", "PEN"))),
    ("0061", (("シドニー", "SYD"), ("ブリスベン", "BNE"), ("メルボルン", "MEL"))),
    ("1808", (("ホノルル", "HNL"),)),
    ("0044", (("ロンドン", "LHR"), ("マンチェスター", "MAN"))),
    ("0084", (("ハノイ", "HAN"), ("ホーチミン", "SGN"))),
    ("0082", (("ソウル", "ICN"), ("釜山", "PUS"))),
    ("9001", (("バンクーバー", "YVR"),)),
    ("0064", (("オークランド", "AKL"),)),
)
NAMES = ("髙橋", "山﨑", "𠮷田", "葛󠄀西", "渡邉", "濵田", "神谷", "𣘺本", "Nguyễn", "金")
GIVEN = ("花", "翔", "みどり", "健", "葵", "蓮", "陽向", "Linh", "さくら", "智勳")


@dataclass
class Maker:
    """One plan in the making."""

    dice: random.Random
    country: str = ""
    cities: tuple[tuple[str, str], ...] = ()
    now: dt.datetime = dt.datetime(2027, 3, 10, 9, tzinfo=ZoneInfo(TOKYO))
    legs: list[dict[str, Any]] = field(default_factory=list)
    stays: list[dict[str, Any]] = field(default_factory=list)
    activities: list[dict[str, Any]] = field(default_factory=list)
    groups: tuple[str, ...] = ()

    def zone(self, code: str) -> str:
        found = airport(code)
        assert found is not None
        return found.zone

    def fly(self, origin: str, destination: str, groups: tuple[str, ...] = ()) -> dt.datetime:
        """Add a flight that leaves ``now``; returns when it arrives, in the zone of its destination."""
        one, other = airport(origin), airport(destination)
        assert one is not None
        assert other is not None
        hours = distance_km(one, other) / self.dice.uniform(760, 860) + 0.6
        arrives = later(self.now, minutes=round(hours * 12) * 5).astimezone(ZoneInfo(other.zone))
        self.carry("flight", f"JL{9000 + len(self.legs)}", origin, destination, arrives, groups)
        return arrives

    def carry(
        self, mode: str, number: str, origin: str, destination: str, arrives: dt.datetime, groups: tuple[str, ...] = ()
    ) -> None:
        self.legs.append(
            {
                "key": f"l{len(self.legs)}",
                "mode": mode,
                "carrier": "見本交通",
                "number": number,
                "origin": origin,
                "destination": destination,
                "departs_at": self.now.replace(tzinfo=None),
                "departs_zone": str(self.now.tzinfo),
                "arrives_at": arrives.replace(tzinfo=None),
                "arrives_zone": str(arrives.tzinfo),
                "groups": groups,
            }
        )

    def ride(self, origin: str, destination: str, minutes: int, *, zone: str) -> None:
        arrives = later(self.now, minutes=minutes).astimezone(ZoneInfo(zone))
        self.carry(self.dice.choice(("bus", "rail")), f"{len(self.legs)}号", origin, destination, arrives)
        self.now = arrives

    def sleep(self, kind: str, city: str, nights: int) -> None:
        first = self.now.date()
        self.stays.append(
            {
                "key": f"s{len(self.stays)}",
                "kind": kind,
                "name": f"見本{kind}{len(self.stays)}",
                "address": f"{len(self.stays) + 1} Mihon Street",
                "city": city,
                "country": self.country,
                "phone": phone(self.country, 100 + len(self.stays)),
                "checks_in": first,
                "checks_out": first + dt.timedelta(days=nights),
            }
        )
        for day in range(1, nights + 1):
            self.visit(city, first + dt.timedelta(days=day))
        self.now = (self.now + dt.timedelta(days=nights)).replace(hour=9, minute=0)

    def visit(self, city: str, day: dt.date) -> None:
        self.activities.append({"key": f"a{len(self.activities)}", "on": day, "city": city, "title": "見学"})

    def overnight(self) -> None:
        """A night on board for the last leg, when it arrives on a later date than it left."""
        leg = self.legs[-1]
        first, last = leg["departs_at"].date(), leg["arrives_at"].date()
        if last > first:
            self.stays.append(
                {"key": f"s{len(self.stays)}", "kind": "in_flight", "name": f"{leg['number']}便 機中"}
                | {"checks_in": first, "checks_out": last, "groups": leg["groups"]}
            )


def later(moment: dt.datetime, *, minutes: int) -> dt.datetime:
    """``minutes`` of real time later; clocks may be put forward in between."""
    return (moment.astimezone(dt.UTC) + dt.timedelta(minutes=minutes)).astimezone(moment.tzinfo)


def phone(code: str, number: int) -> str:
    """A specimen number of a country; North America has its own range for fiction."""
    if country(code).calling_code == "1":
        area = {"1808": "808", "9001": "604"}[code]
        return f"+1 {area}-555-01{number % 100:02}"
    return f"+{country(code).calling_code} 000 1{number:05}"


def plan(seed: int) -> Dossier:
    """A complete plan that is right in every respect."""
    maker = Maker(random.Random(seed))
    dice = maker.dice
    maker.country, cities = dice.choice(ROUTES)
    maker.cities = tuple(dice.sample(cities, dice.randint(1, len(cities))))
    maker.groups = ("A", "B") if dice.random() < 0.3 else ()
    home = dice.choice(HOMES)
    leaves = dt.date(2027, 3, 1) + dt.timedelta(days=dice.randint(0, 120))
    start = dt.datetime.combine(leaves, dt.time(dice.randint(8, 21), 5 * dice.randint(0, 11)), ZoneInfo(TOKYO))
    homestay = dice.random() < 0.3
    travel(maker, home, start, homestay)
    return Dossier.model_validate(document(maker, homestay))


def travel(maker: Maker, home: str, start: dt.datetime, homestay: bool) -> None:
    """Out, through the cities, and home again."""
    dice, (first, gate) = maker.dice, maker.cities[0]
    both_ways(maker, home, gate, start)
    maker.ride(gate, first, 60, zone=maker.zone(gate))
    for number, (city, gate) in enumerate(maker.cities):
        if number:
            maker.ride(maker.cities[number - 1][0], city, dice.randint(60, 240), zone=maker.zone(gate))
        maker.sleep("homestay" if homestay and number == 0 else "hotel", city, dice.randint(1, 4))
    last, gate = maker.cities[-1]
    maker.now = maker.now.replace(hour=dice.choice((7, 10, 17)))
    maker.ride(last, gate, 50, zone=maker.zone(gate))
    both_ways(maker, gate, home, later(maker.now, minutes=120))


def both_ways(maker: Maker, origin: str, destination: str, start: dt.datetime) -> None:
    """One flight for all, or one for each group; then ``now`` is when the last has arrived and cleared the airport."""
    landed = []
    for number, group in enumerate(maker.groups or (None,)):
        maker.now = later(start, minutes=20 * number)
        landed.append(maker.fly(origin, destination, (group,) if group else ()))
        maker.overnight()
    maker.now = later(max(landed), minutes=70)


def document(maker: Maker, homestay: bool) -> dict[str, Any]:
    dice = maker.dice
    people = roster(maker)
    students = [person for person in people if person["role"] == "student"]
    outline = outline_of(maker, people)
    heads = {group: sum(person.get("group") == group for person in people) for group in maker.groups}
    for entry in (*maker.legs, *maker.stays):
        entry["people"] = sum(heads[group] for group in entry.get("groups", ())) or len(people)
    local = dice.random() < 0.7
    codes = (maker.country,)
    hosts = [
        {"key": f"f{n}", "family": f"見本{n}家", "address": f"{n} Mihon Lane", "phone": phone(maker.country, 400 + n)}
        | {"guests": [student["key"] for student in students[2 * n : 2 * n + 2]]}
        for n in range((len(students) + 1) // 2)
    ]
    return {
        "demo": True,
        "school": school(dice),
        "home_contacts": [
            {"key": "h1", "name": "留守 一郎", "night_phone": "090-0000-1001", "holiday_same_as_night": True}
        ],
        "outline": outline,
        "destinations": [destination(maker, n, city, gate) for n, (city, gate) in enumerate(maker.cities)],
        "groups": groups(maker),
        "legs": maker.legs,
        "activities": maker.activities,
        "stays": maker.stays,
        "homestay": {"used": False} if not homestay else host_body(maker.country),
        "hosts": hosts if homestay else [],
        "leader": {"participant": "e0", "mobile": "+81 90 0000 2001", "roaming": True},
        "agents": agents(maker.country, local=local),
        "no_local_agent_reason": None if local else "宿泊先を学校が直接予約した",
        "conductor": {"participant": "c0", "mobile": "+81 90 0000 2003"},
        "missions": [mission(maker, number) for number in range(len(maker.cities))],
        "emergency": {
            "told_all_on": dt.date(2027, 2, 20),
            "dialling": "携帯電話から +81-(最初の0を除いた番号)",
            "mofa_day_phone": "03-3580-3311",
            "mofa_night_phone": "03-3580-3311",
            "first_call": "引率教員が学校へ電話し、現地エージェントと在外公館へ連絡する",
            "grave_call": "最寄りの在外公館へ、学校経由で外務省へ連絡する",
        },
        "policies": [policy(outline, codes)],
        "handover": {"itinerary_on": dt.date(2027, 2, 1), "blood_list_on": dt.date(2027, 2, 1)},
        "participants": people,
        "readiness": readiness(students),
        "confirmations": [{"section": "itinerary", "entered_by": "agent", "confirmed_on": TODAY}],
    }


def mission(maker: Maker, number: int) -> dict[str, Any]:
    return {
        "key": f"m{number}",
        "name": f"見本公館{number}",
        "country": maker.country,
        "cities": [maker.cities[number][0]],
        "address": "1 Mission Rd.",
        "phone": phone(maker.country, 300 + number),
        "verified_on": TODAY,
        "source": "見本",
    }


def school(dice: random.Random) -> dict[str, Any]:
    founders = ("prefectural", "designated_city", "municipal", "private", "national", "public_university", "corporate")
    return {
        "name": "見本高等学校",
        "founder": dice.choice(founders),
        "kind": "high",
        "postcode": "100-0001",
        "address": "見本県見本市1-1",
        "phone": "03-0000-1001",
        "email": "mihon@example.jp",
    }


def roster(maker: Maker) -> list[dict[str, Any]]:
    dice, people = maker.dice, []
    shape = (("student", dice.randint(3, 24), "s", 2009), ("escort", dice.randint(2, 4), "e", 1980))
    for role, many, key, born in (*shape, ("conductor", 1, "c", 1990)):
        for number in range(many):
            person = {
                "key": f"{key}{number}",
                "role": role,
                "name": f"{dice.choice(NAMES)} {dice.choice(GIVEN)}{number}",
                "passport_surname": "MIHON",
                "passport_given": "TARO",
                "born_on": dt.date(born, dice.randint(5, 12), dice.randint(1, 28)),
                "sex": dice.choice(("male", "female", "other")),
                "nationality": "0081",
                "passport_expires_on": dt.date(2031, 1, 1),
                "consented_on": dt.date(2026, 11, 1) if role == "student" else None,
            }
            if role == "student":
                person |= {"grade": "2年" if maker.legs[0]["departs_at"].date() < dt.date(2027, 4, 1) else "3年"}
                person |= {"class_name": "1組", "number": str(number)}
            if maker.groups:
                person["group"] = maker.groups[number % 2]
            people.append(person)
    return people


def outline_of(maker: Maker, people: list[dict[str, Any]]) -> dict[str, Any]:
    leaves = min(leg["departs_at"] for leg in maker.legs if leg["departs_zone"] == TOKYO)
    returns = max(leg["arrives_at"] for leg in maker.legs if leg["arrives_zone"] == TOKYO)
    roles = [person["role"] for person in people]
    sexes = [person["sex"] for person in people]
    students = roles.count("student")
    return {
        "title": "見本旅行",
        "kind": "school_trip",
        "departs_on": leaves.date(),
        "returns_on": returns.date(),
        "assembles_at": leaves - dt.timedelta(hours=2),
        "dismissed_at": returns + dt.timedelta(hours=2),
        "contract": maker.dice.choice(("ordered", "advertised", "arranged")),
        "cost_per_head": 120_000,
        "grade": "2年",
        "enrolled": students + 3,
        "non_participants": 3,
        "previsit_on": dt.date(2026, 8, 1),
        "previsit_by": "教頭",
        "party": {
            "students": students,
            "escorts": roles.count("escort"),
            "others": roles.count("conductor"),
            "male": sexes.count("male"),
            "female": sexes.count("female"),
            "total": len(people),
        },
    }


def destination(maker: Maker, number: int, city: str, gate: str) -> dict[str, Any]:
    return {
        "key": f"d{number}",
        "country": maker.country,
        "city": city,
        "zone": maker.zone(gate),
        "danger_level": 0,
        "infection_level": 0,
        "level_checked_on": dt.date(2026, 11, 20),
        "level_source": "外務省 海外安全ホームページ",
    }


def groups(maker: Maker) -> list[dict[str, Any]]:
    """Each group with the days of its own flights, which may lie on both sides of a midnight."""
    made = []
    for number, group in enumerate(maker.groups):
        own = [leg for leg in maker.legs if group in leg["groups"]]
        dates = {"departs_on": own[0]["departs_at"].date(), "returns_on": own[-1]["arrives_at"].date()}
        made.append({"key": group, "name": f"{group}団", "leader": f"e{number}"} | dates)
    return made


def host_body(code: str) -> dict[str, Any]:
    return {
        "used": True,
        "representative": "受入 見本",
        "representative_phone": phone(code, 90),
        "organisation": "見本受入団体",
        "escort_lodging": "見本ホテル 1 Mihon Street",
    }


def agents(code: str, *, local: bool) -> list[dict[str, Any]]:
    agency = {
        "key": "g1",
        "name": "見本旅行",
        "address": "見本県見本市2-2",
        "country": "0081",
        "phone": "03-0000-2001",
        "night_phone": "090-0000-2002",
        "person": "担当 次郎",
    }
    there = {
        "key": "g2",
        "role": "local",
        "name": "見本現地社",
        "address": "3 Mihon Street",
        "country": code,
        "phone": phone(code, 20),
        "night_phone": phone(code, 21),
        "person": "担当 見本",
    }
    return [agency, there] if local else [agency]


def policy(outline: dict[str, Any], codes: tuple[str, ...]) -> dict[str, Any]:
    kinds = ("injury_death", "injury_treatment", "illness_treatment", "liability", "rescue")
    return {
        "key": "i1",
        "insurer": "見本損害保険",
        "address": "見本都見本区1-1",
        "phone": "03-0000-3001",
        "phone_24h": True,
        "number": "A-1",
        "starts_at": dt.datetime.combine(outline["departs_on"], dt.time.min),
        "ends_at": dt.datetime.combine(outline["returns_on"] + dt.timedelta(days=2), dt.time.min),
        "covers_all": True,
        "benefits": [{"kind": kind, "limit": 50_000_000} for kind in kinds],
        "exclusions": "故意",
        "assistance": {"company": "見本アシスタンス", "phone": "03-0000-3002", "strong_in": codes},
    }


def readiness(students: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "orientation_on": dt.date(2027, 2, 20),
        "orientation_syllabus": "危険の予測、緊急のときの連絡",
        "orientation_attended": len(students),
        "parents_meeting_on": dt.date(2027, 1, 20),
        "tabireji_on": dt.date(2027, 2, 20),
        "tabireji_by": "引率教員",
        "mext_copy_on": TODAY,
    }
