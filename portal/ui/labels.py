"""The words of the dossier in the language of the page: titles of properties and labels of enumerations.

Not here: translations of our own sentences (portal/ui/locale).
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language
from pydantic import BaseModel

from portal.kit.choices import LabelledEnum


def speaks_english() -> bool:
    """Whether the page being answered is in English; every other language reads Japanese."""
    return (get_language() or "ja").startswith("en")


def title_of(part: type[BaseModel], name: str) -> str:
    """The title of property ``name`` of a dossier part: Japanese, or ``x-title-en`` on English pages."""
    field = part.model_fields[name]
    extra = field.json_schema_extra
    english = extra.get("x-title-en") if isinstance(extra, dict) else None
    if speaks_english() and english:
        return str(english)
    return field.title or name


def citations_of(part: type[BaseModel], name: str) -> tuple[str, ...]:
    """The duties a property answers, as written in its schema: ``("別添三 三", …)``."""
    extra = part.model_fields[name].json_schema_extra
    cites = extra.get("x-citation", ()) if isinstance(extra, dict) else ()
    return tuple(str(cite) for cite in cites) if isinstance(cites, list | tuple) else ()


def label_of(value: Any) -> str:
    """The label of a labelled enum member in the page's language; any other value as text, ``None`` as empty."""
    if isinstance(value, LabelledEnum):
        return value.english if speaks_english() else value.label
    return "" if value is None else str(value)


def choices_of(vocabulary: type[LabelledEnum]) -> list[tuple[str, str]]:
    """``[(value, label in the page's language)]`` in order of definition."""
    return [(member.value, label_of(member)) for member in vocabulary]
