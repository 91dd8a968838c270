"""Agreeing on what is printed for a character that no font has: named, agreed, printed, taken back, frozen."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from mofa_requests import queries
from mofa_requests.actions.characters import Agreement, agreements_of, substitutes_frozen, substitutes_of
from mofa_requests.actions.plan import store_dossier
from mofa_requests.actions.submit import submit
from mofa_requests.documents.packet import packet_input
from portal.audit.events import EventName
from portal.audit.models import Event
from portal.kit import clock
from tests.factories.cast import Seat, World
from tests.ui.school.conftest import Desk, plan_of
from trips.enums import AgreedWith

pytestmark = pytest.mark.django_db
AtDesk = Callable[[World, Seat], Desk]
RARE, VARIANT = "\U0002fffc", "辻\U000e01e0"
PAGE = "preview/characters/"


@pytest.fixture
def mine(here: World, desk: AtDesk) -> Desk:
    """A principal and a pupil share a character that no font has; the pupil's other one is a variant of 辻."""
    first, *others = here.dossier.participants
    people = (first.model_copy(update={"name": f"{RARE}{VARIANT}　花"}), *others)
    school = here.dossier.school.model_copy(update={"principal": f"渡{RARE}　一"})
    with here.drafter.at_work() as by:
        store_dossier(
            here.request.trip, here.dossier.model_copy(update={"school": school, "participants": people}), by=by
        )
    return desk(here, here.drafter)


def kept(here: World) -> list[Agreement]:
    with here.drafter.at_work():
        return agreements_of(here.request.trip)


def agree(mine: Desk, code: str, shown_as: str, agreed_with: str = "person") -> str:
    prefix = code.replace("U+", "").replace(" ", "-").lower()
    typed = {"code": code, f"{prefix}-shown_as": shown_as, f"{prefix}-agreed_with": agreed_with}
    return mine.post(PAGE, typed, follow=True)


def test_named_with_person_and_field_and_agreed_once_for_all_of_them(here: World, mine: Desk) -> None:
    assert PAGE in mine.open("preview/")
    page = mine.open(PAGE)
    assert "代わりを決めていない字: U+2FFFC" in page
    assert "校長名" in page
    assert f"{RARE}{VARIANT}　花" in page, "the person, by name"
    assert re.search(r'name="8fbb-e01e0-shown_as" value="辻"', page), "a variant's ordinary form is proposed"
    said = agree(mine, "U+2FFFC", "辺")
    assert "U+2FFFCの代わりに「辺」を印字します" in said
    assert "代わりを決めていない字: U+8FBB U+E01E0" in said
    assert "代わりを決めていない字: U+2FFFC" not in said
    (agreement,) = kept(here)
    assert agreement.row.agreed_with == AgreedWith.PERSON.value
    assert agreement.row.agreed_by_id == here.drafter.membership.user_id
    assert {place.split("/")[1] for place in agreement.substitute.places} == {"school", "participants"}
    with here.drafter.at_work():
        source = packet_input(queries.gather_dossier(here.request.trip), agreed=substitutes_of(here.request.trip))
    assert source.dossier.school.principal == "渡辺　一"
    assert plan_of(here).school.principal == f"渡{RARE}　一", "the plan keeps what was typed"


@pytest.mark.parametrize(
    ("shown_as", "says"),
    [
        ("", "代わりに印字する字を書いてください"),
        (RARE, "その字も、この書類の書体にありません"),
        ("あ" * 9, "8文字以内"),
    ],
)
def test_what_cannot_be_printed_either_is_refused(here: World, mine: Desk, shown_as: str, says: str) -> None:
    page = agree(mine, "U+2FFFC", shown_as)
    assert (mine.status, says in page) == (422, True)
    assert kept(here) == []


def test_taken_back_and_put_back_with_every_step_in_the_history(here: World, mine: Desk) -> None:
    agree(mine, "U+2FFFC", "辺")
    (made,) = kept(here)
    end, restore = (f"{PAGE}{made.row.pk}/{step}/" for step in ("end", "restore"))
    page = mine.post(end, follow=True)
    assert "代わりを決めていない字: U+2FFFC" in page
    assert "取り消した取決め" in page
    assert [each.holds for each in kept(here)] == [False]
    assert "ほかの人がいま変えました" in mine.post(end, follow=True)
    mine.post(restore, follow=True)
    assert [each.holds for each in kept(here)] == [True]
    with here.drafter.at_work():
        names = Event.objects.filter(name__startswith="character.").order_by("at", "id").values_list("name", flat=True)
        assert list(names) == [
            EventName.CHARACTER_AGREED.value,
            EventName.CHARACTER_TAKEN_BACK.value,
            EventName.CHARACTER_PUT_BACK.value,
        ]


def test_submission_freezes_what_stood_agreed(here: World, mine: Desk) -> None:
    agree(mine, "U+2FFFC", "辺")
    with here.principal.at_work() as by:
        revision = submit(here.request, by=by, title="校長", on=clock.today())
        frozen = substitutes_frozen(revision)
    assert [(each.char, each.shown_as, each.agreed_on) for each in frozen] == [(RARE, "辺", clock.today())]
    assert "いま書き換えられません" in agree(mine, "U+8FBB U+E01E0", "辻")
    assert len(kept(here)) == 1
    with here.principal.at_work():
        assert substitutes_frozen(revision) == frozen
