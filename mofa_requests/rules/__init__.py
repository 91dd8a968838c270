"""The whole rulebook, and the one door through which every other part of the portal asks it: ``judge``.

Not here: the rules (the chapters of this package, insurance.rules, trips.rules), the engine (portal.lawbook).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from insurance import rules as cover
from mofa_requests.facts import AuthorityRules
from mofa_requests.rules import (
    annex1_contacts,
    annex3_must_report,
    body_duties,
    lead_time,
    local_rules,
    orientation,
    present_day,
)
from portal.dossier.types import Dossier, Edition
from portal.kit import clock
from portal.lawbook.deadlines import AUTHORITY_DAYS, SCHOOL_DAYS, Deadlines, deadlines
from portal.lawbook.finding import Report
from portal.lawbook.parameters import Figure
from portal.lawbook.rulebook import Rulebook
from trips import rules as agreement
from trips.facts import TripFacts

BOOK = Rulebook(
    annex3_must_report.BOOK,
    annex1_contacts.BOOK,
    cover.BOOK,
    agreement.BOOK,
    body_duties.BOOK,
    lead_time.BOOK,
    orientation.BOOK,
    present_day.BOOK,
    local_rules.BOOK,
)
MUNICIPAL_DAYS = 5


def judge(
    dossier: Dossier,
    *,
    edition: Edition | str | None = None,
    on: dt.date | None = None,
    municipal: bool = False,
    authority_parameters: AuthorityRules | Mapping[str, Any] | None = None,
    parameters: Mapping[str, Figure] | None = None,
) -> Report:
    """Judge a dossier under one edition as of one day: the dossier's own edition and today in Tokyo by default.

    ``municipal`` counts back one step more, through the municipal board. ``authority_parameters`` adds the
    authority's own rules and days. ``parameters`` replaces the dated figures of portal.lawbook.parameters.
    """
    local = AuthorityRules.model_validate(authority_parameters) if authority_parameters is not None else None
    code = Edition(edition or dossier.edition).value
    return BOOK.judge(
        dossier,
        edition=code,
        on=on or clock.today(),
        parameters=parameters,
        deadlines=deadlines_of(dossier, edition=code, municipal=municipal, local=local),
        local=local,
    )


def deadlines_of(
    dossier: Dossier, *, edition: str, municipal: bool = False, local: AuthorityRules | None = None
) -> Deadlines | None:
    """The dates of this dossier's trip counted back from its earliest departure; ``None`` while that is unknown."""
    departure = TripFacts(dossier).departs_on
    return None if departure is None else count_back(departure, edition=edition, municipal=municipal, local=local)


def count_back(
    departure: dt.date, *, edition: str, municipal: bool = False, local: AuthorityRules | None = None
) -> Deadlines:
    """The dates of one departure with the days of the authority's own ``local`` rules, or the usual ones."""
    days = local or AuthorityRules(authority_days=AUTHORITY_DAYS, school_days=SCHOOL_DAYS)
    through_board = days.municipal_days if days.municipal_days is not None else MUNICIPAL_DAYS
    return deadlines(
        departure,
        edition,
        authority_days=days.authority_days,
        school_days=days.school_days,
        municipal_days=through_board if municipal else None,
    )
