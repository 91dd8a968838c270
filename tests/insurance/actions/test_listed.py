"""The list of insurers and products: dated entries, none without a source, verified by somebody, read by all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import Error

from insurance import queries
from insurance.actions.listed import Firm, Offer, list_firm, list_product, retire_listed, verify_listed
from insurance.enums import FirmKind
from insurance.models import ListedFirm
from portal.audit.models import Event
from portal.audit.record import Actor
from portal.directory.kinds import OrgKind
from portal.dossier.types import Benefit, BenefitKind
from portal.kit import clock
from portal.kit.ids import uuid7
from portal.kit.machine import Refused
from portal.kit.roles import Role
from portal.tenancy.models import Org
from tests.factories.cast import Seat, school, seat

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 22)
SOURCE = "例示損保(見本)の公式サイト「会社概要」2026年11月20日"


@pytest.fixture(autouse=True)
def _today() -> object:
    with clock.stopped_at(TODAY):
        yield


@pytest.fixture
def desk() -> Seat:
    org = Org.objects.create(kind=OrgKind.JCSOS.value, name="JCSOS(見本)")
    return seat(Role.JCSOS_MEMBERS, org)


def firm(**change: object) -> Firm:
    return Firm(**{"name": "例示損保(見本)", "source": SOURCE, "valid_from": dt.date(2026, 4, 1), **change})  # type: ignore[arg-type]


def test_a_new_entry_of_the_same_firm_follows_the_old_one_on_its_day(desk: Seat) -> None:
    with desk.at_work() as by:
        old = list_firm(firm(phone="03-0000-1111"), by=by)
        new = list_firm(firm(phone="03-0000-2222", valid_from=dt.date(2027, 4, 1)), by=by, subject=old.subject)
        assert [entry.pk for entry in queries.firms_on(dt.date(2027, 3, 31))] == [old.pk]
        assert [entry.pk for entry in queries.firms_on(dt.date(2027, 4, 1))] == [new.pk]
        assert queries.firms_on(dt.date(2026, 3, 31)) == []
        assert [entry.phone for entry in queries.firm_history(old.subject)] == ["03-0000-2222", "03-0000-1111"]


def test_what_nobody_verified_for_a_year_wants_a_look(desk: Seat) -> None:
    with desk.at_work() as by:
        never = list_firm(firm(), by=by)
        known = list_firm(firm(name="例示アシスタンス(見本)", kind=FirmKind.ASSISTANCE, strong_in=("0886",)), by=by)
        verify_listed(known, on=TODAY, by=by)
        assert [entry.pk for entry in queries.stale_firms(TODAY)] == [never.pk]
        assert [entry.pk for entry in queries.stale_firms(TODAY + dt.timedelta(366))] == [never.pk, known.pk]
        retire_listed(never, on=TODAY, by=by)
        assert queries.stale_firms(TODAY) == []
    assert [event.name for event in Event.objects.all()] == [
        "listed.entered", "listed.entered", "listed.verified", "listed.retired",
    ]  # fmt: skip


def test_a_product_hangs_on_listed_firms(desk: Seat) -> None:
    benefits = (Benefit(kind=BenefitKind.INJURY_TREATMENT, limit=30_000_000),)
    with desk.at_work() as by:
        insurer = list_firm(firm(), by=by)
        helper = list_firm(firm(name="例示アシスタンス(見本)", kind=FirmKind.ASSISTANCE), by=by)
        offer = Offer(
            "海外旅行保険(見本)", SOURCE, TODAY, insurer=insurer.subject, assistance=helper.subject, benefits=benefits
        )
        stored = list_product(offer, by=by)
        found = queries.products_on(TODAY)[0]
        assert (found.pk, found.benefits[0]["limit"]) == (stored.pk, 30_000_000)
        assert queries.stale_products(TODAY) == [stored]
        assert queries.product_history(stored.subject) == [stored]


REFUSALS: list[tuple[str, Callable[[ListedFirm], object], str]] = [
    ("no name", lambda row: firm(name="  "), "名称を書いて"),
    ("no source", lambda row: firm(source=""), "出典を書いて"),
    ("the same day", lambda row: firm(), "すでにあります"),
    ("no insurer", lambda row: Offer("商品", SOURCE, TODAY), "保険会社を一覧から"),
    ("unknown insurer", lambda row: Offer("商品", SOURCE, TODAY, insurer=uuid7()), "保険会社を一覧から"),
    (
        "an insurer that is to assist",
        lambda row: Offer("商品", SOURCE, TODAY, insurer=row.subject, assistance=row.subject),
        "アシスタンス会社を一覧から",
    ),
    (
        "a benefit twice",
        lambda row: Offer("商品", SOURCE, TODAY, insurer=row.subject, benefits=(Benefit(kind=BenefitKind.RESCUE),) * 2),
        "「救援者費用」が二度",
    ),
]


@pytest.mark.parametrize(("made", "says"), [pytest.param(made, says, id=name) for name, made, says in REFUSALS])
def test_what_cannot_be_listed_is_said(desk: Seat, made: Callable[[ListedFirm], object], says: str) -> None:
    with desk.at_work() as by:
        row = list_firm(firm(), by=by)
        wanted = made(row)
        with pytest.raises(Refused, match=says) as refused:
            _enter(wanted, row, by)
        assert refused.value.english
        assert len(queries.firms_on(TODAY)) == 1


def _enter(wanted: object, row: ListedFirm, by: Actor) -> None:
    if isinstance(wanted, Firm):
        list_firm(wanted, by=by, subject=row.subject)
    elif isinstance(wanted, Offer):
        list_product(wanted, by=by)


def test_days_out_of_order_are_refused(desk: Seat) -> None:
    with desk.at_work() as by:
        row = list_firm(firm(), by=by)
        with pytest.raises(Refused, match="今日まで"):
            verify_listed(row, on=TODAY + dt.timedelta(1), by=by)
        with pytest.raises(Refused, match="より前"):
            retire_listed(row, on=dt.date(2026, 3, 31), by=by)
    row.refresh_from_db()
    assert (row.verified_on, row.retired_on) == (None, None)


def test_schools_read_the_list_and_do_not_write_it(desk: Seat) -> None:
    with desk.at_work() as by:
        row = list_firm(firm(), by=by)
    reader = seat(Role.SCHOOL_DRAFTER, school(None))
    with reader.at_work() as by:
        assert [entry.pk for entry in queries.firms_on(TODAY)] == [row.pk]
        with pytest.raises(Error, match=r"permission denied|row-level security"):
            list_firm(firm(), by=by)
