"""Which form field a property of a dossier part gets, read off its type. Not here: the forms (part_forms)."""

from __future__ import annotations

import datetime as dt
import types
import zoneinfo
from collections.abc import Callable, Iterable
from functools import cache, partial
from typing import Annotated, Any, Union, get_args, get_origin

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel

from portal.dossier.types import CountryCode, Key, PhoneText, Zone
from portal.kit.choices import LabelledEnum
from portal.ui.country_fields import NOT_CHOSEN, CountriesField, CountryField
from portal.ui.fields import (
    ChoiceField,
    ClockField,
    DateField,
    KeysField,
    LinesField,
    MomentField,
    NumberField,
    PhoneField,
    RadioChoices,
    TextField,
    YesNoField,
)
from portal.ui.hints import hint_of, hint_text
from portal.ui.labels import choices_of, citations_of, title_of

Choices = Iterable[tuple[str, str]]
# Dates people know by heart are typed, not looked up in a calendar.
BY_HEART = frozenset({"born_on", "passport_expires_on"})
# An arrival is often written as a time alone: it is of the day of departure.
FOLLOWS = {"arrives_at": "departs_at"}
LONG_TEXT = 200

_title = lazy(title_of, str)
_hint = lazy(hint_text, str)


def field_of(part: type[BaseModel], name: str, choices: Choices | None = None) -> forms.Field | None:
    """The form field of property ``name``, labelled and hinted; ``None`` for nested parts and keys without choices."""
    info = part.model_fields[name]
    inner, optional = _without_none(info.rebuild_annotation())
    field = _bare_field(name, inner, optional, choices)
    if field is None:
        return None
    field.label = _title(part, name)
    field.help_text = _hint(part.__name__, name)
    field.cites = citations_of(part, name)  # type: ignore[attr-defined]
    field.need = hint_of(part.__name__, name).need  # type: ignore[attr-defined]
    return field


def _without_none(annotation: Any) -> tuple[Any, bool]:
    """``X | None`` → (X, True), also when the union stands inside ``Annotated``."""
    if get_origin(annotation) is Annotated and get_origin(get_args(annotation)[0]) in (Union, types.UnionType):
        annotation = get_args(annotation)[0]
    if get_origin(annotation) in (Union, types.UnionType):
        inner = [arg for arg in get_args(annotation) if arg is not type(None)]
        return inner[0], True
    return annotation, False


def _bare_field(name: str, kind: Any, optional: bool, choices: Choices | None) -> forms.Field | None:
    base = get_args(kind)[0] if get_origin(kind) is Annotated else kind
    if get_origin(base) is tuple:
        return _list_field(get_args(base)[0], choices)
    if base is bool:
        return YesNoField() if optional else forms.BooleanField(required=False)
    if isinstance(base, type) and issubclass(base, LabelledEnum):
        return _vocabulary_field(base, optional)
    if base is str:
        return _text_field(kind, choices)
    if base is int:
        return _number_field(kind)
    if base in (dt.date, dt.datetime, dt.time):
        return _time_field(name, base)
    return None


def _time_field(name: str, kind: type) -> forms.Field:
    if kind is dt.datetime:
        return MomentField(after=FOLLOWS.get(name, ""))
    return ClockField() if kind is dt.time else DateField(by_heart=name in BY_HEART)


def _list_field(kind: Any, choices: Choices | None) -> forms.Field | None:
    if isinstance(kind, type) and issubclass(kind, LabelledEnum):
        return EnumsField(kind)
    if kind == CountryCode:
        return CountriesField()
    if kind == Key:
        return None if choices is None else KeysField(choices=list(choices))
    return LinesField() if get_origin(kind) is Annotated else None


def _vocabulary_field(vocabulary: type[LabelledEnum], optional: bool) -> forms.Field:
    few = len(vocabulary) <= 3

    def options() -> list[tuple[Any, Any]]:
        unset = [("", _("未定"))] if few else [NOT_CHOSEN]
        return (
            [*choices_of(vocabulary), *unset]
            if few and optional
            else [*(unset if optional else []), *choices_of(vocabulary)]
        )

    return ChoiceField(choices=options, coerce=vocabulary, **({"widget": RadioChoices} if few else {}))


def _text_field(kind: Any, choices: Choices | None) -> forms.Field | None:
    if choices is not None:
        return ChoiceField(choices=[NOT_CHOSEN, *choices])
    if kind == Key:
        return None
    if kind == PhoneText:
        return PhoneField()
    if kind == CountryCode:
        return CountryField()
    if kind == Zone:
        return ZoneField(limit=64)
    limit = _limit_of(kind)
    return TextField(limit=limit, long=limit > LONG_TEXT)


def _limit_of(kind: Any) -> int:
    limits = [getattr(mark, "max_length", None) for mark in getattr(kind, "__metadata__", ())]
    return next((limit for limit in limits if limit), LONG_TEXT)


def _number_field(kind: Any) -> forms.Field:
    least, most = _bounds_of(kind)
    if most <= 9:
        levels = [(str(level), str(level)) for level in range(least, most + 1)]
        return ChoiceField(choices=[NOT_CHOSEN, *levels], coerce=int)
    return NumberField(least=least, most=most)


def _bounds_of(kind: Any) -> tuple[int, int]:
    marks = [inner for mark in getattr(kind, "__metadata__", ()) for inner in getattr(mark, "metadata", [mark])]
    least = next((mark.ge for mark in marks if getattr(mark, "ge", None) is not None), 0)
    most = next((mark.le for mark in marks if getattr(mark, "le", None) is not None), 10**12)
    return least, most


@cache
def _known_zones() -> frozenset[str]:
    """Every zone of this machine; asked once, for the answer is a walk through some 600 files."""
    return frozenset(zoneinfo.available_timezones())


class ZoneField(TextField):
    """An IANA zone such as ``Asia/Tokyo``; normally filled from the airport, never guessed."""

    def validate(self, value: str | None) -> None:
        super().validate(value)
        if value is not None and value not in _known_zones():
            raise ValidationError(_("時刻帯は Asia/Tokyo のような名前で書いてください"))


class EnumsField(KeysField):
    """Any number of members of a vocabulary."""

    def __init__(self, vocabulary: type[LabelledEnum]) -> None:
        super().__init__(choices=partial(choices_of, vocabulary))
        self.member: Callable[[str], LabelledEnum] = vocabulary

    def clean(self, value: Any) -> tuple[Any, ...]:
        return tuple(self.member(key) for key in super().clean(value))
