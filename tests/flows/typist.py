"""Hands at the keyboard: the value of a dossier part typed into the fields that carry its titles.

Fields are found as a reader finds them, by label; a label of the screen that differs from the dossier's title fails.
Not here: what is typed (small_trip), which pages are visited in which order (teacher).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping

from playwright.sync_api import Locator, Page, expect

from portal.directory.countries import country
from portal.dossier.pointers import Property, properties
from portal.dossier.types import Benefit, Dossier, Part, Policy
from portal.kit.choices import LabelledEnum

BY_HEART = {"born_on", "passport_expires_on"}
_COUNTRIES = {"country", "nationality", "strong_in"}


class Typist:
    """Types parts of ``dossier`` on the page that is open."""

    def __init__(self, page: Page, dossier: Dossier) -> None:
        self.page = page
        self.names = _names(dossier)

    def fill_block(self, title: str, part: Part, *, only: Iterable[str] = ()) -> None:
        """Type one part into the block of this title; ``only`` names the properties, or all that are set."""
        self.fill(self.block(title), part, only=only)

    def add_rows(self, title: str, add: str, parts: Iterable[Part], *, without: Iterable[str] = ()) -> None:
        """Press ``add`` for each part and type it into the row that appeared."""
        for part in parts:
            self.fill(self.add_row(title, add), part, only=set(properties(type(part))) - set(without))

    def add_row(self, title: str, add: str) -> Locator:
        """One more empty row of a list, as the row that appears."""
        block = self.block(title)
        rows = self.rows(title)
        before = rows.count()
        block.get_by_role("button", name=add, exact=True).click()
        expect(rows).to_have_count(before + 1)
        return rows.nth(before)

    def block(self, title: str) -> Locator:
        return self.page.get_by_role("region", name=title, exact=True)

    def rows(self, title: str) -> Locator:
        """The rows of a list: each has a heading of its own."""
        heading = self.page.get_by_role("heading", level=3)
        return self.block(title).get_by_role("listitem").filter(has=heading)

    def fill(self, area: Locator, part: Part, *, only: Iterable[str] = (), nested: bool = False) -> None:
        """Type every set property of ``part``; parts inside it stand in the same area, after its own fields."""
        wanted = set(only) or set(properties(type(part)))
        for name, prop in properties(type(part)).items():
            value = getattr(part, name)
            if name not in wanted or name == "key" or value in (None, ()) or _is_unticked(part, name):
                continue
            if isinstance(value, Part):
                self.fill(area, value, nested=True)
            elif prop.part is Benefit:
                _type_cover(area, part)
            else:
                self._type(area, prop, value, last=nested)

    def _type(self, area: Locator, prop: Property, value: object, *, last: bool) -> None:
        titled = re.compile(rf"^{re.escape(prop.title)}(\s|$)")  # marks such as 提出に必須 may follow the title
        group = area.get_by_role("group", name=titled)
        if group.count():
            self._choose(group.last if last else group.first, prop, value)
            return
        found = area.get_by_label(titled)
        self._enter(found.last if last else found.first, prop, value)

    def _choose(self, group: Locator, prop: Property, value: object) -> None:
        """Radio buttons and check boxes of one question."""
        if isinstance(value, bool):
            group.get_by_label("はい" if value else "いいえ", exact=True).check()
        elif isinstance(value, tuple):
            for key in value:
                group.get_by_label(self._said(prop, key), exact=True).check()
        else:
            group.get_by_label(self._said(prop, value), exact=True).check()

    def _enter(self, control: Locator, prop: Property, value: object) -> None:
        kind = control.evaluate("element => element.type")
        if kind == "checkbox":
            control.set_checked(bool(value))
        elif kind.startswith("select"):
            chosen = value if isinstance(value, tuple) else (value,)
            control.select_option(label=[self._said(prop, each) for each in chosen])
        else:
            control.fill(_written(prop, value))

    def _said(self, prop: Property, value: object) -> str:
        """A choice as the screen words it."""
        if isinstance(value, LabelledEnum):
            return value.label
        if prop.name in _COUNTRIES:
            return country(str(value)).ja
        return self.names.get(str(value), str(value))


def era(day: dt.date) -> str:
    """A birthday as people say it: ``平成21年5月3日``."""
    name, first = ("令和", 2018) if day >= dt.date(2019, 5, 1) else ("平成", 1988)
    return f"{name}{day.year - first}年{day.month}月{day.day}日" if day.year > 1989 else f"{day:%Y/%m/%d}"


def _is_unticked(part: Part, name: str) -> bool:
    """A box that stays empty; a question with yes and no is answered either way."""
    return getattr(part, name) is False and type(part).model_fields[name].default is False


def _names(dossier: Dossier) -> Mapping[str, str]:
    """Key of a person or group → the name by which a choice offers it."""
    return {each.key: each.name or each.key for each in (*dossier.participants, *dossier.groups)}


def _written(prop: Property, value: object) -> str:
    match value:
        case dt.datetime():
            return f"{value:%Y-%m-%dT%H:%M}"
        case dt.date():
            return era(value) if prop.name in BY_HEART else value.isoformat()
        case dt.time():
            return f"{value:%H:%M}"
        case int():
            return f"{value:,}"
        case tuple():
            return "\n".join(map(str, value))
        case _:
            return str(value)


def _type_cover(area: Locator, part: Part) -> None:
    """The limits of a policy, one line of the cover table each."""
    assert isinstance(part, Policy)
    for benefit in part.benefits:
        limit = f"{benefit.kind.label} 支払限度額(円)"
        area.get_by_label(limit, exact=True).fill(f"{benefit.limit:,}")
