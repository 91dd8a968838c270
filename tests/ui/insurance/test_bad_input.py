"""What is wrong in a contract as it is typed: each said in plain words, and nothing that was typed is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.test import Client

from insurance.contracts import oddities
from mofa_requests import queries
from mofa_requests.actions.plan import store_dossier
from portal.dossier.types import Dossier
from portal.kit import clock
from tests.factories.cast import World, world
from tests.ui.api.test_api import caller
from tests.ui.posting import posted

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(db: None) -> Iterator[World]:
    made = world()
    with clock.stopped_at(made.on):
        yield made


@pytest.fixture
def client(here: World) -> Client:
    return caller(here.drafter)


def plan(here: World) -> Dossier:
    with here.drafter.at_work():
        return queries.gather_dossier(here.request.trip)


def typed(here: World, client: Client, **change: str) -> str:
    """The section as a browser sends it with ``change`` in the first contract; the page it comes back as."""
    url = f"/trips/{here.request.trip_id}/sections/insurance/"
    page = client.get(url).content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    form = next(found for found in re.findall(r"<form.*?</form>", main, re.DOTALL) if "data-autosave" in found)
    key = plan(here).policies[0].key
    data = posted(form, **{f"policies-{key}-{name}": value for name, value in change.items()})
    data["done"] = "1"
    client.post(url, data.urlencode(), content_type="application/x-www-form-urlencoded")
    return client.get(url).content.decode()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("-30000000", "負の金額は使えません"),
        ("US$ 300,000", "円で書いてください"),
        ("３万ユーロ", "円で書いてください"),
        ("9999999999999999", "1,000,000,000,000 までの数で"),
        ("三千万くらい", "数字で書いてください"),
    ],
)
def test_an_amount_that_cannot_be_used_stays_typed_and_is_named(
    here: World, client: Client, text: str, says: str
) -> None:
    before = plan(here).policies
    shown = typed(here, client, limit_injury_treatment=text)
    assert says in shown
    assert text in shown
    assert plan(here).policies == before


def test_two_contracts_with_one_number_or_one_period_are_kept_and_named(here: World, client: Client) -> None:
    stored = plan(here)
    first = stored.policies[0]
    twin = first.model_copy(update={"key": "p9"})
    dossier = stored.model_copy(update={"policies": (first, twin)})
    assert len(oddities(dossier)) == 2
    with here.drafter.at_work() as by:
        store_dossier(here.request.trip, dossier, by=by)
    shown = client.get(f"/trips/{here.request.trip_id}/cover/").content.decode()
    assert f"証券番号が同じ({first.number})" in shown
    assert "同じ期間に重なっています" in shown
    assert len(plan(here).policies) == 2


def test_a_limit_that_nobody_wrote_is_unknown_and_never_nothing(here: World, client: Client) -> None:
    typed(here, client, limit_rescue="", deductible_rescue="5000")
    benefit = next(each for each in plan(here).policies[0].benefits if each.kind.value == "rescue")
    assert benefit.limit is None
    assert "不明(未入力)" in client.get(f"/trips/{here.request.trip_id}/cover/").content.decode()
    stress = client.get(f"/trips/{here.request.trip_id}/cover/stress/").content.decode()
    assert "〜" in stress
