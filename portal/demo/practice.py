"""The specimen a school plays with: a ferry trip to Korea some weeks ahead, with some things left out on purpose.

Not here: opening it as a plan (mofa_requests.actions.practice).
"""

from __future__ import annotations

import datetime as dt
from importlib import resources

from portal.dossier import files
from portal.dossier.shift import shift, weeks_between
from portal.dossier.types import Dossier

_AHEAD = dt.timedelta(weeks=13)


def practice_dossier(*, on: dt.date) -> Dossier:
    """A plan that departs a quarter of a year after ``on``; a night number, the beds on land and spellings lack."""
    folder = resources.files("portal.demo").joinpath("dossiers")
    plan = files.load(folder.joinpath("korea_ferry.json").read_bytes())
    assert plan.outline.departs_on
    moved = shift(plan, weeks_between(plan.outline.departs_on, on + _AHEAD))
    first, *others = moved.home_contacts
    ferry, _on_land, back = moved.stays
    unspelled = {"passport_surname": None, "passport_given": None}
    people = moved.participants
    left_out = {
        "home_contacts": (first.model_copy(update={"night_phone": None}), *others),
        "stays": (ferry, back),
        "participants": (*(person.model_copy(update=unspelled) for person in people[:4]), *people[4:]),
        "outline": moved.outline.model_copy(update={"title": "【練習】韓国への修学旅行(見本)"}),
    }
    return moved.model_copy(update=left_out)
