"""One trip, start to end, at real screens: a school writes it, its office checks and forwards it, JCSOS looks on.

The whole portal runs (web, worker, scheduler, PostgreSQL, Valkey) with the demo loaded; everybody uses the pages alone.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from mofa_requests.documents.annex3 import Annex3Item
from portal.dossier import files
from portal.kit import clock
from tests.flows import desk, readback, school
from tests.flows.people import sign_in
from tests.flows.small_trip import adults, pupils, small_trip
from tests.kit.pdf import paper
from tests.stack import LiveStack

pytestmark = pytest.mark.browser

USUAL_PATIENCE_MS, PATIENCE_MS = 5_000, 60_000
LETTER, WANTED = "5見私学第2187号", "台北市内の川沿いの治安と、研修の時期の感染症"


@pytest.fixture(autouse=True)
def patience() -> Iterator[None]:
    """Two cores serve database, worker, web and browser: pages may take their time."""
    expect.set_options(timeout=PATIENCE_MS)
    yield
    expect.set_options(timeout=USUAL_PATIENCE_MS)


def test_a_plan_becomes_a_forwarded_request(live_stack: LiveStack, browser: Browser) -> None:
    on = clock.today()
    trip = small_trip(on=on)
    title = str(trip.outline.title)

    teacher = sign_in(browser, live_stack.url, "kian@mihon-gakuen.example")
    workspace = school.start_trip(teacher, title)
    school.write_outline(teacher, workspace, trip)
    school.import_pupils(teacher, workspace, pupils(on=on), {group.key: str(group.name) for group in trip.groups})
    school.add_adults(teacher, workspace, trip, adults())
    school.name_group_leader(teacher, workspace, trip)
    school.write_home_contacts(teacher, workspace, trip)
    school.write_the_rest(teacher, workspace, trip)
    school.expect_ready(teacher, workspace)
    written = files.load(school.export_plan(teacher, workspace))
    assert readback.as_plan(written) == readback.as_plan(trip)

    principal = sign_in(browser, live_stack.url, "kocho@mihon-gakuen.example")
    school.submit(principal, workspace)

    officer = sign_in(browser, live_stack.url, "tanto@pref-mihon.example")
    request = desk.open_request(officer, title)
    desk.claim(officer)
    desk.tick_everything(officer)
    approver = sign_in(browser, live_stack.url, "kessai@pref-mihon.example")
    desk.decide_twice(approver, request)
    desk.fix_letter(officer, request, number=LETTER, wanted=WANTED)
    pdf = desk.download_packet(officer)
    desk.forward(officer, evidence="送信控えを文書管理簿に綴った")
    desk.acknowledge(officer, received_on=on, evidence="受領の返信メール")

    text = paper.text_of(pdf)
    assert readback.missing_on_paper(trip, text) == []
    assert readback.held_back_on_paper(trip, text) == []
    assert text.count("○記載あり") == len(Annex3Item)
    for words in (LETTER, WANTED, "第1版", "条件付き", desk.CONDITION, desk.NOTE):
        assert paper.plain(words) in text

    auditor = sign_in(browser, live_stack.url, "kansa@jcsos.example")
    seen = desk.read_as_auditor(auditor, title)
    assert {leg.number for leg in trip.legs} <= set(seen.split())
    assert [word for word in readback.personal_words(trip) if word in auditor.page.content()] == []

    history = school.read_timeline(teacher, workspace)
    assert [words for words in HISTORY if history.count(words) != 1] == []
    assert "第2版" not in history


HISTORY = (
    "第1版を提出しました",
    "確認を始めました",
    "別添三の照合を判断しました(漏れなし)",
    "実施の是非を判断しました(条件付き)",
    "承認しました",
    f"送付文書を確定しました({LETTER})",
    "送付用PDFを作成しました",
    "外務省へ送付しました(電子メール)",
    "外務省の受領を記録しました",
    "JCSOSが旅行を閲覧しました",
)
"""What the school reads of its request afterwards, each once."""
