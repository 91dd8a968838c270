"""Where a value stands in a dossier: JSON pointers, the property behind one, its label for people, its value.

Not here: reading files (files), comparing (diff), sealing (privacy).
"""

from __future__ import annotations

import types as python_types
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from portal.dossier.types import Benefit, Confirmation, Dossier, Host, OptOut, Part, Participant, Tick
from portal.kit.choices import LabelledEnum

SEPARATOR = " › "
# What tells two entries of one list apart, where it is not an attribute called key.
_IDENTITY: dict[type[Part], str] = {OptOut: "participant", Benefit: "kind", Confirmation: "section", Tick: "item"}
# What people call an entry, tried in this order.
_NAMES = ("name", "family", "title", "insurer", "city", "number")
_PERSONS: tuple[type[Part], ...] = (Participant, Host)


@dataclass(frozen=True)
class Property:
    """One property of a dossier as its type declares it."""

    name: str
    title: str
    english: str
    cls: str
    citations: tuple[str, ...]
    remedy: str
    part: type[Part] | None
    vocabulary: type[LabelledEnum] | None
    many: bool
    required: bool

    @property
    def sealed(self) -> bool:
        """Whether its value is personal (class P2 or P3) and sealed in a frozen revision."""
        return self.cls in ("P2", "P3")


def join_pointer(steps: tuple[str | int, ...]) -> str:
    """RFC 6901 pointer of ``steps``: ``("stays", 0, "phone")`` → ``/stays/0/phone``; no steps → ``""``."""
    return "".join([f"/{_escaped(step)}" if isinstance(step, str) else f"/{step}" for step in steps])


@lru_cache(maxsize=4096)
def _escaped(step: str) -> str:
    return step.replace("~", "~0").replace("/", "~1")


def split_pointer(pointer: str) -> tuple[str, ...]:
    """The steps of an RFC 6901 pointer; raises ``ValueError`` when it does not begin with ``/``."""
    if not pointer:
        return ()
    if not pointer.startswith("/"):
        raise ValueError(f"JSON pointer must begin with '/': {pointer!r}")
    return tuple(step.replace("~1", "/").replace("~0", "~") for step in pointer[1:].split("/"))


@cache
def properties(part: type[Part]) -> dict[str, Property]:
    """The properties of a part by name, in order of declaration."""
    return {name: _describe(name, field) for name, field in part.model_fields.items()}


def field_info(pointer: str) -> Property:
    """The property that ``pointer`` ends in; an index points at its list's property.

    Raises ``KeyError`` when a dossier has no such place.
    """
    found = None
    for _, prop, _ in _route(pointer):
        found = prop or found
    if found is None:
        raise KeyError(pointer)
    return found


def value_at(dossier: Part, pointer: str) -> Any:
    """The value at ``pointer``; ``KeyError`` when the dossier has no such place or no such entry."""
    value: Any = dossier
    for step in split_pointer(pointer):
        value = _step_into(value, step, pointer)
    return value


def label_of(pointer: str, lang: str = "ja", *, dossier: Dossier | None = None, show_names: bool = False) -> str:
    """What people call the place: 「宿泊 › 2番目 › 電話番号」, with ``dossier`` 「宿泊 › ホテル見本 › 電話番号」.

    Names of persons (class P2 and P3) appear only with ``show_names``. ``lang`` is ``ja`` or ``en``.
    Steps a dossier does not know are shown as written, so that a misspelt property can be named.
    """
    words = []
    here = ""
    for step, prop, inside_list in _route(pointer):
        here += join_pointer((step,))
        if prop is not None:
            words.append(prop.title if lang == "ja" else prop.english)
        elif inside_list:
            words.append(_entry_name(dossier, here, int(step), lang, show_names))
        else:
            words.append(shown(step))
    return SEPARATOR.join(words)


def shown(step: str) -> str:
    """A name from a foreign file, safe to print: short, and nothing that steers a terminal."""
    return "".join(char if char.isprintable() else "\ufffd" for char in step[:60])


def identity_of(part: type[Part]) -> str | None:
    """The attribute that tells entries of a list of ``part`` apart: ``key``, or what stands for it."""
    if "key" in part.model_fields:
        return "key"
    return _IDENTITY.get(part)


def _route(pointer: str) -> Iterator[tuple[str, Property | None, bool]]:
    """Each step with its property, or None for an index (third value true) or an unknown name (false)."""
    part: type[Part] | None = Dossier
    listed: Property | None = None
    for step in split_pointer(pointer):
        if listed is not None and step.isdecimal():
            yield step, None, True
            part, listed = listed.part, None
            continue
        prop = properties(part).get(step) if part is not None and listed is None else None
        yield step, prop, False
        part = prop.part if prop is not None and not prop.many else None
        listed = prop if prop is not None and prop.many else None


def _step_into(value: Any, step: str, pointer: str) -> Any:
    if isinstance(value, tuple) and step.isdecimal() and int(step) < len(value):
        return value[int(step)]
    if isinstance(value, Part) and step in type(value).model_fields:
        return getattr(value, step)
    raise KeyError(pointer)


def _entry_name(dossier: Dossier | None, pointer: str, index: int, lang: str, show_names: bool) -> str:
    place = f"{index + 1}番目" if lang == "ja" else f"no. {index + 1}"
    if dossier is None:
        return place
    try:
        entry = value_at(dossier, pointer)
    except KeyError:
        return place
    return name_of(entry, lang, show_names=show_names) or place


def name_of(entry: Any, lang: str = "ja", *, show_names: bool = False) -> str | None:
    """What people call one entry of a list, or None; persons are called by their key unless ``show_names``."""
    if not isinstance(entry, Part):
        return None
    known = properties(type(entry))
    for name in _NAMES[:2] if isinstance(entry, _PERSONS) else _NAMES:
        if name in known and (show_names or not known[name].sealed) and getattr(entry, name) is not None:
            return str(getattr(entry, name))
    identity = identity_of(type(entry))
    return None if identity is None else _as_word(getattr(entry, identity), lang)


def _as_word(value: Any, lang: str) -> str:
    if isinstance(value, LabelledEnum):
        return value.label if lang == "ja" else value.english
    return str(value)


def _describe(name: str, field: FieldInfo) -> Property:
    extra: dict[str, Any] = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
    many, kind = _shape(field.annotation)
    return Property(
        name=name,
        title=field.title or name,
        english=extra.get("x-title-en", name),
        cls=extra.get("x-class", "P1"),
        citations=tuple(extra.get("x-citation", ())),
        remedy=extra.get("x-remedy", ""),
        part=kind if _is_a(kind, Part) else None,
        vocabulary=kind if _is_a(kind, StrEnum) else None,
        many=many,
        required=field.is_required(),
    )


def _shape(annotation: Any) -> tuple[bool, Any]:
    """Whether the annotation is a list, and the type of its value or entries, without Optional and Annotated."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _shape(get_args(annotation)[0])
    if origin in (Union, python_types.UnionType):
        return _shape(next(kind for kind in get_args(annotation) if kind is not type(None)))
    if origin is tuple:
        return True, _shape(get_args(annotation)[0])[1]
    return False, annotation


def _is_a(kind: Any, base: type) -> bool:
    return isinstance(kind, type) and issubclass(kind, base)
