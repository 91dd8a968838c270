"""While a packet is made its page says in numbers how far it is; when it cannot be made, which fields are to blame."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mofa_requests import queries
from mofa_requests.actions import review
from mofa_requests.actions.sending import fix_letter
from mofa_requests.enums import Topic
from portal.jobs import worker
from portal.jobs.models import Job
from portal.jobs.progress import Teller
from tests.factories.cast import Seat, World
from tests.ui.authority.conftest import Desk, newest
from tests.ui.authority.test_desk import claimed, ticked
from tests.ui.authority.test_faxing import LETTER

pytestmark = pytest.mark.django_db
AtDesk = Callable[[World, Seat], Desk]
STATUS, STOP_POLLING = "sending/packet/", 286


def ordered(made: World) -> Job:
    """The job of a packet whose letter was fixed just now."""
    claimed(made)
    ticked(made, made.officer)
    with made.approver.at_work() as by:
        for topic, verdict in ((Topic.COMPLETENESS, "complete"), (Topic.SAFETY, "clear")):
            review.decide(newest(made), topic, verdict, reasons="", by=by, title="課長")
        letter = fix_letter(newest(made), LETTER.model_copy(update={"dated_on": made.on}), by=by)
        job = queries.render_job_of(letter)
    assert job is not None
    return job


def test_page_tells_pieces_and_sheets_and_stops_asking_when_it_cannot_be_made(here: World, at_desk: AtDesk) -> None:
    job = ordered(here)
    desk = at_desk(here, here.officer)
    assert "順番を待っています" in desk.open(STATUS)
    taken = worker.claim(job.pk)
    assert taken is not None
    Teller(taken).tell(done=4, total=12, pages=7)
    page = desk.open(STATUS)
    assert "12の部分のうち4つを組みました(7枚)" in page
    assert '<progress value="4" max="12"' in page
    assert 'hx-trigger="every 2s"' in page
    assert "<noscript>" in page, "a link for those without scripts"
    Teller(taken).tell(done=12, total=12, pages=20)
    assert "20枚を組み終え、まとめて封印しています" in desk.open("sending/")
    worker.park(taken, problem="書類の「計画書」を30秒以内に組めませんでした。長い欄: 旅行概要 › 目的(4,000字)。")
    assert "旅行概要 › 目的(4,000字)" in desk.open(STATUS, status=STOP_POLLING)
    assert "<progress" not in desk.page
