"""Reads the YAML cases and applies a case's changes to the base plan. Not here: the assertions (test_cases)."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from mofa_requests.rules import judge
from portal.dossier.types import Dossier
from portal.lawbook.finding import Report

FOLDER = Path(__file__).parent
TODAY = dt.date(2026, 12, 1)


@cache
def _base() -> dict[str, Any]:
    return yaml.safe_load((FOLDER / "base.yaml").read_text(encoding="utf-8"))


def base_document() -> dict[str, Any]:
    """A fresh copy of the base plan as plain values."""
    return copy.deepcopy(_base())


@cache
def base_dossier() -> Dossier:
    """The base plan, complete and right as of ``TODAY``."""
    return Dossier.model_validate(base_document())


def case_files() -> list[Path]:
    return sorted(path for path in FOLDER.glob("*.yaml") if path.stem != "base")


def read_cases(path: Path) -> Iterator[dict[str, Any]]:
    """Every case of one file, with the rule's code in it."""
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    for case in content["cases"]:
        yield {"rule": content["rule"], **case}


def dossier_of(case: dict[str, Any]) -> Dossier:
    """The base plan with the case's changes: ``change`` sets values, ``remove`` takes entries out, ``add`` appends."""
    document = base_document()
    for pointer, value in case.get("change", {}).items():
        parent, last = place(document, pointer)
        parent[last] = value
    for pointer, value in case.get("add", {}).items():
        parent, last = place(document, pointer)
        parent.setdefault(last, []).append(value)
    for pointer in case.get("remove", ()):
        parent, last = place(document, pointer)
        del parent[last]
    return Dossier.model_validate(document)


def place(document: Any, pointer: str) -> tuple[Any, Any]:
    """The container of a JSON pointer and the last step as its key; parts on the way are made when absent."""
    steps = [int(step) if step.isdecimal() else step for step in pointer.strip("/").split("/")]
    for step in steps[:-1]:
        if isinstance(document, dict) and step not in document:
            document[step] = {}
        document = document[step]
    return document, steps[-1]


def judge_case(case: dict[str, Any]) -> Report:
    return judge(
        dossier_of(case),
        edition=case.get("edition"),
        on=case.get("day", TODAY),
        municipal=case.get("municipal", False),
        authority_parameters=case.get("authority"),
    )
