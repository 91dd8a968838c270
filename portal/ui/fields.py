"""Form fields that accept what people really type: dates, times, moments, numbers, telephone numbers, lists.

Not here: which field a property of the dossier gets (part_fields).
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from portal.kit.text import refuse_control_characters
from portal.ui import typed

Value = TypeVar("Value")
SELECTED = SafeString(" selected")


class RadioChoices(forms.RadioSelect):
    """Radio buttons in our template; check boxes share it."""

    template_name = "ui/widgets/choices.html"


class Select(forms.Select):
    """A drop-down printed in one go: Django's own renders a template for each option, 230 of them for countries."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = set(self.format_value(value))
        marks = ((key, SELECTED if str(key) in chosen else "", label) for key, label in self.choices)
        options = format_html_join("", '<option value="{}"{}>{}</option>', marks)
        own = self.build_attrs(self.attrs, {"name": name, **(attrs or {})})
        return format_html("<select{}>{}</select>", flatatt(own), options)


class CheckboxChoices(forms.CheckboxSelectMultiple):
    template_name = RadioChoices.template_name


def _read(reader: Callable[[str], Value], value: Any) -> Value | None:
    """``value`` read, empty as ``None``; the reader's sentence becomes the field's error."""
    if value is None or not str(value).strip():
        return None
    try:
        return reader(str(value))
    except ValueError as refused:
        raise ValidationError(str(refused), code="unreadable") from refused


