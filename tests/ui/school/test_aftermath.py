"""After the return: the report with its conflict, notes of incidents with their way back, nothing before departure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest

from portal.kit import clock
from tests.factories.cast import Seat, World
from tests.ui.school.conftest import Desk, plan_of
from trips.models import IncidentNote, ReturnReport

AtDesk = Callable[[World, Seat], Desk]
REPORT = {"act": "report", "returned_on": "2027/3/8", "all_back": "yes", "summary": "髙原での授業に加わった"}
NOTE = {
    "act": "note",
    "incident-happened_at": "2027/3/1 25:30",
    "incident-place": "見本市立病院",
    "incident-kind": "illness",
    "incident-people": "１",
    "incident-what": "2年1組の生徒1人が発熱",
    "incident-measures": "受診し、翌朝に回復",
    "incident-told": "1:40 校長",
}


@pytest.fixture
def back(here: World) -> Iterator[World]:
    """The same school on the day of the return."""
    returns_on = plan_of(here).outline.returns_on
    assert returns_on is not None
    with clock.stopped_at(returns_on):
        yield here


def version(desk: Desk) -> str:
    found = re.search(r'name="base_version" value="(\d+)"', desk.open("after/"))
    assert found is not None
    return found[1]


def test_before_the_departure_there_is_nothing_to_write(here: World, desk: AtDesk) -> None:
    mine = desk(here, here.drafter)
    assert "まだ出発していません" in mine.open("after/")
    assert "出発の日から書けます" in mine.post("after/", {**REPORT, "base_version": "0"}, follow=True)
    assert not ReturnReport.objects.exists()


def test_two_reports_at_once_keep_both_texts(back: World, desk: AtDesk) -> None:
    mine, theirs = desk(back, back.drafter), desk(back, back.principal)
    seen = version(mine)
    theirs.post("after/", {**REPORT, "base_version": version(theirs)})
    assert theirs.status == 302
    mine.post("after/", {**REPORT, "base_version": seen})  # the very same text: a double press
    assert mine.status == 302
    page = mine.post("after/", {**REPORT, "summary": "雨の日が多かった", "base_version": seen})
    assert mine.status == 409
    assert "髙原での授業に加わった" in page
    assert "雨の日が多かった" in page
    mine.post("after/", {**REPORT, "summary": "雨の日が多かった", "base_version": version(mine)})
    assert mine.status == 302
    assert "雨の日が多かった" in theirs.open("after/")


def test_an_incident_is_noted_once_taken_back_and_put_back(back: World, desk: AtDesk) -> None:
    mine = desk(back, back.drafter)
    for _ in range(2):
        assert "できごとを記録しました" in mine.post("after/", NOTE, follow=True)
    note = IncidentNote.objects.get()
    assert "3月2日(火) 1:30 病気" in mine.page
    assert b"\xe7\x99\xba\xe7\x86\xb1" not in bytes(note.what)
    assert "下の一覧から戻せます" in mine.post("after/", {"act": "away", "note": str(note.pk)}, follow=True)
    assert "受診し、翌朝に回復" not in mine.page
    assert "見つかりません" in mine.post("after/", {"act": "away", "note": str(note.pk)}, follow=True)
    assert "記録を戻しました" in mine.post("after/", {"act": "back", "note": str(note.pk)}, follow=True)
    assert "受診し、翌朝に回復" in mine.page


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({**NOTE, "incident-happened_at": "きのう"}, "日付と時刻を"),
        ({**NOTE, "incident-what": ""}, "この項目は必須です"),
        ({**REPORT, "returned_on": "2027/2/30"}, "2027/2/30"),
    ],
)
def test_what_is_wrong_is_said_and_the_text_stays(back: World, desk: AtDesk, sent: dict[str, str], says: str) -> None:
    mine = desk(back, back.drafter)
    page = mine.post("after/", {**sent, "base_version": "0"})
    assert mine.status == 422
    assert says in page
    assert (sent.get("summary") or sent["incident-told"]) in page
    assert not IncidentNote.objects.exists()
    assert not ReturnReport.objects.filter(version__gt=0).exists()
