"""Dossier files: reading one with every problem named at once, writing one in the canonical form.

Not here: the words of the messages (messages), judging whether the plan is good (the rule chapters).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from portal.dossier.lines import Oddity, Places, find_places, is_deeper_than, is_odd_number
from portal.dossier.messages import explain
from portal.dossier.pointers import identity_of, join_pointer, label_of, properties
from portal.dossier.types import Dossier, Part

MAX_BYTES = 5 * 1024 * 1024
MAX_DEPTH = 32
MAX_PROBLEMS = 500
_Wrong = tuple[str, str, str]  # pointer, Japanese, English
_BYTE_ORDER_MARKS = ((b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"))


@dataclass(frozen=True)
class Problem:
    """One thing that keeps a file from being a dossier; ``line`` counts from 1, None when the place is unknown."""

    pointer: str
    line: int | None
    label: str
    message: str
    message_en: str

    def __str__(self) -> str:
        line = f"{self.line}行目 " if self.line else ""
        return f"{line}{self.label or 'ファイル全体'}: {self.message}"

    def as_json(self) -> dict[str, Any]:
        """The problem as JSON values, for command output and the API."""
        return asdict(self)


class DossierError(Exception):
    """A file that is not a dossier; ``problems`` names every place at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def load(source: Path | str | bytes) -> Dossier:
    """The dossier in a file (``Path`` or path as ``str``) or in its content (``bytes``).

    Raises :class:`DossierError` with all problems: unreadable file, more than 5 MB, not UTF-8 (a byte-order mark
    is allowed), not JSON, a name twice in one object, nesting deeper than 32, NaN, unknown or ill-typed
    properties, one key twice in a list.
    """
    text = _decode(_read(source))
    return _validate(text, _parse(text))


def dump(dossier: Dossier) -> bytes:
    """The canonical file: UTF-8, two spaces, order of the types, defaults left out; ``load(dump(d)) == d``."""
    content = {"schema_version": dossier.schema_version, **as_document(dossier)}
    return json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False).encode() + b"\n"


def as_document(dossier: Dossier) -> dict[str, Any]:
    """The dossier as JSON values without defaults: what is frozen, sealed and digested."""
    return dossier.model_dump(mode="json", exclude_defaults=True)


def _read(source: Path | str | bytes) -> bytes:
    if isinstance(source, bytes):
        _refuse_size(len(source))
        return source
    try:
        _refuse_size(Path(source).stat().st_size)
        return Path(source).read_bytes()
    except OSError as error:
        raise _whole(
            f"ファイル「{source}」を開けません({error.strerror})。名前と場所を確かめてください",
            f"Cannot open {source} ({error.strerror}); check the name and the place",
        ) from error


def _refuse_size(size: int) -> None:
    if size > MAX_BYTES:
        raise _whole(
            "5 MBを超えています。旅行1件だけのファイルにしてください",
            "The file exceeds 5 MB; put one trip into one file",
        )


def _decode(content: bytes) -> str:
    for mark, name in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            raise _whole(
                f"文字コードが{name}です。UTF-8で保存し直してください", f"The file is {name}; save it as UTF-8"
            )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _wrong_encoding(content, error) from error
    if not text.strip():
        raise _whole("ファイルが空です", "The file is empty")
    return text


def _wrong_encoding(content: bytes, error: UnicodeDecodeError) -> DossierError:
    line = content.count(b"\n", 0, error.start) + 1
    return _whole(
        "文字コードがUTF-8ではありません(Shift_JISなど)。UTF-8で保存し直してください",
        "The file is not UTF-8 (perhaps Shift_JIS); save it as UTF-8",
        line=line,
    )


def _parse(text: str) -> _Parsed:
    if is_deeper_than(text, MAX_DEPTH):
        raise _whole("かっこの入れ子が深すぎます", "Brackets are nested too deeply")
    parsed = _Parsed()
    try:
        parsed.read(text)
    except json.JSONDecodeError as error:
        japanese, english = _syntax_words(error)
        raise _whole(japanese, english, line=error.lineno) from error
    return parsed


