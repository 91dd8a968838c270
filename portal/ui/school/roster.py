"""The roster: everybody in one table, counts in view, files out. Not here: single persons (persons), files in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from portal.dossier.types import Dossier, Participant, ParticipantRole, Sex
from portal.kit.names import fold, kana_sort_key
from portal.ui.files_out import attachment
from portal.ui.labels import label_of, speaks_english
from portal.ui.school.assigning import AssignForm, group_options
from portal.ui.school.doors import STAFF, TripPage, trip_page
from portal.ui.school.standing import Standing, look_at
from trips.enums import Section
from trips.facts.trip import TripFacts
from trips.queries import participant_ids, removed_of
from trips.roster.export import CP932, UTF8, roster_csv, roster_xlsx

FIRST = 180
"""Rows of a first visit, so that it stays light: a usual party whole; of a greater one the rest follows by itself."""
_FINDINGS = 6
_REMOVED = 20
_ORDER = "kana"
_ALL, _REST = "all", "rest"
_DIGITS_TAKE = (("grade", "年"), ("class_name", "組"), ("number", "番"))


@trip_page(STAFF, purpose="参加者名簿")
def roster(request: HttpRequest, page: TripPage) -> HttpResponseBase:
    """The whole roster; searching posts its words, so that no name stands in a URL."""
    standing = look_at(page)
    people = standing.dossier.participants
    words = request.POST.get("words", "") if request.method == "POST" else ""
    order = _ORDER if (request.POST.get("order") or request.GET.get("order")) == _ORDER else ""
    found = in_order(_matching(people, words), order)
    shown = _on_this_page(request, found)
    context = page.context(
        "workspace",
        rows=lines(standing.dossier, shown, ids=participant_ids(page.trip), base=page.url("roster")),
        later=len(found) - len(shown),
        words=words,
        order=order,
        say=row_words(),
        total=len(people),
        **columns_of(standing.dossier),
        assigning=AssignForm(groups=group_options(standing.dossier)),
    )
    if getattr(request, "htmx", False):
        return render(request, f"school/{'_roster_rest' if _REST in request.GET else '_roster_rows'}.html", context)
    return render(request, "school/roster.html", context | _around(page, standing) | counted(standing))


def _on_this_page(request: HttpRequest, found: list[Participant]) -> list[Participant]:
    """Who stands on this answer: the first ones of a first visit, those after them, or everybody."""
    by_htmx = bool(getattr(request, "htmx", False))
    if by_htmx and _REST in request.GET:
        return found[FIRST:]
    return found if by_htmx or request.method == "POST" or _ALL in request.GET else found[:FIRST]


def _around(page: TripPage, standing: Standing) -> dict[str, Any]:
    """What stands beside the table: figures, what the rules found, who was taken off."""
    found = standing.findings_of(Section.ROSTER)
    return {
        "removed": list(removed_of(page.trip)[:_REMOVED]),
        "findings": standing.shown(found[:_FINDINGS]),
        "more_findings": max(0, len(found) - _FINDINGS),
        "section_state": standing.state_of(Section.ROSTER).value,
        "crumbs": page.crumbs(gettext("参加者名簿")),
    }


def in_order(people: Sequence[Participant], order: str) -> list[Participant]:
    """As the roster stands, or by kana (``order`` = kana), those without a reading last."""
    if order != _ORDER:
        return list(people)
    return sorted(people, key=lambda person: kana_sort_key(person.kana or ""))


def counted(standing: Standing) -> dict[str, Any]:
    """The figures of the party as they are now."""
    people = standing.dossier.participants
    return {
        "counts": counts(people),
        "sexes": shown_sexes(people),
        "stated": standing.dossier.outline.party.total,
        "total": len(people),
    }


def columns_of(dossier: Dossier) -> dict[str, bool]:
    """Which columns the table has besides the usual ones."""
    return {"has_groups": bool(dossier.groups), "has_rooms": any(person.room for person in dossier.participants)}


def row_words() -> dict[str, str]:
    """The words that every row repeats, translated once."""
    return {
        "pick": gettext("選ぶ"),
        "recorded": gettext("登録済み"),
        "edit": gettext("直す"),
        "remove": gettext("外す"),
        "unguarded": gettext("未登録"),
        "twin": gettext("同じ氏名"),
    }


def line_of_person(dossier: Dossier, key: str, person_id: UUID, *, base: str) -> dict[str, object]:
    """One ready row, as the table prints it."""
    people = [person for person in dossier.participants if person.key == key]
    return lines(dossier, people, ids={key: person_id}, base=base)[0]


def _matching(people: Sequence[Participant], words: str) -> list[Participant]:
    wanted = fold(words)
    return [person for person in people if not wanted or wanted in fold(f"{person.name or ''}{person.kana or ''}")]


def lines(
    dossier: Dossier, people: Iterable[Participant], *, ids: Mapping[str, UUID], base: str
) -> list[dict[str, object]]:
    """Ready rows, so that the template of 400 of them only prints."""
    facts = TripFacts(dossier)
    roles = {role: label_of(role) for role in ParticipantRole}
    sexes: dict[Sex | None, str] = {sex: label_of(sex) for sex in Sex}
    twins = _same_names(dossier.participants)
    return [
        {
            "key": person.key,
            "url": f"{base}people/{ids[person.key]}/",
            "name": person.name or gettext("(氏名未入力)"),
            "kana": person.kana or "",
            "role": roles[person.role],
            "seat": seat_of(person),
            "sex": sexes.get(person.sex, ""),
            "age": _age(facts, person),
            "group": facts.group_names.get(person.group or "", person.group or ""),
            "room": person.room or "",
            "guardian": person.guardian_recorded,
            "unguarded": person.role is ParticipantRole.STUDENT and not person.guardian_recorded,
            "twin": person.key in twins,
        }
        for person in people
        if person.key in ids
    ]


def _same_names(people: Iterable[Participant]) -> set[str]:
    """Keys of everybody whose name stands on the roster more than once, old and new forms of a character alike."""
    keys: dict[str, list[str]] = {}
    for person in people:
        keys.setdefault(fold(person.name or person.key), []).append(person.key)
    return {key for same in keys.values() if len(same) > 1 for key in same}


def _age(facts: TripFacts, person: Participant) -> int | str:
    """Full years on the day of departure."""
    age = facts.age_of(person)
    return "" if age is None else age


def seat_of(person: Participant) -> str:
    """``2年1組3番``; in English ``2-1-3``; what is no bare number stands as typed."""
    parts = [(getattr(person, name) or "", unit) for name, unit in _DIGITS_TAKE]
    if speaks_english():
        return "-".join(text for text, _ in parts if text)
    return "".join(
        f"{text}{unit if text.isdecimal() or (text.isalpha() and text.isascii()) else ''}" for text, unit in parts
    )


@dataclass(frozen=True)
class CountLine:
    """How many people of one kind, by sex in the order of the shown columns, and together."""

    title: str
    numbers: tuple[int, ...]
    total: int
    part: bool = False
    by_sex: tuple[str, ...] = ()


def shown_sexes(people: Iterable[Participant]) -> list[tuple[Sex | None, str]]:
    """The columns of the count: male and female always, others where there is anybody."""
    present = {person.sex for person in people}
    columns: list[tuple[Sex | None, str]] = [
        (sex, label_of(sex)) for sex in Sex if sex is not Sex.OTHER or sex in present
    ]
    return [*columns, (None, gettext("未記入"))] if None in present else columns


def counts(people: Sequence[Participant]) -> list[CountLine]:
    """Role × sex, pupils by grade as well; the last line adds up."""
    columns = [sex for sex, _ in shown_sexes(people)]
    found = []
    for role in ParticipantRole:
        of_role = [person for person in people if person.role is role]
        if of_role:
            found.append(_count(label_of(role), of_role, columns))
        grades = sorted({person.grade for person in of_role if person.grade})
        if role is ParticipantRole.STUDENT and len(grades) > 1:
            for grade in grades:
                of_grade = [person for person in of_role if person.grade == grade]
                found.append(_count(_grade(grade), of_grade, columns, part=True))
    return [*found, _count(gettext("合計"), people, columns)]


def _grade(grade: str) -> str:
    return gettext("%(grade)s年") % {"grade": grade} if grade.isdecimal() else grade


def _count(
    title: str, people: Sequence[Participant], columns: Sequence[Sex | None], *, part: bool = False
) -> CountLine:
    numbers = tuple(sum(p.sex is sex for p in people) for sex in columns)
    words = tuple(f"{label_of(sex)}{many}" for sex, many in zip(columns, numbers, strict=True) if sex and many)
    return CountLine(title, numbers, len(people), part, words)


@trip_page(STAFF, purpose="名簿をファイルに書き出す", step_up=True)
@require_safe
def export_roster(request: HttpRequest, page: TripPage, kind: str) -> HttpResponseBase:
    """The roster as .xlsx or .csv; what cp932 cannot hold is named before anything is given out."""
    dossier = look_at(page).dossier
    groups = {group.key: group.name or group.key for group in dossier.groups}
    if kind == "xlsx":
        given = roster_xlsx(dossier.participants, title=page.trip.trip_no, groups=groups, english=speaks_english())
    else:
        encoding = CP932 if kind == "cp932" else UTF8
        given = roster_csv(dossier.participants, encoding=encoding, groups=groups, english=speaks_english())
    if given.losses and request.GET.get("anyway") != "1":
        crumbs = page.crumbs(gettext("書き出し"), (gettext("参加者名簿"), page.url("roster")))
        return render(
            request, "school/export_losses.html", page.context("workspace", losses=given.losses, crumbs=crumbs)
        )
    suffix = "xlsx" if kind == "xlsx" else "csv"
    return attachment(given.data, f"{page.trip.trip_no}-roster.{suffix}", media_type=given.media_type)
