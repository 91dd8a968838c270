"""Examples and reasons beside the fields, from hints.yaml. Not here: titles (portal.dossier.types), rules."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict
from pydantic import Field as Property

from portal.ui.labels import speaks_english

HINTS_FILE = Path(__file__).with_name("hints.yaml")


class Hint(BaseModel):
    """``why`` and ``example`` in both languages; ``need`` when submission asks for the field (domain §2, column M)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    need: bool = False
    example: str = ""
    example_en: str = Property(default="", alias="example-en")
    why: str = ""
    why_en: str = Property(default="", alias="why-en")


NO_HINT = Hint()


@cache
def hints() -> dict[str, Hint]:
    """All hints by pointer, ``HomeContact.night_phone``."""
    rows = yaml.safe_load(HINTS_FILE.read_text(encoding="utf-8"))
    return {pointer: Hint.model_validate(row) for pointer, row in rows.items()}


def hint_of(part_name: str, field_name: str) -> Hint:
    """The hint of one property, or an empty one."""
    return hints().get(f"{part_name}.{field_name}", NO_HINT)


def hint_text(part_name: str, field_name: str) -> str:
    """Reason and example in the page's language, as one line."""
    hint = hint_of(part_name, field_name)
    if speaks_english():
        example = f"e.g. {hint.example_en or hint.example}" if hint.example else ""
        return " ".join(filter(None, (hint.why_en, example)))
    return " ".join(filter(None, (hint.why, f"例: {hint.example}" if hint.example else "")))
