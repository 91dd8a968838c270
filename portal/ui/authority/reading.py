"""One look at a submitted revision: the rules' report on it and the deadlines. Not here: what changed (changes)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import cached_property

from django.utils.translation import gettext

from mofa_requests.actions.submit import judge_plan
from mofa_requests.enums import RequestState
from mofa_requests.rules import BOOK
from portal.kit import clock
from portal.lawbook.finding import Report
from portal.ui.authority.doors import RequestPage
from portal.ui.ladder import ladder
from portal.ui.shapes import Rung


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
