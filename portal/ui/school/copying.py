"""What waits beside a copied plan: last year's people, numbers and dates, ticked one by one into the new plan.

Not here: starting from a former plan (home), what waits and why (trips.facts.copying).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from pydantic import TypeAdapter

from mofa_requests.actions.copying import confirm_carried
from mofa_requests.actions.plan import NotEditable
from portal.dossier.pointers import name_of, properties
from portal.dossier.types import Dossier, Part
from portal.kit import clock
from portal.ui.authority.values import shown as in_words
from portal.ui.labels import label_of, speaks_english, title_of
from portal.ui.messages import announce, refuse
from portal.ui.school.doors import STAFF, TripPage, trip_page
from portal.ui.school.standing import Standing, look_at
from trips.enums import SECTION_PROPERTIES, Section
from trips.facts.copying import Carried, waits
from trips.queries import carried_of


@dataclass(frozen=True)
class Line:
    """One waiting value: its field, last year's value and this year's proposal in words, and the field's own page."""

    path: str
    about: str
    title: str
    before: str
    value: str
    url: str

    @property
    def moved(self) -> bool:
        return self.before != self.value


@dataclass(frozen=True)
class Heap:
    """The waiting values of one section."""

    title: str
    lines: list[Line]


@trip_page(STAFF, purpose="前の計画から引き継ぐ値を確かめる")
def carried(request: HttpRequest, page: TripPage) -> HttpResponseBase:
    """Every waiting value with a box to tick; posting puts those ticked into the plan."""
    if request.method == "POST":
        return _confirm(request, page)
    standing = look_at(page)
    heaps = list(_heaps(standing))
    waiting = sum(len(heap.lines) for heap in heaps)
    context = page.context(
        "workspace", heaps=heaps, waiting=waiting, crumbs=page.crumbs(gettext("前の計画から引き継ぐ値"))
    )
    return render(request, "school/carried.html", context)


def _confirm(request: HttpRequest, page: TripPage) -> HttpResponseBase:
    ticked = request.POST.getlist("confirmed")
    try:
        many = confirm_carried(page.trip, ticked, by=page.actor, on=clock.today()) if ticked else 0
        if many:
            announce(request, gettext("%(n)d件を確かめ、計画に入れました。") % {"n": many})
        else:
            refuse(request, gettext("値が選ばれていません。一つずつ確かめ、チェックを入れてから押してください。"))
    except NotEditable:
        refuse(request, gettext("この計画はいま書き換えられません。"))
    return redirect(page.url("carried"))


def _heaps(standing: Standing) -> Iterator[Heap]:
    known = carried_of(standing.page.trip, standing.cipher)
    waiting = [one for one in known if waits(standing.dossier, one.path)]
    for section in Section:
        mine = [one for one in waiting if one.path.partition("/")[0] in SECTION_PROPERTIES[section]]
        if mine:
            yield Heap(label_of(section), [_line(standing, section, one) for one in mine])


def _line(standing: Standing, section: Section, one: Carried) -> Line:
    prop, *steps = one.path.split("/")
    part, about, number = _owner(standing.dossier, prop, steps[:-1])
    name = steps[-1]
    kind = TypeAdapter(type(part).model_fields[name].rebuild_annotation())
    before, value = (in_words(kind.validate_python(text), name) for text in (one.before, one.value))
    anchor = "-".join(["f", prop, *steps[:1], "_".join(steps[1:])]) if number else f"f-{prop}-{'_'.join(steps)}"
    return Line(
        path=one.path,
        about=about,
        title=title_of(type(part), name),
        before=before,
        value=value,
        url=f"{standing.section_url(section)}#{anchor}",
    )


def _owner(dossier: Dossier, prop: str, steps: list[str]) -> tuple[Part, str, int]:
    """The part that holds the value, what people call its row, and the row's number; 0 for a sheet."""
    value: Any = getattr(dossier, prop)
    number, about = 0, ""
    if isinstance(value, tuple):
        key, *steps = steps
        number, value = next((place, row) for place, row in enumerate(value, start=1) if row.key == key)
        list_title = properties(Dossier)[prop].english if speaks_english() else properties(Dossier)[prop].title
        named = name_of(value, "en" if speaks_english() else "ja", show_names=True)
        about = " ".join(_without_key(list_title, number, named, key))
    for step in steps:
        value = getattr(value, step)
    return value, about, number


def _without_key(title: str, number: int, named: str | None, key: str) -> Iterable[str]:
    return (title, str(number), named) if named and named != key else (title, str(number))