class _Parsed:
    """JSON values as written, and whether the text holds what JSON forbids: a name twice, NaN, endless digits."""

    def __init__(self) -> None:
        self.data: Any = None
        self.odd = False

    def read(self, text: str) -> None:
        self.data = json.loads(
            text,
            object_pairs_hook=self._members,
            parse_constant=self._number,
            parse_int=self._number,
            parse_float=self._number,
        )

    def _members(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        members = dict(pairs)
        self.odd = self.odd or len(members) != len(pairs)
        return members

    def _number(self, text: str) -> str:
        """The number as written: nothing here counts with it, and long digits are costly to convert."""
        self.odd = self.odd or is_odd_number(text)
        return text


_SYNTAX: tuple[tuple[str, str], ...] = (
    ("Expecting property name", '項目名を "…" で囲んで書いてください(最後の項目のあとに読点 , があれば消します)'),
    ("Expecting ',' delimiter", "ここに区切りの , がありません"),
    ("Expecting ':' delimiter", "項目名のあとに : がありません"),
    ("Extra data", "終わりのかっこのあとに余分な文字があります"),
    ("Unterminated string", '文字の終わりの " がありません'),
    ("Invalid control character", "文字の中で改行しています。改行は \\n と書きます"),
    ("Invalid \\", "円記号(バックスラッシュ)の使い方が正しくありません"),
    ("Expecting value", '値がないか、書き方が違います。文字は "…" で囲みます'),
)


def _syntax_words(error: json.JSONDecodeError) -> tuple[str, str]:
    words = next((words for start, words in _SYNTAX if error.msg.startswith(start)), "書き方が正しくありません")
    place = f"{error.colno}文字目"
    return f"JSONとして読めません。{place}: {words}", f"Not JSON: {error.msg} at column {error.colno}"


def _validate(text: str, parsed: _Parsed) -> Dossier:
    dossier, wrong = None, list(_repeated_keys(parsed.data))
    try:
        dossier = Dossier.model_validate_json(text, strict=True)
    except ValidationError as error:
        wrong = [*_findings(error), *wrong]
    if dossier is None or wrong or parsed.odd:
        places = find_places(text)
        raise DossierError(_problems([*_oddities(places), *wrong], places))
    return dossier


_ODD: dict[Oddity, tuple[str, str]] = {
    Oddity.NAME_TWICE: (
        "同じ名前の項目が2回書かれています。1つにしてください",
        "This property is written twice; keep one",
    ),
    Oddity.NUMBER: (
        "数として扱えません。普通の数か null にしてください",
        "Not a usable number; write a number or null",
    ),
    Oddity.HALF_CHARACTER: (
        "文字の書き方(\\u…)が壊れています。文字をそのまま入力し直してください",
        "A \\u escape is broken; type the character itself",
    ),
}


def _oddities(places: Places) -> Iterator[_Wrong]:
    for pointer, oddity in places.oddities.items():
        yield pointer, *_ODD[oddity]


def _findings(error: ValidationError) -> Iterator[_Wrong]:
    for found in error.errors(include_url=False, include_input=False):
        if found["type"] == "json_invalid":
            continue  # only half characters come this far, and those are among the oddities with their place
        pointer = join_pointer(found["loc"])
        japanese, english = explain(found["type"], pointer, found.get("ctx", {}), found["msg"])
        yield pointer, japanese, english


def _repeated_keys(data: Any, part: type[Part] = Dossier, steps: tuple[str | int, ...] = ()) -> Iterator[_Wrong]:
    """Entries of one list that carry the same key, found on the raw values so that other faults do not hide them."""
    if not isinstance(data, dict):
        return
    for name, prop in properties(part).items():
        entries = data.get(name)
        if prop.part is None or not prop.many or not isinstance(entries, list):
            continue
        yield from _repeats_in(entries, identity_of(prop.part), (*steps, name))
        for index, entry in enumerate(entries):
            yield from _repeated_keys(entry, prop.part, (*steps, name, index))


def _repeats_in(entries: list[Any], identity: str | None, steps: tuple[str | int, ...]) -> Iterator[_Wrong]:
    seen: set[str] = set()
    for index, entry in enumerate(entries):
        key = entry.get(identity) if isinstance(entry, dict) else None
        if not isinstance(key, str):
            continue
        if key in seen:
            yield (
                join_pointer((*steps, index, str(identity))),
                f"「{key[:40]}」は一覧の中ですでに使われています。別の値にしてください",
                f"{key[:40]} is already used in this list; choose another",
            )
        seen.add(key)


def _problems(wrong: list[_Wrong], places: Places) -> Iterator[Problem]:
    told: dict[str, tuple[str, str]] = {}
    for pointer, japanese, english in wrong:
        told.setdefault(pointer, (japanese, english))
    placed = places.in_order(told)
    for pointer in placed[:MAX_PROBLEMS]:
        yield Problem(pointer, places.line_of(pointer), label_of(pointer), *told[pointer])
    if len(placed) > MAX_PROBLEMS:
        rest = len(placed) - MAX_PROBLEMS
        yield Problem("", None, "", f"ほかに{rest:,}か所あります", f"{rest:,} more places")


def _whole(japanese: str, english: str, *, line: int | None = None) -> DossierError:
    return DossierError([Problem("", line, "", japanese, english)])
