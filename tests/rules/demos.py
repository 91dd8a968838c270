"""The specimen trips that are complete, as values and as plain documents. Not here: what is done to them."""

from __future__ import annotations

import copy
from functools import cache
from pathlib import Path
from typing import Any

from mofa_requests.rules import judge
from portal.dossier import files
from portal.dossier.types import Dossier
from portal.lawbook.finding import Report, Standing
from tests.rules.casework import TODAY, base_dossier

FOLDER = Path(__file__).parents[2] / "portal" / "demo" / "dossiers"


@cache
def complete() -> dict[str, Dossier]:
    """Every specimen that nothing keeps from being submitted in time, and the base plan of the cases."""
    found = {"base": base_dossier()}
    for path in sorted(FOLDER.glob("*.json")):
        dossier = files.load(path)
        if judge(dossier, on=dossier.as_of).verdict is Standing.READY:
            found[path.stem] = dossier
    return found


@cache
def baseline(name: str) -> Report:
    """What is said of a specimen as it is."""
    return judge_as_of(complete()[name])


def judge_as_of(dossier: Dossier, **more: Any) -> Report:
    return judge(dossier, on=dossier.as_of or TODAY, **more)


def document_of(name: str) -> dict[str, Any]:
    """A fresh copy of a specimen as plain values, every property present."""
    return copy.deepcopy(_document(name))


@cache
def _document(name: str) -> dict[str, Any]:
    return complete()[name].model_dump(mode="json")


def new_findings(name: str, report: Report) -> list[Any]:
    """What a changed specimen is told that it was not told before."""
    before = {(finding.code, finding.field) for finding in baseline(name).findings}
    return [finding for finding in report.findings if (finding.code, finding.field) not in before]
