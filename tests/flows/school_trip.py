"""The school's big trip: 161 pupils and two adults to Taipei, and the itinerary as the travel agent sends it.

Here: the value and the agent's file. Not here: the trip's other parts (small_trip), who does what with them (school).
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from itertools import count, islice
from typing import Any

import xlsxwriter

from portal.demo.people import NamePart, name_pool
from portal.dossier.types import Activity, Dossier, Leg, Participant, PartyFigures, Sex, Stay
from portal.kit.era import WEEKDAYS
from tests.flows.small_trip import AHEAD, adults, small_trip

PUPILS = 161
HEADINGS = (
    "日次",
    "月日(曜)",
    "時刻",
    "便名・交通機関",
    "区間",
    "都市名",
    "内容",
    "食事",
    "宿泊先",
    "住所",
    "電話番号",
)
Line = tuple[str, ...]
_JAPAN = "0081"
_DAY = dt.timedelta(days=1)
_AIRPORTS = {"KIX": "関西国際空港", "TPE": "台北桃園(TPE)"}
_WIDE = "髙"


def school_trip(*, on: dt.date) -> Dossier:
    """The plan once everything is written; carriage, visits and lodging say what the agent's file says of them."""
    trip = small_trip(on=on)
    people = tuple(islice(_pupils(on), PUPILS)) + adults()
    outline = trip.outline.model_copy(
        update={"enrolled": PUPILS + 1, "party": _figures(people), "title": "国際文化科 台北研修旅行 161人"}
    )
    return trip.model_copy(
        update={
            "outline": outline,
            "participants": people,
            "legs": tuple(leg.model_copy(update={"groups": (), "people": None}) for leg in trip.legs),
            "stays": tuple(stay.model_copy(update={"people": None, "local_name": None}) for stay in trip.stays),
            "readiness": trip.readiness.model_copy(update={"orientation_attended": PUPILS}),
        }
    )


def _pupils(on: dt.date) -> Iterator[Participant]:
    """Pupils of the second year in four classes; the coding of old Excel files can hold their names, 髙 among them."""
    pool = name_pool()
    surnames = [part for part in pool.surnames if _is_telling(part) and _fits_old_files(part.written)]
    surnames.sort(key=lambda part: _WIDE not in part.written)
    girls, boys = ([part for part in parts if _is_telling(part)] for parts in (pool.girls, pool.boys))
    departs = on + AHEAD
    first = dt.date(departs.year - (departs.month < 4) - 17, 4, 2)
    for number in count(1):
        sex = (Sex.FEMALE, Sex.MALE)[number % 2]
        among = girls if sex is Sex.FEMALE else boys
        given, surname = among[(number * 7 + number // 50) % len(among)], surnames[(number - 1) % len(surnames)]
        yield Participant(
            key=f"s{number}",
            name=f"{surname.written}　{given.written}",
            kana=f"{surname.kana}　{given.kana}",
            passport_surname=surname.romaji,
            passport_given=given.romaji,
            born_on=first + number * 13 % 360 * _DAY,
            sex=sex,
            grade="2",
            class_name=str((number - 1) // 41 + 1),
            number=str((number - 1) % 41 + 1),
            nationality=_JAPAN,
            passport_expires_on=dt.date(on.year + 4, 6, number % 28 + 1),
            group="g1",
            consented_on=on - 20 * _DAY,
        )


def _is_telling(part: NamePart) -> bool:
    """Long enough in letters not to stand in another word by chance when papers are searched for it."""
    return len(part.romaji) >= 5


def _fits_old_files(name: str) -> bool:
    try:
        return bool(name.encode("cp932"))
    except UnicodeEncodeError:
        return False


def _figures(people: tuple[Participant, ...]) -> PartyFigures:
    female = sum(person.sex is Sex.FEMALE for person in people)
    return PartyFigures(
        students=PUPILS, escorts=1, others=1, male=len(people) - female, female=female, total=len(people)
    )


# --- the agent's file -------------------------------------------------------------------------------------------


def itinerary_lines(trip: Dossier) -> list[tuple[dt.date, Line]]:
    """What the agent writes below its headings, each line with its day."""
    lines = [line for part in (*trip.legs, *trip.activities) for line in _lines(part, trip.stays[0])]
    lines.sort(key=lambda line: (line[0], line[1][2]))
    return [
        (day, (*line[:1], f"{day.month}月{day.day}日({WEEKDAYS[day.weekday()]})", *line[2:])) for day, line in lines
    ]


def _lines(part: Leg | Activity, stay: Stay) -> Iterator[tuple[dt.date, Line]]:
    """A flight home in two lines, as departure and arrival; everything else in one. The last visit has no night."""
    if isinstance(part, Activity):
        assert part.on
        night = (stay.name, stay.address, stay.phone) if part.on < (stay.checks_out or part.on) else ("", "", "")
        hours = f"{part.starts:%H:%M}〜{part.ends:%H:%M}"
        yield (
            part.on,
            ("", "", hours, "", "", part.city or "", part.title or "", "朝・夕", *(text or "" for text in night)),
        )
        return
    assert part.departs_at
    assert part.arrives_at
    begins, ends = (_AIRPORTS[str(code)] for code in (part.origin, part.destination))
    number = f"{part.carrier} {str(part.number)[:2]}-{str(part.number)[2:]}便"
    day, leaves, comes = part.departs_at.date(), f"{part.departs_at:%H:%M}", f"{part.arrives_at:%H:%M}"
    if part.origin == "KIX":
        yield day, ("", "", f"{leaves}-{comes}", number, f"{begins}→{ends}", "", "", "機内", "", "", "")
    else:
        yield day, ("", "", f"{leaves}発", number, f"{begins}発", "", "", "", "", "", "")
        yield day, ("", "", f"{comes}着", "", f"{ends}着", "", "", "", "", "", "")


def itinerary_file(trip: Dossier) -> bytes:
    """The agent's workbook: a cover, titles above the headings, days as merged cells, notes below."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.add_worksheet("ご案内").write_string(0, 0, "いつもお世話になっております。最終日程をお送りします。")
        sheet = book.add_worksheet("行程")
        sheet.write_string(0, 0, f"{trip.outline.title} 最終日程表")
        sheet.write_string(1, 8, "作成 見本旅行社(見本)")
        sheet.write_row(3, 0, HEADINGS)
        lines = itinerary_lines(trip)
        for row, (_, line) in enumerate(lines, start=4):
            sheet.write_row(row, 0, (*line[:1], "", *line[2:]))
        _merge_days(book, sheet, lines)
        sheet.write_string(4 + len(lines), 0, "※ 航空会社の都合により、時刻が変わることがあります。")
    return buffer.getvalue()


def _merge_days(book: Any, sheet: Any, lines: list[tuple[dt.date, Line]]) -> None:
    """The day stands once for all its lines, as agents like it."""
    middle = book.add_format({"valign": "vcenter", "text_wrap": True})
    days = [day for day, _ in lines]
    for number, day in enumerate(sorted(set(days)), start=1):
        rows = [4 + index for index, other in enumerate(days) if other == day]
        text = lines[rows[0] - 4][1][1]
        for column, words in ((0, str(number)), (1, text)):
            if len(rows) > 1:
                sheet.merge_range(rows[0], column, rows[-1], column, words, middle)
            else:
                sheet.write_string(rows[0], column, words, middle)
