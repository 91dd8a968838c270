"""Reads an accident with the plans to compare from a JSON file; every problem is named at once.

Of the file only ``scenario`` and each plan's ``name``, ``treatment``, ``rescue``, ``death`` are read: expected figures
that stand beside them are never looked at. Not here: dossier files (portal.dossier.files).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from insurance.facts import UNLIMITED
from insurance.stress.accident import Accident, Yen
from insurance.stress.plan import Plan
from portal.kit.text import Refused

MAX_BYTES = 1024 * 1024
_KINDS = {
    "missing": "ありません",
    "int_type": "整数(円・人・泊)ではありません。小数や文字を使わずに書いてください",
    "string_type": "文字ではありません",
    "string_too_short": "空です",
    "greater_than_equal": "負の数です。0以上の整数で書いてください",
    "less_than_equal": "大きすぎます",
    "list_type": "並び([…])ではありません",
    "too_short": "一つもありません",
    "model_type": "まとまり({…})ではありません",
}
_OTHER = '読めない値です。整数(円)、null(不明)、"unlimited"(無制限)で書いてください'


class _Limits(BaseModel):
    model_config = ConfigDict(extra="ignore")

    name: Annotated[str, StringConstraints(strict=True, min_length=1, max_length=200)]
    treatment: Yen | Literal["unlimited"] | None
    rescue: Yen | Literal["unlimited"] | None
    death: Yen | Literal["unlimited"] | None

    def as_plan(self) -> Plan:
        treatment, rescue, death = (_plain(limit) for limit in (self.treatment, self.rescue, self.death))
        return Plan.of(self.name, treatment=treatment, rescue=rescue, death=death)


class _File(BaseModel):
    model_config = ConfigDict(extra="ignore")

    scenario: Accident
    plans: Annotated[list[_Limits], Field(min_length=1, max_length=100)]


def _plain(limit: int | str | None) -> int | None:
    return UNLIMITED if limit == "unlimited" else int(limit) if limit is not None else None


def read_file(path: Path | str) -> tuple[Accident, tuple[Plan, ...]]:
    """The accident and the plans of a file; raises :class:`Refused` naming every problem."""
    try:
        found = _File.model_validate(_parsed(Path(path)))
    except ValidationError as error:
        told = dict.fromkeys(_sentence(each) for each in error.errors())
        raise Refused("\n".join(told), f"{path} is not a scenario file") from None
    return found.scenario, tuple(plan.as_plan() for plan in found.plans)


def _parsed(path: Path) -> Any:
    try:
        content = path.read_bytes()
        if len(content) > MAX_BYTES:
            raise Refused("ファイルが大きすぎます(1MBまで)", "The file is larger than 1 MB")
        return json.loads(content.decode("utf-8-sig"), parse_constant=_no_number)
    except OSError as error:
        raise Refused(f"ファイルを開けません: {error.strerror}", f"Cannot open the file: {error.strerror}") from None
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        raise Refused("JSONとして読めません", "The file is not JSON") from None


def _no_number(text: str) -> Any:
    raise Refused(f"{text} は数ではありません", f"{text} is not a number")


def _sentence(problem: Any) -> str:
    where = _place(problem["loc"])
    if isinstance(refusal := problem.get("ctx", {}).get("error"), Refused):
        return f"{where}: {refusal}"
    return f"{where}: {_KINDS.get(problem['type'], _OTHER)}"


def _place(loc: tuple[str | int, ...]) -> str:
    """``plans[2].treatment``; the branches that pydantic tries are left out."""
    steps = [
        step for step in loc if not (isinstance(step, str) and ("[" in step or step in ("int", "constrained-int")))
    ]
    return "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in steps).lstrip(".") or "全体"
