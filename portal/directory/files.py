"""Reads this package's YAML tables into typed, immutable rows. Not here: what the tables mean, nor any cache."""

from __future__ import annotations

from importlib import resources
from typing import TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter


class Row(BaseModel):
    """Base of every row: immutable, and a misspelt column is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


RowType = TypeVar("RowType", bound=Row)


def read_table(name: str, row: type[RowType]) -> tuple[RowType, ...]:
    """The rows of ``portal/directory/<name>`` as ``row``; ``pydantic.ValidationError`` names a row that is wrong."""
    text = resources.files("portal.directory").joinpath(name).read_text(encoding="utf-8")
    return TypeAdapter(tuple[row, ...]).validate_python(yaml.safe_load(text))  # type: ignore[valid-type]
