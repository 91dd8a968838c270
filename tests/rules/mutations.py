"""Single inconsistencies to plant in a complete plan, each with the words of its two sides.

``mutants(name)`` gives every one that can be planted in a specimen: what it is, what it changes, and the words that
the explanation has to hold. Not here: judging them (test_mutation).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from portal.directory.countries import country
from portal.lawbook.words import day_words
from tests.rules.casework import place
from tests.rules.demos import complete, document_of

Document = dict[str, Any]
DAY = dt.timedelta(days=1)
GHOST = "zz9"
FAR_PHONE, FAR_CODE = "+49 000 700 001", "+49"
PEOPLE_TRIED = 25


@dataclass(frozen=True)
class Mutant:
    """One planted inconsistency; ``sides`` are the words of both sides, each a choice of several.

    Only the change is kept: thousands of whole documents would fill the memory.
    """

    name: str
    what: str
    changes: dict[str, Any]
    sides: tuple[tuple[str, ...], ...]

    def document(self) -> Document:
        """The specimen with the inconsistency in it."""
        changed = document_of(self.name)
        for pointer, value in self.changes.items():
            parent, last = place(changed, pointer)
            if value is REMOVED:
                del parent[last]
            else:
                parent[last] = value
        return changed


def mutants(name: str) -> Iterator[Mutant]:
    """Every inconsistency that can be planted in the specimen ``name``."""
    document = document_of(name)
    for family in FAMILIES:
        for what, changes, sides in family(document):
            choices = tuple(side if isinstance(side, tuple) else (side,) for side in sides)
            yield Mutant(name, f"{name}: {what}", changes, choices)


REMOVED = object()
Planted = Iterator[tuple[str, dict[str, Any], tuple[Any, ...]]]


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text[:10])


def shifted(text: str, **by: int) -> str:
    """A date or local time moved by ``timedelta(**by)``."""
    if len(text) == len("2027-03-10"):
        return (dt.date.fromisoformat(text) + dt.timedelta(**by)).isoformat()
    return (dt.datetime.fromisoformat(text) + dt.timedelta(**by)).isoformat()


def in_words(text: str) -> str:
    return day_words(day(text))


# --- nights ---------------------------------------------------------------------------------------------------


def nights(document: Document) -> Planted:
    stays = document["stays"]
    for number, stay in enumerate(stays):
        if stay["kind"] in ("hotel", "homestay"):
            at = f"/stays/{number}"
            last = in_words(shifted(stay["checks_out"], days=-1))
            yield (
                f"{at} a night short",
                {f"{at}/checks_out": shifted(stay["checks_out"], days=-1)},
                (
                    (last, in_words(stay["checks_in"])),
                    ("前の夜", "次の夜", "後になっていません", "泊まる所がありません"),
                ),
            )
            yield (
                f"{at} a night late",
                {f"{at}/checks_in": shifted(stay["checks_in"], days=1)},
                (
                    (in_words(stay["checks_in"]), in_words(stay["checks_out"])),
                    ("前の夜", "次の夜", "後になっていません", "泊まる所がありません"),
                ),
            )
            yield (
                f"{at} a night long",
                {f"{at}/checks_out": shifted(stay["checks_out"], days=1)},
                (
                    stay["name"],
                    ("重なって", "旅行の日付"),
                ),
            )
            yield (
                f"{at} removed",
                {at: REMOVED},
                (
                    (in_words(stay["checks_in"]), "宿泊"),
                    ("泊まる所がありません", "未入力"),
                ),
            )
            yield (
                f"{at} a year off",
                {
                    f"{at}/checks_in": shifted(stay["checks_in"], days=365),
                    f"{at}/checks_out": shifted(stay["checks_out"], days=365),
                },
                (stay["name"], "旅行の日付"),
            )


# --- legs -----------------------------------------------------------------------------------------------------


def legs(document: Document) -> Planted:
    for number, leg in enumerate(document["legs"]):
        at, itself = f"/legs/{number}", f"「{leg['number']}」"
        for days in (-1, 1):
            moved = {f"{at}/arrives_at": shifted(leg["arrives_at"], days=days)}
            against = ("時間", "前に着く", "前に、", "重なって", "旅行の日付")
            yield f"{at} arrives {days:+} day", moved, (itself, against)
        later = {f"{at}/{end}": shifted(leg[end], days=7) for end in ("departs_at", "arrives_at")}
        yield f"{at} a week late", later, (itself, ("旅行の日付", "帰国日", "出発日", "前に、"))
        yield f"{at} people", {f"{at}/people": leg["people"] + 1}, (f"{leg['people'] + 1}人", f"{leg['people']}人")
        if leg["mode"] == "flight":
            yield from flights(at, leg)


def flights(at: str, leg: dict[str, Any]) -> Planted:
    for end, zone in (("origin", "departs_zone"), ("destination", "arrives_zone")):
        other, name = ("SYD", "オーストラリア") if leg[end] != "SYD" else ("LHR", "英国")
        against = ("訪問先", "から出ます", "着きます", "時刻帯", "km")
        yield f"{at} {end} {other}", {f"{at}/{end}": other}, ((other, name), against)
        yield f"{at} {zone}", {f"{at}/{zone}": "America/Anchorage"}, (leg[end], "America/Anchorage")
    slow = {f"{at}/arrives_at": shifted(leg["arrives_at"], hours=9)}
    yield f"{at} nine hours more", slow, (leg["origin"], leg["destination"])


def moment(text: str) -> str:
    at = dt.datetime.fromisoformat(text)
    return f"{at.month}月{at.day}日({'月火水木金土日'[at.weekday()]}){at.hour}:{at.minute:02}"


# --- activities -----------------------------------------------------------------------------------------------


def activities(document: Document) -> Planted:
    first, last = document["outline"]["departs_on"], document["outline"]["returns_on"]
    for number, activity in enumerate(document["activities"]):
        at = f"/activities/{number}"
        if activity["on"] not in (first, last):
            yield f"{at} in Rome", {f"{at}/city": "ローマ"}, ("ローマ", "その日にいるのは")
        yield (
            f"{at} after the trip",
            {f"{at}/on": shifted(last, days=3)},
            (in_words(shifted(last, days=3)), in_words(last)),
        )


# --- telephones and places ------------------------------------------------------------------------------------


def telephones(document: Document) -> Planted:
    for listed, where in (("stays", "country"), ("missions", "country"), ("agents", "country")):
        for number, entry in enumerate(document[listed]):
            if entry.get("phone") and entry.get(where) and entry.get("kind", "hotel") == "hotel":
                yield (
                    f"/{listed}/{number}/phone",
                    {f"/{listed}/{number}/phone": FAR_PHONE},
                    (
                        FAR_CODE,
                        country(entry[where]).ja,
                    ),
                )
    for number, host in enumerate(document["hosts"]):
        yield f"/hosts/{number}/phone", {f"/hosts/{number}/phone": FAR_PHONE}, (FAR_CODE, host["family"])


def places(document: Document) -> Planted:
    for number, stay in enumerate(document["stays"]):
        if stay["kind"] in ("hotel", "homestay"):
            at = f"/stays/{number}"
            yield f"{at} city", {f"{at}/city": "ローマ"}, ("ローマ", (stay["name"], "訪問先"))
            yield f"{at} country", {f"{at}/country": "0039"}, ("イタリア", country(stay["country"]).ja)
        yield (
            f"/stays/{number} people",
            {f"/stays/{number}/people": stay["people"] - 1},
            (
                f"{stay['people'] - 1}人",
                f"{stay['people']}人",
            ),
        )
    for number, there in enumerate(document["destinations"]):
        at = f"/destinations/{number}"
        yield f"{at} zone", {f"{at}/zone": "America/Lima"}, ("America/Lima", country(there["country"]).ja)
        yield f"{at} city", {f"{at}/city": "ローマ"}, ("ローマ", ("訪問先", "泊まる日も行程も便もありません"))
        yield (
            f"{at} country",
            {f"{at}/country": "0039"},
            ("イタリア", (there["zone"], country(there["country"]).ja, "公館")),
        )


def missions(document: Document) -> Planted:
    slept_in = {stay["city"]: stay["name"] for stay in document["stays"] if stay["city"]}
    for number, mission in enumerate(document["missions"]):
        at = f"/missions/{number}"
        yield f"{at} country", {f"{at}/country": "0039"}, ("イタリア", country(mission["country"]).ja)
        for city in mission["cities"]:
            if city in slept_in:
                rest = [other for other in mission["cities"] if other != city] or ["ローマ"]
                yield f"{at} without {city}", {f"{at}/cities": rest}, (city, mission["name"])


# --- people ---------------------------------------------------------------------------------------------------


def people(document: Document) -> Planted:
    total = document["outline"]["party"]["total"]
    chosen = {document["leader"]["participant"], document["conductor"]["participant"]}
    for number, person in list(enumerate(document["participants"]))[:: max(1, total // PEOPLE_TRIED)]:
        at = f"/participants/{number}"
        named = person["name"]
        if person["key"] not in chosen:
            yield f"{at} removed", {at: REMOVED}, (f"{total}人", f"{total - 1}人")
        yield f"{at} sex", {f"{at}/sex": "male" if person["sex"] == "female" else "female"}, ("男", "参加者名簿")
        yield f"{at} born", {f"{at}/born_on": "2022-05-05"}, (named, ("生徒", "引率", "添乗員", "看護"))
        yield (
            f"{at} passport",
            {f"{at}/passport_expires_on": shifted(document["outline"]["returns_on"], days=-1)},
            (
                named,
                in_words(document["outline"]["returns_on"]),
            ),
        )
        if person["role"] == "student":
            yield f"{at} role", {f"{at}/role": "escort"}, ("生徒数", "参加者名簿")
            yield (
                f"{at} consent",
                {f"{at}/consented_on": shifted(document["outline"]["returns_on"], days=3)},
                (
                    named,
                    in_words(document["outline"]["departs_on"]),
                ),
            )
        if number and person["role"] == document["participants"][0]["role"]:
            same = document["participants"][0]
            copied = {f"{at}/name": same["name"], f"{at}/born_on": same["born_on"]}
            yield f"{at} twice", copied, (f"参加者1「{same['name']}」", f"参加者{number + 1}「{same['name']}」")


def figures(document: Document) -> Planted:
    party = document["outline"]["party"]
    for field, figure in party.items():
        for by in (-1, 1):
            if figure + by >= 0:
                yield (
                    f"party {field} {by:+}",
                    {f"/outline/party/{field}": figure + by},
                    (f"{figure + by}人", (f"{figure}人", "合いません")),
                )
    for field in ("enrolled", "non_participants"):
        figure = document["outline"][field]
        yield f"outline {field}", {f"/outline/{field}": figure + 1}, (f"{figure + 1}人", f"{party['students']}人")


def roles(document: Document) -> Planted:
    yield "leader", {"/leader/participant": GHOST}, (GHOST, "参加者名簿")
    if document["conductor"]["participant"]:
        yield "conductor", {"/conductor/participant": GHOST}, (GHOST, "参加者名簿")
    for number in range(len(document["groups"])):
        yield f"group leader {number}", {f"/groups/{number}/leader": GHOST}, (GHOST, "参加者名簿")
    for number, contact in enumerate(document["home_contacts"]):
        for traveller in document["participants"][:: max(1, len(document["participants"]) // 10)]:
            at = f"/home_contacts/{number}"
            bare = traveller["name"].replace("　", "").replace(" ", "")
            yield f"{at} is {traveller['key']}", {f"{at}/name": bare}, (bare, traveller["name"])
        yield (
            f"/home_contacts/{number} phone",
            {f"/home_contacts/{number}/night_phone": document["leader"]["mobile"]},
            (
                (contact["name"],),
                "旅行団責任者の携帯電話",
            ),
        )


def homestays(document: Document) -> Planted:
    hosts = document["hosts"]
    for number in range(1, len(hosts)):
        at = f"/hosts/{number}/guests"
        guests = hosts[number]["guests"]
        yield f"{at} twice", {at: [*guests, *hosts[0]["guests"][:1]]}, (hosts[0]["family"], hosts[number]["family"])
        yield f"{at} ghost", {at: [*guests, GHOST]}, (GHOST, "参加者名簿")


# --- dates and papers -----------------------------------------------------------------------------------------


def dates(document: Document) -> Planted:
    outline = document["outline"]
    for field in ("departs_on", "returns_on"):
        for by in (-1, 1):
            moved = shifted(outline[field], days=by)
            yield f"outline {field} {by:+}", {f"/outline/{field}": moved}, (in_words(moved), in_words(outline[field]))
    for field in ("assembles_at", "dismissed_at"):
        for by in (-2, 2):
            moved = shifted(outline[field], days=by)
            yield f"outline {field} {by:+}", {f"/outline/{field}": moved}, (moment(moved), ("便「", "移動("))
    after = shifted(outline["returns_on"], days=9)
    for pointer in ("/readiness/orientation_on", "/readiness/parents_meeting_on", "/readiness/tabireji_on",
                    "/handover/itinerary_on", "/handover/blood_list_on", "/outline/previsit_on",
                    "/emergency/told_all_on", "/readiness/mext_copy_on"):  # fmt: skip
        yield f"{pointer} after the trip", {pointer: after}, (in_words(after), in_words(outline["departs_on"]))
    for listed, field in (
        ("destinations", "level_checked_on"),
        ("missions", "verified_on"),
        ("confirmations", "confirmed_on"),
    ):
        for number in range(len(document[listed])):
            pointer = f"/{listed}/{number}/{field}"
            yield f"{pointer} after the trip", {pointer: after}, (in_words(after), in_words(outline["departs_on"]))
    for number, group in enumerate(document["groups"]):
        for field, by in (("departs_on", -1), ("departs_on", 1), ("returns_on", 1), ("returns_on", -1)):
            moved = shifted(group[field], days=by)
            yield (
                f"/groups/{number}/{field} {by:+}",
                {f"/groups/{number}/{field}": moved},
                (
                    in_words(moved),
                    in_words(group[field]),
                ),
            )
        yield f"/groups/{number} renamed", {f"/groups/{number}/key": GHOST}, ((group["key"],), "班の一覧")


def cover(document: Document) -> Planted:
    outline = document["outline"]
    for number, policy in enumerate(document["policies"]):
        at = f"/policies/{number}"
        starts = shifted(outline["assembles_at"], hours=3)
        ends = shifted(outline["dismissed_at"], hours=-3)
        yield f"{at} starts", {f"{at}/starts_at": starts}, (policy["insurer"], moment(outline["assembles_at"]))
        yield f"{at} ends", {f"{at}/ends_at": ends}, (policy["insurer"], moment(outline["dismissed_at"]))
        if policy["covers_all"]:
            yield f"{at} nobody", {f"{at}/covers_all": False}, (("人います",), "被保険者")
        for index, key in enumerate(policy["insured"][:5]):
            rest = [other for other in policy["insured"] if other != key]
            yield f"{at} without {key}", {f"{at}/insured": rest}, ("被保険者", "書面")
            yield f"{at} ghost {index}", {f"{at}/insured/{index}": GHOST}, (GHOST, "参加者名簿")
        for code in {there["country"] for there in document["destinations"]}:
            strong = [other for other in policy["assistance"]["strong_in"] if other != code] or ["0039"]
            if code in policy["assistance"]["strong_in"]:
                yield (
                    f"{at} weak in {code}",
                    {f"{at}/assistance/strong_in": strong},
                    (
                        policy["assistance"]["company"],
                        country(code).ja,
                    ),
                )
    for number in range(len(document["opt_outs"])):
        yield f"/opt_outs/{number}", {f"/opt_outs/{number}/participant": GHOST}, (GHOST, "参加者名簿")


FAMILIES: tuple[Callable[[Document], Planted], ...] = (
    nights, legs, activities, telephones, places, missions, people, figures, roles, homestays, dates, cover,
)  # fmt: skip


def every_mutant() -> Iterator[Mutant]:
    """All of them, over all specimens."""
    for name in complete():
        yield from mutants(name)
