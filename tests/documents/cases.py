"""Dossiers for the paper's tests: the specimens of the demo, grown, emptied, and filled in every property.

Not here: any schema-valid dossier (tests.dossier.strategies).
"""

from __future__ import annotations

import datetime as dt
import types as python_types
from pathlib import Path
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from mofa_requests.documents.annex3 import Annex3Item
from portal.dossier import files, types
from portal.dossier.types import Dossier, Part, Request
from portal.kit.choices import LabelledEnum

SPECIMENS = Path(__file__).resolve().parents[2] / "portal/demo/dossiers"


def specimen(name: str = "taiwan_161") -> Dossier:
    return files.load(SPECIMENS / f"{name}.json")


def specimen_names() -> list[str]:
    return sorted(path.stem for path in SPECIMENS.glob("*.json"))


def numbered(dossier: Dossier) -> Dossier:
    """The dossier as it stands once submitted and decided: number, revision, letter, ticks and judgement filled in."""
    request = Request.model_validate(
        {
            "letter": {
                "number": "見教高第123号",
                "dated_on": "2026-12-10",
                "channel": "email",
                "sender_body": "見本県教育委員会",
                "sender_title": "教育長",
                "sender_name": "髙﨑　德子",
                "section": "高校教育課 指導係",
                "person": "濵田　文",
                "phone": "03-0000-6600",
                "email": "koukou@board.example",
                "wanted": "最近の治安、交通及び感染症の状況",
            },
            "ticks": [{"item": item.value, "result": "present"} for item in Annex3Item],
            "decision": {
                "judgement": "clear",
                "reasons": "危険情報の発出がなく、連絡体制が整っている。",
                "decided_on": "2026-12-09",
                "decided_by": "高校教育課長",
            },
        }
    )
    return dossier.model_copy(update={"trip_no": "MIHON-2027-001", "revision": 2, "request": request})


def grown(dossier: Dossier, *, to: int) -> Dossier:
    """The same trip with ``to`` travellers, the last ones copied under new keys."""
    people = dossier.participants
    more = tuple(people[n % len(people)].model_copy(update={"key": f"X{n}"}) for n in range(to - len(people)))
    return dossier.model_copy(update={"participants": people + more})


class Marker:
    """Fills every property of a part with a value that occurs nowhere else, and remembers path → what to look for.

    Text carries 印 and a number; dates lie one day apart; whole numbers are four figures; a path has no positions.
    """

    def __init__(self) -> None:
        self.count = 0
        self.marks: dict[str, Any] = {}

    def fill(self, part: type[Part], path: str = "") -> dict[str, Any]:
        hints = get_type_hints(part, include_extras=True)
        return {name: self._value(hints[name], f"{path}.{name}".strip(".")) for name in part.model_fields}

    def _value(self, hint: Any, path: str) -> Any:
        kind = _bare(hint)
        if get_origin(kind) is tuple:
            return [self._value(get_args(kind)[0], path)]
        if isinstance(kind, type) and issubclass(kind, Part):
            return self.fill(kind, path)
        if isinstance(kind, type) and issubclass(kind, LabelledEnum):
            return next(iter(kind)).value
        if kind is bool:
            return True
        self.count += 1
        self.marks[path] = value = self._leaf(kind, hint)
        return value

    def _leaf(self, kind: Any, hint: Any) -> Any:
        if _has(hint, types.Day):
            return dt.date(2030, 1, 1) + dt.timedelta(days=self.count)
        if _has(hint, types.LocalTime):
            return dt.datetime(2031, 1, 1, 10, 30) + dt.timedelta(days=self.count)
        if _has(hint, types.ClockTime):
            return dt.time(3, self.count % 60)
        if _has(hint, types.Days):
            return 900 + self.count % 100
        if kind is int:
            return 4000 + self.count
        return "0886" if _has(hint, types.CountryCode) else self._text(hint)

    def _text(self, hint: Any) -> str:
        if _has(hint, types.Zone):
            return "Asia/Taipei"
        return f"k{self.count}" if _has(hint, types.Key) else f"印{self.count}番"


def _bare(hint: Any) -> Any:
    origin = get_origin(hint)
    if origin is Annotated:
        return _bare(get_args(hint)[0])
    if origin in (Union, python_types.UnionType):
        return _bare(next(each for each in get_args(hint) if each is not type(None)))
    return hint


def _has(hint: Any, alias: Any) -> bool:
    return hint == alias or any(_has(each, alias) for each in get_args(hint) if get_origin(hint) is not Annotated)


def marked() -> tuple[Dossier, dict[str, Any]]:
    """A dossier with every property filled, references joined up, and path → value for every leaf."""
    marker = Marker()
    values = marker.fill(Dossier)
    values |= {"schema_version": types.SCHEMA_VERSION, "edition": "2003"}
    person, group = values["participants"][0]["key"], values["groups"][0]["key"]
    values["participants"][0] |= {"born_on": dt.date(2012, 5, 5), "group": group}
    values["leader"]["participant"] = values["conductor"]["participant"] = person
    values["groups"][0]["leader"] = values["opt_outs"][0]["participant"] = person
    values["hosts"][0]["guests"] = values["policies"][0]["insured"] = [person]
    for part in (values["legs"], values["activities"], values["stays"]):
        part[0]["groups"] = [group]
    values["destinations"][0] |= {"danger_level": 3, "infection_level": 2}
    values["policies"][0]["benefits"][0]["unlimited"] = False
    values["policies"][0]["benefits"][0]["shared_with"] = ["rescue"]
    return Dossier.model_validate(values), marker.marks
