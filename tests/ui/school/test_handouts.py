"""Papers from the desk: offered with what they hold, made by those who may, special care with a recorded reason."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from portal.audit.models import Event
from portal.kit.roles import Role
from portal.vault.keyring import cipher_for
from tests.factories.cast import Seat, World, seat
from tests.kit.pdf import paper
from tests.ui.authority.conftest import submitted
from tests.ui.school.conftest import Desk, plan_of
from trips.actions.roster import save_health
from trips.actions.roster_rows import keeping_health
from trips.models import Participant

AtDesk = Callable[[World, Seat], Desk]


@pytest.fixture
def mine(here: World, desk: AtDesk) -> Desk:
    return desk(here, here.drafter)


def give_care(here: World) -> Participant:
    """One pupil with an allergy and a consented blood type."""
    with here.drafter.at_work() as actor, keeping_health():
        person = Participant.objects.filter(deleted_at=None).exclude(consented_on=None).first()
        assert person is not None
        values = {"blood_type": "AB Rh-", "allergy": "落花生の印"}
        save_health(person, values, by=actor, cipher=cipher_for(person.trip_id))
    return person


def test_page_offers_each_paper_with_its_receiver(mine: Desk) -> None:
    page = mine.open("papers/")
    assert mine.status == 200
    for title in ("緊急連絡カード", "英文の緊急連絡先表", "引渡し書", "健康上の配慮一覧", "提出の控え"):
        assert title in page
    assert "提出すると作れます。" in page
    assert "papers/" in mine.open("preview/")


@pytest.mark.parametrize("kind", ["card", "contacts_en"])
def test_open_paper_is_made_from_the_live_plan(here: World, mine: Desk, kind: str) -> None:
    mine.open(f"papers/{kind}.pdf")
    assert mine.answer["Content-Type"] == "application/pdf"
    leader = plan_of(here).leader.mobile
    assert leader
    assert paper.plain(leader)[-9:] in paper.text_of(mine.answer.content)


def test_receipt_of_a_filing_needs_a_filing(here: World, mine: Desk) -> None:
    mine.open("papers/filing.pdf")
    assert mine.status == 404
    submitted(here)
    mine.open("papers/filing.pdf")
    text = paper.text_of(mine.answer.content)
    assert "提出した版第1版" in text
    assert "外務省へ送付した日まだ" in text


@pytest.mark.parametrize(
    "path", ["papers/health.pdf", "papers/insurer.pdf", "papers/card/", "papers/none/", "papers/none.pdf"]
)
def test_paper_has_one_way_and_unknown_ones_none(mine: Desk, path: str) -> None:
    mine.open(path)
    assert mine.status == 404


def test_health_sheet_needs_a_reason_and_leaves_it_in_the_history(here: World, mine: Desk) -> None:
    person = give_care(here)
    assert "作る理由" in mine.open("papers/health/")
    mine.post("papers/health/", {"copies": "2"})
    assert mine.status == 422
    assert not Event.objects.filter(name="health.opened").exists()
    mine.post("papers/health/", {"reason": "carry", "copies": "2"})
    text = paper.text_of(mine.answer.content)
    assert "落花生の印" in text
    assert paper.plain(str(person.name)) in text
    assert "第2部(全2部)" in text
    event = Event.objects.get(name="health.opened")
    assert event.facts == {"reason": "引率者が旅行に持って行くため"}
    assert "落花生" not in event.sentence("ja")


def test_insurer_gets_the_blood_type_and_nothing_else_of_it(here: World, mine: Desk) -> None:
    give_care(here)
    mine.post("papers/insurer/", {"reason": "insurer"})
    text = paper.text_of(mine.answer.content)
    assert "ABRh-" in text
    assert "落花生" not in text
    assert Event.objects.filter(name="health.opened").count() == 1


def test_home_contact_makes_no_paper_with_special_care(here: World, desk: AtDesk) -> None:
    at_home = desk(here, seat(Role.SCHOOL_HOME_CONTACT, here.request.school))
    assert "計画の作成者、校長、引率者が作れます。" in at_home.open("papers/")
    at_home.open("papers/health/")
    assert at_home.status == 404
    at_home.open("papers/card.pdf")
    assert at_home.status == 200


def test_page_speaks_english(mine: Desk) -> None:
    page = mine.client.get(mine.base + "papers/", headers={"Accept-Language": "en"}).content.decode()
    assert "Papers for others than the ministry" in page
    assert "Leader&#x27;s health sheet" in page
