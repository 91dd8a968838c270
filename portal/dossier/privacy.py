"""Parting a frozen document from its personal values, so that erasing a person leaves the record verifiable.

Not here: encrypting and storing the sealed part (portal.vault), when it must be erased (retention).

A document is the JSON form of a dossier (``files.as_document``). The open part keeps the shape; in the place of every
value of class P2 or P3 stands a placeholder, whether or not there was a value, so that an entry does not even tell
which of its personal values are known. A revision's digest covers the open part and salted commitments to the sealed
values: whoever has the sealed values and the salt can prove they belong to the revision; once both are erased, nobody
can find them by trying, because the salt is 32 random bytes.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

from portal.dossier.pointers import Property, field_info, join_pointer, properties
from portal.dossier.types import Dossier, Part
from portal.kit.digest import canonical_json, digest_of

SALT_BYTES = 32
_MARK = "sealed"
_NESTED = (dict, list)
Document = dict[str, Any]
Sealed = dict[str, Any]


def split(document: Document) -> tuple[Document, Sealed]:
    """The open document with placeholders ``{"sealed": "P2"}``, and the personal values by JSON pointer."""
    sealed: Sealed = {}
    return _open_part(document, Dossier, (), sealed), sealed


def join(open_document: Document, sealed: Mapping[str, Any]) -> Document:
    """The document again: ``join(*split(document)) == document``.

    Placeholders without a value vanish, as if the value had never been written. Raises ``KeyError`` for a sealed
    value whose placeholder is not there.
    """
    places: set[str] = set()
    document = _joined(open_document, "", sealed, places)
    strays = sealed.keys() - places
    if strays:
        raise KeyError(f"no placeholder for {sorted(strays)[0]}")
    return document


def is_placeholder(value: Any) -> bool:
    """Whether a value of an open document stands for a sealed or erased one; screens show 封緘 or 消去済み."""
    return isinstance(value, dict) and value.keys() == {_MARK}


def by_class(sealed: Mapping[str, Any]) -> dict[str, Sealed]:
    """The sealed values apart by class, ``{"P2": …, "P3": …}``: each class has its own salt and day of erasure."""
    parted: dict[str, Sealed] = {"P2": {}, "P3": {}}
    for pointer, value in sealed.items():
        parted[field_info(pointer).cls][pointer] = value
    return parted


def new_salt() -> bytes:
    """32 random bytes; kept with the sealed values and erased with them."""
    return secrets.token_bytes(SALT_BYTES)


def commitment(sealed: Mapping[str, Any], salt: bytes) -> str:
    """HMAC-SHA256 of the sealed values under ``salt``, 64 hexadecimal digits; binds without telling anything.

    Raises ``ValueError`` unless the salt has 32 bytes: a shorter one could be searched together with the values.
    """
    if len(salt) != SALT_BYTES:
        raise ValueError(f"salt must have {SALT_BYTES} bytes")
    return hmac.new(salt, canonical_json(dict(sealed)), sha256).hexdigest()


def revision_digest(open_document: Document, commitments: str | Mapping[str, str]) -> str:
    """sha256 of a frozen revision: the open part and the commitment, or one commitment by class."""
    sealed = commitments if isinstance(commitments, str) else dict(commitments)
    return digest_of({"open": open_document, "sealed": sealed})


def _open_part(document: Document, part: type[Part], steps: tuple[str | int, ...], sealed: Sealed) -> Document:
    opened: Document = {}
    for name, prop in properties(part).items():
        here = (*steps, name)
        if prop.sealed:
            opened[name] = {_MARK: prop.cls}
            if name in document:
                sealed[join_pointer(here)] = document[name]
        elif name in document:
            opened[name] = _open_value(document[name], prop, here, sealed)
    _refuse_unknown(document, opened, steps)
    return opened


def _open_value(value: Any, prop: Property, steps: tuple[str | int, ...], sealed: Sealed) -> Any:
    if prop.part is None or value is None:
        return value
    if not prop.many:
        return _open_part(value, prop.part, steps, sealed)
    return [_open_part(entry, prop.part, (*steps, index), sealed) for index, entry in enumerate(value)]


def _refuse_unknown(document: Document, opened: Document, steps: tuple[str | int, ...]) -> None:
    """A name the types do not know has no class; letting it through could leave a person's data open."""
    unknown = document.keys() - opened.keys()
    if unknown:
        raise KeyError(f"{join_pointer((*steps, sorted(unknown)[0]))} has no data class")


def _joined(value: Any, above: str, sealed: Mapping[str, Any], places: set[str]) -> Any:
    """``above`` is the pointer of ``value``: grown by one step each time, for four hundred people hold many values."""
    if isinstance(value, list):
        return [_joined(entry, f"{above}/{index}", sealed, places) for index, entry in enumerate(value)]
    if isinstance(value, dict):
        return dict(_members(value, above, sealed, places))
    return value


def _members(document: Document, above: str, sealed: Mapping[str, Any], places: set[str]) -> Iterator[tuple[str, Any]]:
    for name, value in document.items():
        if not is_placeholder(value):
            yield name, _joined(value, above + join_pointer((name,)) if type(value) in _NESTED else "", sealed, places)
            continue
        pointer = above + join_pointer((name,))
        if pointer in sealed:
            places.add(pointer)
            yield name, sealed[pointer]
