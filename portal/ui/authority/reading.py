"""One look at a submitted revision: the rules' report on it, the deadlines, and what changed since an earlier one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import cached_property

from django.utils.translation import gettext

from mofa_requests import queries
from mofa_requests.actions.submit import judge_plan
from mofa_requests.enums import RequestState
from mofa_requests.models import MofaRequest, Revision
from mofa_requests.rules import BOOK
from portal.dossier.diff import Change, diff
from portal.dossier.types import Dossier, Part
from portal.kit import clock
from portal.lawbook.finding import Report
from portal.ui.authority.doors import RequestPage
from portal.ui.authority.values import shown
from portal.ui.labels import label_of, speaks_english
from portal.ui.ladder import ladder
from portal.ui.shapes import Rung

PREVIOUS, FORWARDED = "previous", "forwarded"


@dataclass(frozen=True)
class ShownChange:
    """One difference in words; ``before`` and ``after`` are empty where a person's data stands."""

    place: str
    kind: str
    before: str
    after: str
    personal: bool


@dataclass(frozen=True)
class Comparison:
    """What changed, and since which revision; no ``since`` when nothing came before."""

    since: str = ""
    choices: tuple[tuple[str, str, bool], ...] = ()
    changes: tuple[ShownChange, ...] = ()


@dataclass(frozen=True)
class Reading:
    """The newest revision as the rules see it on ``on``: today while it is open, else the day it was settled."""

    page: RequestPage
    on: dt.date

    @cached_property
    def report(self) -> Report:
        return judge_plan(self.page.request, self.page.dossier, on=self.on)

    @property
    def book_moved(self) -> bool:
        """Whether the rules were amended since the school submitted."""
        return self.page.revision.lawbook_digest != BOOK.digest

    def rungs(self) -> list[Rung]:
        """The deadline ladder, with the days on which a duty was met."""
        request = self.page.request
        met = {
            gettext("学校の提出期限"): request.submitted_at,
            gettext("市町村教育委員会の発送期限"): request.endorsed_at,
            gettext("経由機関の発送期限"): request.forwarded_at,
        }
        days = {title: clock_day(at) for title, at in met.items() if at}
        if request.received_on:
            days[gettext("外務省必着")] = request.received_on
        rungs = ladder(self.report.deadlines, on=clock.today())
        return [replace(rung, done_on=days.get(rung.title)) for rung in rungs]

    def compare(self, wanted: str) -> Comparison:
        """The changes since the revision before, or since the one in force at the ministry."""
        bases = {name: found for name, found in _bases(self.page.request).items() if found is not None}
        if not bases:
            return Comparison()
        chosen = wanted if wanted in bases else next(iter(bases))
        choices = tuple((name, _base_title(name, found), name == chosen) for name, found in bases.items())
        old = queries.open_dossier(bases[chosen], cipher=self.page.cipher)
        changes = diff(_without_number(old), _without_number(self.page.dossier))
        return Comparison(
            _base_title(chosen, bases[chosen]), choices, tuple(_shown_change(change) for change in changes)
        )


def read(page: RequestPage) -> Reading:
    """A look at the newest revision, judged as of the day that counts."""
    request = page.request
    settled = {
        RequestState.RETURNED: request.returned_at,
        RequestState.APPROVED: request.approved_at,
        RequestState.FORWARDED: request.approved_at,
        RequestState.ACKNOWLEDGED: request.approved_at,
        RequestState.WITHDRAWN: request.withdrawn_at,
    }.get(request.state_kind)
    return Reading(page, clock_day(settled) if settled else clock.today())


def clock_day(instant: dt.datetime) -> dt.date:
    """The date in Tokyo."""
    return instant.astimezone(clock.TOKYO).date()


def _bases(request: MofaRequest) -> dict[str, Revision | None]:
    earlier = queries.revisions_of(request).filter(number__lt=request.revision_number).last()
    return {
        PREVIOUS: queries.revision_of(request, number=earlier.number) if earlier else None,
        FORWARDED: queries.last_forwarded(request),
    }


def _base_title(name: str, revision: Revision) -> str:
    words = gettext("第%(number)d版") if name == PREVIOUS else gettext("送付済みの第%(number)d版")
    return words % {"number": revision.number}


def _without_number(dossier: Dossier) -> Dossier:
    return dossier.model_copy(update={"revision": None, "as_of": None})


def _shown_change(change: Change) -> ShownChange:
    whole = isinstance(change.old, Part) or isinstance(change.new, Part)
    hidden = change.personal or whole
    return ShownChange(
        place=change.label_en if speaks_english() else change.label,
        kind=label_of(change.kind),
        before="" if hidden else shown(change.old),
        after="" if hidden else shown(change.new),
        personal=change.personal and not whole,
    )
