"""How one value stands on paper: era dates, yen, telephones, and 未記入 where nothing was entered.

Not here: which values stand where (the sheets), the look of a class (templates/documents/packet.css).
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import unicodedata
from collections.abc import Callable
from typing import Any

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from portal.dossier.types import Part
from portal.kit.choices import LabelledEnum
from portal.kit.era import WEEKDAYS, both_dates, era_date
from portal.kit.phones import international


@dataclasses.dataclass(frozen=True)
class Shown:
    """One printed value: ``text`` as typed, ``look`` a CSS class or none, ``small`` a second line below it."""

    text: str
    look: str = ""
    small: str = ""

    @property
    def html(self) -> SafeString:
        """Escaped; a plain value is bare text, because a box for each of 3,000 roster cells costs a second."""
        first = format_html('<span class="{}">{}</span>', self.look, self.text) if self.look else escape(self.text)
        return format_html('{}<span class="small">{}</span>', first, self.small) if self.small else first


@dataclasses.dataclass(frozen=True)
class Fact:
    """A label and its value, one line of a sheet."""

    label: str
    shown: Shown


BLANK = Shown("未記入", "blank")
NONE = Shown("なし")
UNTOLD = Shown("記載なし")
"""Nobody asked and nobody answered: the paper does not say なし in the school's name."""


def show(value: Any) -> Shown:
    """Any value of the dossier by its type; None is 未記入."""
    match value:
        case None:
            return BLANK
        case bool():
            return Shown("はい" if value else "いいえ")
        case LabelledEnum():
            return Shown(value.label)
        case int():
            return Shown(f"{value:,}")
        case dt.datetime():
            return Shown(moment(value))
        case dt.date():
            return Shown(era_date(value))
        case dt.time():
            return Shown(clock(value))
        case _:
            return Shown(str(value))


def show_or_none(value: Any) -> Shown:
    """A value that another answer makes needless (no list to come where the families are listed): なし."""
    return NONE if value is None else show(value)


def show_or_untold(value: Any) -> Shown:
    """A value that need not exist and that nobody is asked to deny: an allergy, a call to the ministry."""
    return UNTOLD if value is None else show(value)


def show_phone(typed: str | None, country: str | None = None) -> Shown:
    """A telephone as typed, large; below it the form to dial from abroad where that differs.

    ``country`` is the ministry's code of where the telephone stands, None for Japan.
    """
    if typed is None:
        return BLANK
    abroad = international(typed, country)
    return Shown(typed, "tel", f"国際 {abroad}" if abroad and digits(abroad) != digits(typed) else "")


def digits(text: str) -> str:
    """The digits alone, to tell whether two ways of writing a number differ."""
    return "".join(char for char in text if char.isdecimal())


def show_yen(value: int | None) -> Shown:
    return BLANK if value is None else Shown(f"{value:,}円")


def show_people(value: int | None) -> Shown:
    return BLANK if value is None else Shown(f"{value:,}人")


def show_era_and_western(value: dt.date | None) -> Shown:
    """令和9年(2027年)3月5日(金), as a letter carries it."""
    return BLANK if value is None else Shown(both_dates(value))


def short_day(value: dt.date) -> str:
    """3月5日(金), where the year stands above."""
    return f"{value.month}月{value.day}日({WEEKDAYS[value.weekday()]})"


def clock(value: dt.time | dt.datetime) -> str:
    """09:10, with seconds only where someone typed them."""
    return f"{value:%H:%M:%S}" if value.second else f"{value:%H:%M}"


def moment(value: dt.datetime) -> str:
    """令和9年3月5日(金) 06:30."""
    return f"{era_date(value.date())} {clock(value)}"


def label(part: Part | type[Part], name: str) -> str:
    """The Japanese title of a property, the label of the whole product."""
    kind = part if isinstance(part, type) else type(part)
    return kind.model_fields[name].title or name


def fact(part: Part, name: str, shown: Callable[[Any], Shown] = show) -> Fact:
    """One line of a sheet: the property's own title and its value."""
    return Fact(label(part, name), shown(getattr(part, name)))


def facts(part: Part, *names: str) -> tuple[Fact, ...]:
    return tuple(fact(part, name) for name in names)


def columns(text: str) -> int:
    """Width of ``text`` in half-width columns, for deciding what fits on a line; marks and selectors have none."""
    standing = (char for char in text if unicodedata.category(char) not in ("Mn", "Me", "Cf"))
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in standing)
