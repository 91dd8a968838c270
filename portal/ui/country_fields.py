"""Choosing a country: Japan first, then in the order of a dictionary under its letters, found by name, kana or English.

Not here: the countries (portal.directory.countries); the search box over the list is static/js/choose.js.
"""

from __future__ import annotations

from functools import cache
from itertools import groupby
from typing import Any

from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.directory.countries import Country, country, in_english_order, in_kana_order, shelf_of
from portal.ui.fields import SELECTED, ChoiceField, KeysField, Select
from portal.ui.labels import speaks_english

NOT_CHOSEN = ("", _("選んでください"))


class CountrySelect(Select):
    """The list under its letters; each option carries the words by which people look for it."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = set(map(str, self.format_value(value)))
        marked = ((key, label, SELECTED if str(key) in chosen else "") for key, label in self.choices)
        shelves = ((shelf, _options(found)) for shelf, found in groupby(marked, key=_shelf))
        listed = format_html_join("", "{}", ((_group(shelf, options),) for shelf, options in shelves))
        own = self.build_attrs(self.attrs, {"name": name, "data-search": gettext("国・地域を探す"), **(attrs or {})})
        return format_html("<select{}>{}</select>", flatatt(own), listed)


class CountryField(ChoiceField):
    """One country, by the ministry's code."""

    widget = CountrySelect

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"choices": lambda: [NOT_CHOSEN, *named()], **kwargs})


class CountriesField(KeysField):
    """Any number of countries, chosen by name."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"choices": named, "widget": CountriesSelect({"size": 6, "multiple": True}), **kwargs})


class CountriesSelect(CountrySelect):
    """The same list, any number of it."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return data.getlist(name) if hasattr(data, "getlist") else data.get(name)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False


def named() -> list[tuple[str, str]]:
    """Code and name of every country, in the language and order of the page."""
    return list(_named(speaks_english()))


@cache
def _named(english: bool) -> tuple[tuple[str, str], ...]:
    rows = in_english_order() if english else in_kana_order()
    return tuple((row.code, row.en if english else row.ja) for row in rows)


def _shelf(option: tuple[Any, Any, str]) -> str:
    row = country(str(option[0]))
    return shelf_of(row, english=speaks_english()) if row.listed else ""


def _group(shelf: str, options: SafeString) -> SafeString:
    return format_html('<optgroup label="{}">{}</optgroup>', shelf, options) if shelf else options


def _options(found: Any) -> SafeString:
    marks = ((key, mark, _words(country(str(key))), label) for key, label, mark in found)
    return format_html_join("", '<option value="{}"{} data-words="{}">{}</option>', marks)


def _words(row: Country) -> str:
    """What else somebody may type to find it: the reading, the name in the other language, the ISO code."""
    return " ".join(filter(None, (row.kana, row.ja if speaks_english() else row.en, row.iso))) if row.listed else ""
