"""参加者名簿 (別添三 七): totals by role and sex, ages of the pupils, and the list in the form the edition wants.

Not here: passport, class, room, nationality, consent: the ministry's paper does not carry them (held_back).
"""

from __future__ import annotations

import math
from typing import Any

from mofa_requests.documents import people
from mofa_requests.documents.blocks import Column, Grid, grid
from mofa_requests.documents.lines import line_pages
from mofa_requests.documents.values import BLANK, Shown, columns, show, show_people
from portal.dossier.types import Dossier, Letter, Participant, Sex
from portal.lawbook.edition import RosterForm, load_edition

# From this many people lines pay; WIDTHS are those of the columns below in half-width characters, 96 in all.
LARGE = 80
WIDTHS = (6, 12, 28, 32, 6, 6, 6)
HEADING_LINES, LEGEND_LINE = 2, 84
SEXES: tuple[Sex | None, ...] = (*Sex, None)


def roster_form(dossier: Dossier) -> RosterForm:
    """What of the roster goes to the ministry: as the edition wants, or less where the authority's letter says so."""
    return narrower_form(dossier.edition.value, dossier.request.letter)


def narrower_form(edition: str, letter: Letter) -> RosterForm:
    """The form of ``edition``, or the letter's where that sends less."""
    wanted = load_edition(edition).roster.form
    return max(wanted, letter.roster or wanted, key=list(RosterForm).index)


def roster_sheet(dossier: Dossier, *, in_lines: bool = False) -> dict[str, Any]:
    """The context of roster.html; ``in_lines`` sets the list of a large party as lines where every value fits."""
    form = roster_form(dossier)
    return {
        "mode": form.label,
        "kept_back": form is RosterForm.KEPT_BACK,
        "total": f"{len(dossier.participants):,}人",
        "roles": _role_grid(dossier),
        "ages": None if form is RosterForm.KEPT_BACK else _age_grid(dossier),
        "groups": _group_legend(dossier),
        **_people(dossier, named=form is RosterForm.NAMED, in_lines=in_lines),
    }


def _people(dossier: Dossier, *, named: bool, in_lines: bool) -> dict[str, Any]:
    """The list as a table, or for a large party as sheets of lines; neither where no name leaves."""
    table = _people_grid(dossier) if named else None
    large = table is not None and in_lines and len(table.rows) > LARGE
    pages = line_pages(table, widths=WIDTHS, taken=_above(dossier)) if table and large else None
    return {"people": None if pages else table, "pages": pages or ()}


def _above(dossier: Dossier) -> int:
    """Lines that the list's heading and the legend of groups take of its first sheet."""
    return HEADING_LINES + math.ceil(columns(_group_legend(dossier)) / LEGEND_LINE)


def _role_grid(dossier: Dossier) -> Grid:
    columns = (Column("区分", 30), *_sex_columns(), Column("計", 18, "centre"))
    tally = people.tally_by_role(dossier.participants)
    rows = [
        [Shown(role.label), *(_figure(counts[sex]) for sex in SEXES), _figure(counts.total())]
        for role, counts in tally.items()
    ]
    sums = [sum(counts[sex] for counts in tally.values()) for sex in SEXES]
    return grid(columns, [*rows, [Shown("合計", "strong"), *(_figure(figure) for figure in sums), _total(sum(sums))]])


def _age_grid(dossier: Dossier) -> Grid:
    columns = (Column("生徒の年齢(出発日)", 30), *_sex_columns(), Column("計", 18, "centre"))
    tally = people.tally_by_age(dossier.participants, on=dossier.outline.departs_on)
    rows = [
        [
            Shown("年齢未記入" if age == people.UNKNOWN_AGE else f"{age}歳"),
            *(_figure(counts[sex]) for sex in SEXES),
            _figure(counts.total()),
        ]
        for age, counts in tally.items()
    ]
    return grid(columns, rows)


def _sex_columns() -> list[Column]:
    titles = [sex.label if sex else "性別未記入" for sex in SEXES]
    return [Column(title, 52 // len(titles), "centre") for title in titles]


def _figure(value: int) -> Shown:
    return Shown(f"{value:,}" if value else "0")


def _total(value: int) -> Shown:
    return Shown(show_people(value).text, "strong")


def _group_numbers(dossier: Dossier) -> dict[str, str]:
    """Key of a group → its number in the plan, for the narrow column; a line above the list has the names."""
    return {group.key: str(number) for number, group in enumerate(dossier.groups, start=1)}


def _group_legend(dossier: Dossier) -> str:
    numbers = _group_numbers(dossier)
    return "、".join(f"{numbers[group.key]} = {group.name or '班名未記入'}" for group in dossier.groups)


def _people_grid(dossier: Dossier) -> Grid:
    columns = (
        Column("番号", 7, "centre"),
        Column("区分", 13),
        Column("氏名", 28),
        Column("かな", 31),
        Column("年齢", 7, "centre"),
        Column("性別", 7, "centre"),
        Column("班", 7, "centre"),
    )
    numbers = _group_numbers(dossier)
    rows = [
        _person_row(number, person, dossier=dossier, numbers=numbers)
        for number, person in enumerate(dossier.participants, start=1)
    ]
    return grid(columns, rows)


def _person_row(number: int, person: Participant, *, dossier: Dossier, numbers: dict[str, str]) -> list[Shown]:
    age = people.age_on(person.born_on, on=dossier.outline.departs_on)
    return [
        Shown(str(number)),
        Shown(person.role.label),
        show(person.name),
        show(person.kana),
        BLANK if age is None else Shown(str(age)),
        _sex(person.sex),
        Shown(numbers.get(person.group, person.group) if person.group else "―"),
    ]


def _sex(value: Sex | None) -> Shown:
    return Shown("他") if value is Sex.OTHER else show(value)
