"""What is wrong with a value, in a teacher's words: the validator's findings translated into Japanese and English.

Not here: where it stands in the file (lines), gathering the problems (files).
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from typing import Any

from portal.dossier.pointers import field_info, properties, shown, split_pointer
from portal.dossier.types import Dossier, Part

Pair = tuple[str, str]

_PLAIN: dict[str, Pair] = {
    "missing": ("必ず書く項目がありません。書き足してください", "This property is required; add it"),
    "string_too_short": (
        "空の文字は書けません。未入力なら null にするか、項目ごと消してください",
        "Empty text cannot be written; use null or leave the property out",
    ),
    "string_type": (
        '文字で書く欄です。"…" で囲んで書いてください',
        'This property takes text; write it between double quotes ("…")',
    ),
    "int_type": ("整数で書いてください(例: 40)", "Write a whole number (for example 40)"),
    "bool_type": ("true か false で書いてください", "Write true or false"),
    "date_type": ("日付は「2027-03-31」の形で書いてください", "Write the date like 2027-03-31"),
    "datetime_type": (
        "日時は「2027-03-31T08:30」の形で書いてください",
        "Write date and time like 2027-03-31T08:30",
    ),
    "time_type": ("時刻は「08:30」の形で書いてください", "Write the time like 08:30"),
    "tuple_type": ("一覧です。[ ] で囲んで書いてください", "This is a list; write it between [ and ]"),
    "model_type": ("項目のまとまりです。{ } で囲んで書いてください", "This is a group of properties; use { and }"),
}
_PATTERNS: dict[str, Pair] = {
    "^[A-Za-z0-9_-]{1,24}$": (
        "記号は半角の英数字・ハイフン・下線で24文字までにしてください(例: p001)",
        "Use up to 24 letters, digits, hyphens and underscores (for example p001)",
    ),
    "^[0-9]{4}$": (
        "国・地域は外務省の国コード4けたの半角数字で書いてください(例: 台湾は 0886)",
        "Write the ministry's country code, four digits (for example 0886 for Taiwan)",
    ),
    "^[A-Za-z]+(/[A-Za-z0-9_+-]+){0,2}$": (
        "時刻帯は Asia/Taipei のように書いてください",
        "Write the time zone like Asia/Taipei",
    ),
    "^1$": ('この書式の版は扱えません。"1" と書いてください', 'This version is not supported; write "1"'),
}


def explain(kind: str, pointer: str, context: Mapping[str, Any], original: str) -> Pair:
    """Japanese and English message for one finding of the validator.

    ``kind``, ``context`` and ``original`` are pydantic's ``type``, ``ctx`` and ``msg``. An unforeseen kind is
    shown with the validator's own English words rather than hidden.
    """
    if kind in _PLAIN:
        return _PLAIN[kind]
    worded = _WORDED.get(kind)
    if worded is not None:
        return worded(pointer, context)
    return f"値の書き方が正しくありません({original})", original


def _own_refusal(_: str, context: Mapping[str, Any]) -> Pair:
    error = context["error"]
    return str(error), getattr(error, "english", str(error))


def _unknown_property(pointer: str, _: Mapping[str, Any]) -> Pair:
    name, near = shown(split_pointer(pointer)[-1]), _nearest_name(pointer)
    if near is None:
        return (
            f"「{name}」という項目はありません。つづりを確かめるか、消してください",
            f"There is no property {name}; check the spelling or delete it",
        )
    return (
        f"「{name}」という項目はありません。「{near}」の書き誤りではありませんか",
        f"There is no property {name}; did you mean {near}?",
    )


def _nearest_name(pointer: str) -> str | None:
    around, _, name = pointer.rpartition("/")
    owner: type[Part] | None = field_info(around).part if around else Dossier
    names = list(properties(owner)) if owner is not None else []
    return next(iter(difflib.get_close_matches(name[:100], names, n=1)), None)


def _outside_vocabulary(pointer: str, context: Mapping[str, Any]) -> Pair:
    vocabulary = field_info(pointer).vocabulary
    if vocabulary is None:
        return f"書ける値: {context['expected']}", f"Write one of {context['expected']}"
    words = "、".join(f"{member.value}({member.label})" for member in vocabulary)
    return f"次のどれかを書いてください: {words}", f"Write one of: {', '.join(vocabulary)}"


def _wrong_pattern(_: str, context: Mapping[str, Any]) -> Pair:
    return _PATTERNS[context["pattern"]]


def _impossible(plain: str, what: str, english: str) -> Callable[[str, Mapping[str, Any]], Pair]:
    def words(_: str, context: Mapping[str, Any]) -> Pair:
        form, english_form = _PLAIN[plain]
        if "outside expected range" in context["error"] or "out of range" in context["error"]:
            return f"暦や時計にない{what}です。{form}", f"There is no such {english}. {english_form}"
        return form, english_form

    return words


def _bound(japanese: str, english: str, key: str) -> Callable[[str, Mapping[str, Any]], Pair]:
    return lambda _, context: (japanese.format(f"{context[key]:,}"), english.format(f"{context[key]:,}"))


_WORDED: dict[str, Callable[[str, Mapping[str, Any]], Pair]] = {
    "value_error": _own_refusal,
    "extra_forbidden": _unknown_property,
    "enum": _outside_vocabulary,
    "string_pattern_mismatch": _wrong_pattern,
    "date_parsing": _impossible("date_type", "日付", "date"),
    "datetime_parsing": _impossible("datetime_type", "日時", "date or time"),
    "time_parsing": _impossible("time_type", "時刻", "time"),
    "string_too_long": _bound("{}文字までにしてください", "Use at most {} characters", "max_length"),
    "too_long": _bound("{}件までにしてください", "Give at most {} entries", "max_length"),
    "greater_than_equal": _bound("{}以上の数にしてください", "Give a number of {} or more", "ge"),
    "less_than_equal": _bound("{}以下の数にしてください", "Give a number of {} or less", "le"),
}
