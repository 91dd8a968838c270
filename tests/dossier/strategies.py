"""Hypothesis strategies for dossiers: any schema-valid value, with the names Japanese rosters really hold.

``dossiers()`` gives whole dossiers, ``parts(Stay)`` one part. Derived from the types, so that a new property is drawn
from the day it exists. Not here: plans that satisfy the notices.
"""

from __future__ import annotations

import datetime as dt
import types as python_types
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from portal.dossier import types
from portal.dossier.pointers import identity_of
from portal.dossier.types import Dossier, Part
from portal.kit.choices import LabelledEnum

NAMES = (
    "髙橋 𠮷子",
    "山﨑　翔太",
    "葛󠄀城 葵",
    "葛󠄁飾 花子",
    "渡邉 瀨那",
    "渡邊 德仁",
    "濵田 さくら",
    "𡈽屋 陽向",
    "𣘺本 ひなた",
    "神谷 福",
    "スミス・ジョン",
    "グエン ティ ラン",
    "Nguyễn Thị Lan",
    "プラユット",
    "金 智勳",
    "𩸽 一",
)
WORDS = (
    "見本高等学校",
    "ホテル見本 台北",
    "Specimen Hotel",
    "見本県見本市見本町1-2-3 〒000-0000",
    "国立故宮博物院",
    "ｶﾀｶﾅ",
    "Ⅲ年①組",
    "が",
    "<script>alert(1)</script>",
    "{{ 7*7 }}",
    "=1+1",
    "‘引用’ “符” — ー",
    "👨‍👩‍👧",
)
PHONES = ("03-0000-1234", "０９０−００００−１２３４", "+886-000-123456", "+61 000 12 3456 内線12", "110", "自宅")
ZONES = ("Asia/Tokyo", "Asia/Taipei", "Australia/Sydney", "Pacific/Honolulu", "UTC", "America/Argentina/Buenos_Aires")
COUNTRIES = ("0886", "0065", "0061", "1808", "1002", "0082", "9999")
_DAYS = st.dates(dt.date(types.FIRST_YEAR, 1, 1), dt.date(types.LAST_YEAR, 12, 31))
_CLOCKS = st.builds(dt.time, st.integers(0, 23), st.integers(0, 59), st.sampled_from([0, 0, 0, 59]))
_KEYS = st.from_regex(r"[A-Za-z0-9_-]{1,6}", fullmatch=True)


def _valid(alias: Any) -> Any:
    """Keep what the type accepts; the alphabets below come close, so little is thrown away."""
    adapter = TypeAdapter(alias)

    def accepted(value: Any) -> bool:
        try:
            adapter.validate_python(value)
        except ValidationError:
            return False
        return True

    return accepted


def _texts(alias: Any, samples: tuple[str, ...], limit: int) -> st.SearchStrategy[str]:
    letters = st.characters(exclude_categories=("Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"))
    free = st.text(letters, min_size=1, max_size=min(limit, 12))
    return st.one_of(st.sampled_from(samples), free).filter(_valid(alias))


@cache
def _aliases() -> dict[Any, st.SearchStrategy[Any]]:
    return {
        types.Short: _texts(types.Short, NAMES, 80),
        types.Line: _texts(types.Line, NAMES + WORDS, 200),
        types.Prose: _texts(types.Prose, (*WORDS, "一行目\n二行目\tタブ"), 4000),
        types.PhoneText: st.sampled_from(PHONES),
        types.Key: _KEYS,
        types.CountryCode: st.sampled_from(COUNTRIES),
        types.Zone: st.sampled_from(ZONES),
        types.Yen: st.integers(0, 10**12),
        types.Count: st.integers(0, 10_000),
        types.Day: _DAYS,
        types.LocalTime: st.builds(dt.datetime.combine, _DAYS, _CLOCKS),
        types.ClockTime: _CLOCKS,
    }


def dossiers() -> st.SearchStrategy[Dossier]:
    """Any dossier that the schema accepts; lists are short, keys unique within their list."""
    return parts(Dossier)


@cache
def parts(part: type[Part]) -> st.SearchStrategy[Any]:
    """Any value of one part; a property is left out as often as it is filled."""
    hints = get_type_hints(part, include_extras=True)
    drawn = {name: _of(hints[name]) for name in part.model_fields}
    required = {name: each for name, each in drawn.items() if part.model_fields[name].is_required()}
    optional = {name: each for name, each in drawn.items() if name not in required}
    return st.fixed_dictionaries(required, optional=optional).map(lambda values: part(**values))


def _of(hint: Any) -> st.SearchStrategy[Any]:
    known = next((strategy for alias, strategy in _aliases().items() if alias == hint), None)
    if known is not None:
        return known
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, python_types.UnionType):
        return st.one_of(*(st.none() if each is type(None) else _of(each) for each in arguments))
    if origin is tuple:
        return _lists(arguments[0])
    if origin is Annotated:
        return _bounded(hint)
    return _plain(hint)


def _lists(entry: Any) -> st.SearchStrategy[tuple[Any, ...]]:
    if isinstance(entry, type) and issubclass(entry, Part):
        identity = identity_of(entry)
        return st.lists(parts(entry), max_size=3, unique_by=lambda each: getattr(each, str(identity))).map(tuple)
    return st.lists(_of(entry), max_size=3).map(tuple)


def _bounded(hint: Any) -> st.SearchStrategy[Any]:
    """The few types written out where they are used: small whole numbers and the schema version."""
    if get_args(hint)[0] is str:
        return st.just(types.SCHEMA_VERSION)
    return st.integers(0, 9999).filter(_valid(hint))


def _plain(hint: Any) -> st.SearchStrategy[Any]:
    if hint is bool:
        return st.booleans()
    if issubclass(hint, LabelledEnum):
        return st.sampled_from(list(hint))
    return parts(hint)
