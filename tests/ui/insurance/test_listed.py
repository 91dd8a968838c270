"""The list of insurers and products on its pages: read by everybody, kept by JCSOS, 未確認 until somebody checked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from insurance.models import ListedFirm, ListedProduct
from mofa_requests import queries
from portal.directory.kinds import OrgKind
from portal.kit import clock
from portal.kit.roles import Role
from portal.tenancy.models import Org
from tests.factories.cast import school, seat, world
from tests.ui.api.test_api import caller

pytestmark = pytest.mark.django_db
FIRM = {"name": "例示損保(見本)", "source": "会社案内(見本)", "valid_from": "2026-04-01", "kind": "insurer",
        "phone": "03-0000-4400"}  # fmt: skip


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with clock.stopped_at(dt.date(2026, 11, 22)):
        yield


@pytest.fixture
def desk(db: None, settings: Any) -> Client:
    settings.PORTAL_RELAX_MFA = True
    return caller(seat(Role.JCSOS_MEMBERS, Org.objects.create(kind=OrgKind.JCSOS.value, name="JCSOS(見本)")))


def page(client: Client, path: str, **posted: Any) -> str:
    url = f"/insurance/list/{path}"
    return (client.post(url, posted, follow=True) if posted else client.get(url)).content.decode()


def test_a_firm_is_entered_checked_renewed_and_ended(desk: Client) -> None:
    assert "まだ載っていません" in page(desk, "")
    shown = page(desk, "firms/new/", **FIRM)
    assert "未確認" in shown
    row = ListedFirm.objects.get()
    assert "2026年11月20日(金)に確認" in page(desk, f"entries/{row.pk}/settle/", act="verify", on="2026-11-20")
    late = desk.post(f"/insurance/list/entries/{row.pk}/settle/", {"act": "verify", "on": "2026-11-23"})
    assert (late.status_code, "今日まで" in late.content.decode()) == (422, True)
    renewed = page(
        desk, f"firms/{row.subject}/change/", **{**FIRM, "valid_from": "2026-11-22", "phone": "03-0000-4499"}
    )
    assert renewed.index("03-0000-4499") < renewed.index("以前の記載") < renewed.index("03-0000-4400")
    assert "03-0000-4499" in page(desk, "")
    assert "03-0000-4400" not in page(desk, "")
    newest = ListedFirm.objects.get(valid_from=dt.date(2026, 11, 22))
    page(desk, f"entries/{newest.pk}/settle/", act="retire", on="2026-11-22")
    assert "03-0000-4400" in page(desk, "")


def test_a_product_shows_its_limits_and_what_nobody_knows(desk: Client) -> None:
    page(desk, "firms/new/", **FIRM)
    insurer = str(ListedFirm.objects.get().subject)
    said = {"name": "学校の保険(見本)", "source": "会社案内(見本)", "valid_from": "2026-04-01", "insurer": insurer}
    wrong = desk.post("/insurance/list/products/new/", {**said, "limit_rescue": "5", "unlimited_rescue": "on"})
    assert wrong.status_code == 422
    assert "どちらか一つ" in wrong.content.decode()
    shown = page(desk, "products/new/", **said, limit_injury_treatment="30,000,000", unlimited_rescue="on")
    for words in ("3,000万円", "無制限", "例示損保(見本)", "未確認"):
        assert words in shown
    row = ListedProduct.objects.get()
    assert "30,000,000" in page(desk, f"products/{row.subject}/change/")


def test_a_zone_that_does_not_exist_is_named_and_nothing_is_lost(desk: Client) -> None:
    answer = desk.post("/insurance/list/firms/new/", {**FIRM, "zone": "Asia/Mihon"})
    shown = answer.content.decode()
    assert (answer.status_code, "「Asia/Mihon」という時刻帯はありません" in shown, "会社案内(見本)" in shown) == (
        422,
        True,
        True,
    )


def test_others_read_and_do_not_write(desk: Client) -> None:
    page(desk, "firms/new/", **FIRM)
    row = ListedFirm.objects.get()
    for role in (Role.SCHOOL_DRAFTER, Role.JCSOS_AUDITOR):
        org = school(None) if role is Role.SCHOOL_DRAFTER else Org.objects.get(kind=OrgKind.JCSOS.value)
        reader = caller(seat(role, org))
        assert "例示損保(見本)" in page(reader, "")
        assert "settle" not in page(reader, f"firms/{row.subject}/")
        assert reader.get("/insurance/list/firms/new/").status_code == 404
        assert reader.post(f"/insurance/list/entries/{row.pk}/settle/", {"act": "verify"}).status_code == 404
    assert ListedFirm.objects.get().verified_on is None


def test_a_school_copies_a_product_into_its_plan(desk: Client) -> None:
    page(desk, "firms/new/", **FIRM)
    helper = {**FIRM, "name": "例示アシスタンス(見本)", "kind": "assistance", "strong_in": ["0886"]}
    page(desk, "firms/new/", **helper)
    subjects = {row.kind: str(row.subject) for row in ListedFirm.objects.all()}
    said = {"name": "学校の保険(見本)", "source": "会社案内(見本)", "valid_from": "2026-04-01", **subjects}
    page(desk, "products/new/", **said, limit_rescue="30,000,000")
    here = world()
    client, url = caller(here.drafter), f"/trips/{here.request.trip_id}/cover/policies/listed/"
    assert "学校の保険(見本)" in client.get(url).content.decode()
    assert client.post(url, {"product": str(ListedProduct.objects.get().subject)}).status_code == 302
    with here.drafter.at_work():
        added = queries.gather_dossier(here.request.trip).policies[-1]
    assert (added.insurer, added.phone, added.product) == ("例示損保(見本)", "03-0000-4400", "学校の保険(見本)")
    assert (added.assistance.company, added.assistance.strong_in) == ("例示アシスタンス(見本)", ("0886",))
    assert [(each.kind.value, each.limit) for each in added.benefits] == [("rescue", 30_000_000)]
    gone = client.post(url, {"product": str(here.request.pk)})
    assert (gone.status_code, "もう一度選んでください" in gone.content.decode()) == (409, True)
