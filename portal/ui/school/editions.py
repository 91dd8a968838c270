"""One plan under each edition of the notices, and the one its authority has come to work with since.

Not here: moving a plan to another edition (checking, ``mofa_requests.actions.plan``).
"""

from __future__ import annotations

from dataclasses import dataclass

from mofa_requests.actions.plan import editions_open_to
from mofa_requests.actions.submit import judge_plan
from portal.dossier.types import Edition
from portal.lawbook.finding import Severity
from portal.ui.labels import label_of
from portal.ui.school.doors import DRAFTERS
from portal.ui.school.standing import Standing


@dataclass(frozen=True)
class EditionLine:
    """What an edition of the procedure says of the plan; ``code`` where one may move to it."""

    title: str
    verdict: str
    blocking: int
    receipt: object
    current: bool
    code: str = ""


def edition_lines(standing: Standing) -> list[EditionLine]:
    """The same plan under each edition; the plan's own one is marked."""
    open_ones = _open_to(standing)
    return [_line(standing, edition, may_choose=edition in open_ones) for edition in Edition]


def newer_edition(standing: Standing) -> EditionLine | None:
    """A draft judged anew under the edition that its authority has come to work with; None when it has that already."""
    later = [edition for edition in _open_to(standing) if edition.value > standing.dossier.edition.value]
    return _line(standing, later[-1], may_choose=True) if later else None


def _open_to(standing: Standing) -> tuple[Edition, ...]:
    page = standing.page
    return editions_open_to(page.request) if page.editable and page.role in DRAFTERS else ()


def _line(standing: Standing, edition: Edition, *, may_choose: bool) -> EditionLine:
    current = edition is standing.dossier.edition
    request = standing.page.request
    report = standing.report if current else judge_plan(request, standing.dossier, on=standing.on, edition=edition)
    return EditionLine(
        title=label_of(edition),
        verdict=label_of(report.verdict),
        blocking=len(report.of(Severity.BLOCK)),
        receipt=report.deadlines.receipt if report.deadlines else None,
        current=current,
        code=edition.value if may_choose and not current else "",
    )
