"""What every part is: an immutable value, and one property of it with title, duty, remedy and class.

Not here: the parts themselves (school … dossier).
"""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


def item(
    title: str,
    english: str,
    *,
    cite: tuple[str, ...] = (),
    remedy: str = "",
    cls: str = "P1",
    default: Any = None,
    **limits: Any,
) -> Any:
    """One property: Japanese and English title, the duties it answers, where to mend it, and its data class.

    ``cls`` is P0…P3 (trust classes); P2 and P3 values are sealed inside a frozen revision.
    """
    extra: dict[str, Any] = {"x-class": cls, "x-title-en": english}
    if cite:
        extra["x-citation"] = list(cite)
    if remedy:
        extra["x-remedy"] = remedy
    return Field(default=default, title=title, json_schema_extra=extra, **limits)


optional = item  # for the one part that has an attribute called item


def required(title: str, english: str, *, cite: tuple[str, ...] = (), remedy: str = "") -> Any:
    return item(title, english, cite=cite, remedy=remedy, default=...)


class Part(BaseModel):
    """Base of every part: immutable, nothing unknown accepted."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_enum_values=False, ser_json_inf_nan="null")
