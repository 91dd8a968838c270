"""The deadline ladder: the duties' dates with the arithmetic behind each, for the school's and the authority's pages.

Not here: the arithmetic itself (portal.lawbook.deadlines).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.utils.translation import gettext

from portal.lawbook.deadlines import Deadlines
from portal.ui.labels import speaks_english
from portal.ui.shapes import Rung

_DUTY = {"departure": "receipt"}
"""The step that heads the arithmetic of the last deadline, and the duty it is about."""


def ladder(deadlines: Deadlines | None, *, on: dt.date, done: Mapping[str, dt.date | None] | None = None) -> list[Rung]:
    """School's date, municipal board's, forwarding authority's, ministry's; each with the steps that lead to it.

    ``done`` gives, by the names of the deadlines, the days on which the duties were met.
    """
    if deadlines is None:
        return []
    dates = [
        (gettext("学校の提出期限"), deadlines.school_submission, ("school_submission",)),
        (gettext("市町村教育委員会の発送期限"), deadlines.municipal_dispatch, ("municipal_dispatch",)),
        (gettext("経由機関の発送期限"), deadlines.authority_dispatch, ("authority_dispatch",)),
        (gettext("外務省必着"), deadlines.receipt, ("departure", "nominal", "receipt", "strict")),
    ]
    met = done or {}
    return [
        Rung(
            title, day, (day - on).days, done_on=met.get(_DUTY.get(names[0], names[0])), steps=_steps(deadlines, names)
        )
        for title, day, names in dates
        if day
    ]


def _steps(deadlines: Deadlines, names: tuple[str, ...]) -> list[tuple[str, str]]:
    """The arithmetic of one date in words, each line with what it rests on."""
    chosen = [step for step in deadlines.steps if step.name in names]
    return [(step.english if speaks_english() else step.text, "、".join(step.citation)) for step in chosen]