class PortalField(forms.Field):
    """Base: never required while a plan is being written; ``need`` marks what submission will ask for."""

    need = False
    cites: tuple[str, ...] = ()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, **kwargs})

    def shown(self, value: Any) -> Any:
        """``value`` as the page shows it and an untouched field posts it back."""
        return self.prepare_value(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether somebody wrote something else than what the page showed."""
        try:
            return self.to_python(self.shown(initial)) != self.to_python(data)
        except ValidationError:
            return True


class TextField(PortalField):
    """Text exactly as typed, without outer blanks; ``None`` when empty. ``limit`` counts characters."""

    def __init__(self, *, limit: int, long: bool = False, **kwargs: Any) -> None:
        attrs = {"maxlength": limit, **({"rows": 4} if long else {"data-w": "short"} if limit <= 80 else {})}
        kwargs.setdefault("widget", forms.Textarea(attrs) if long else forms.TextInput(attrs))
        super().__init__(**kwargs)
        self.limit = limit

    def to_python(self, value: Any) -> str | None:
        text = "" if value is None else str(value).replace("\r\n", "\n").strip()
        return text or None

    def validate(self, value: str | None) -> None:
        super().validate(value)
        if value is None:
            return
        if len(value) > self.limit:
            raise ValidationError(
                _("%(limit)d文字以内で書いてください(今は%(length)d文字です)"),
                params={"limit": self.limit, "length": len(value)},
            )
        try:
            refuse_control_characters(value)
        except ValueError as refused:
            raise ValidationError(typed.sentence_of(refused)) from refused


class PhoneField(TextField):
    """A telephone number as typed; the keyboard of a phone shows digits."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "tel", "autocomplete": "off", "maxlength": 60, "data-w": "phone"}
        kwargs.setdefault("widget", forms.TextInput(attrs))
        super().__init__(**{"limit": 60, **kwargs})


class DateField(PortalField):
    """A day; near ones get the calendar of the browser, those known by heart a text box that takes eras."""

    def __init__(self, *, by_heart: bool = False, **kwargs: Any) -> None:
        attrs = {"data-w": "date", **({"inputmode": "text"} if by_heart else {"type": "date"})}
        kwargs.setdefault("widget", forms.DateInput(attrs, format="%Y/%m/%d" if by_heart else "%Y-%m-%d"))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> dt.date | None:
        return value if isinstance(value, dt.date) else _read(typed.read_date, value)


class MomentInput(forms.DateTimeInput):
    """A box for a date and time; with ``after`` a time alone is of the day in that field of the same row."""

    def __init__(self, *, after: str = "") -> None:
        super().__init__({"data-w": "moment", "autocomplete": "off"}, format="%Y/%m/%d %H:%M")
        self.after = after

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        text = super().value_from_datadict(data, files, name)
        if not self.after or not text or not typed.is_hour_alone(text):
            return text
        stem = name.rpartition("-")[0]
        before = data.get(f"{stem}-{self.after}" if stem else self.after) or ""
        day = typed.day_of(before)
        return f"{day} {text}" if day else text


class MomentField(PortalField):
    """A local date and time without zone, typed as itineraries write it; ``after`` names the field it follows."""

    def __init__(self, *, after: str = "", **kwargs: Any) -> None:
        super().__init__(**{"widget": MomentInput(after=after), **kwargs})

    def shown(self, value: dt.datetime | None) -> str:
        return f"{value:%Y/%m/%d %H:%M}" if value else ""

    def to_python(self, value: Any) -> dt.datetime | None:
        return value if isinstance(value, dt.datetime) else _read(typed.read_moment, value)


class ClockField(PortalField):
    """A local time of day."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"widget": forms.TimeInput({"type": "time"}, format="%H:%M"), **kwargs})

    def shown(self, value: dt.time | None) -> str:
        return f"{value:%H:%M}" if value else ""

    def to_python(self, value: Any) -> dt.time | None:
        return value if isinstance(value, dt.time) else _read(typed.read_time, value)


class NumberField(PortalField):
    """A whole number between ``least`` and ``most``, shown with digit grouping, typed in any width."""

    def __init__(self, *, least: int = 0, most: int = 10**12, **kwargs: Any) -> None:
        widget = forms.TextInput({"inputmode": "numeric", "data-w": "number", "autocomplete": "off"})
        super().__init__(**{"widget": widget, **kwargs})
        self.least, self.most = least, most

    def prepare_value(self, value: Any) -> Any:
        return f"{value:,}" if isinstance(value, int) else value

    def to_python(self, value: Any) -> int | None:
        return value if isinstance(value, int) else _read(typed.read_number, value)

    def validate(self, value: int | None) -> None:
        super().validate(value)
        if value is not None and not self.least <= value <= self.most:
            raise ValidationError(
                _("%(least)s から %(most)s までの数で書いてください"),
                params={"least": f"{self.least:,}", "most": f"{self.most:,}"},
            )


_OTHER_MONEY = re.compile(r"[$€£₩฿₫₱]|[A-Za-z]{2,}|ドル|ユーロ|ウォン|ポンド|バーツ|ドン|元|ペソ|リンギット")


class YenField(NumberField):
    """An amount of yen; another currency is named, not guessed at."""

    foreign = _("円で書いてください。外貨の領収書は、払った日の換算額を円で書きます")

    def to_python(self, value: Any) -> int | None:
        plain = unicodedata.normalize("NFKC", str(value or "")).replace("JPY", "").replace("円", "").replace("¥", "")
        if _OTHER_MONEY.search(plain):
            raise ValidationError(self.foreign)
        if plain.strip().startswith("-"):
            raise ValidationError(_("負の金額は使えません。0円以上で書いてください"))
        return super().to_python(plain if isinstance(value, str) else value)


class LimitField(YenField):
    """A limit or deductible of a policy."""

    foreign = _("円で書いてください。外貨建ての限度額は、円に直した額と換算した日を確かめて書きます")


def _options(field: Any) -> list[tuple[Any, Any]]:
    return list(field.choices)


class ChoiceField(PortalField, forms.TypedChoiceField):
    """One of a vocabulary; ``None`` when nothing is chosen."""

    widget = Select

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"empty_value": None, "required": False, **kwargs})

    def admit(self, value: Any) -> None:
        """Keep a stored value choosable that is none of the options, so that saving does not lose it."""
        if value not in self.empty_values and not self.valid_value(self.prepare_value(value)):
            self.choices = [*_options(self), (str(value), str(value))]


class YesNoField(ChoiceField):
    """Yes, no, or not yet said."""

    def __init__(self, **kwargs: Any) -> None:
        answers = [("yes", _("はい")), ("no", _("いいえ")), ("", _("未定"))]
        super().__init__(**{"choices": answers, "coerce": "yes".__eq__, "widget": RadioChoices, **kwargs})

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no", None: ""}.get(value, value)


class KeysField(PortalField, forms.MultipleChoiceField):
    """Any number of given things, as a tuple of their keys in the order of the choices."""

    widget = CheckboxChoices

    def admit(self, value: Any) -> None:
        """Keep stored keys choosable that are none of the options."""
        strange = [str(key) for key in value or () if not self.valid_value(str(key))]
        self.choices = [*_options(self), *((key, key) for key in strange)]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return set(map(str, initial or ())) != set(map(str, data or ()))

    def clean(self, value: Any) -> tuple[str, ...]:
        return tuple(super().clean(value))


class LinesField(PortalField):
    """A short list typed one a line or with commas, as a tuple."""

    def __init__(self, *, limit: int = 80, **kwargs: Any) -> None:
        super().__init__(**{"widget": forms.Textarea({"rows": 3}), **kwargs})
        self.each = TextField(limit=limit)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, tuple | list) else value

    def to_python(self, value: Any) -> tuple[str, ...]:
        pieces = str(value or "").replace("、", "\n").replace(",", "\n").replace("\r", "").split("\n")
        return tuple(self.each.clean(piece) for piece in pieces if piece.strip())
