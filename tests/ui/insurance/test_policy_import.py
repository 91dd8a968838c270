"""A policy from a file: the template comes back as a contract, a faulty sheet changes nothing."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from insurance.policy_sheet import template_rows
from mofa_requests import queries
from portal.dossier.types import Policy
from portal.kit.roles import Role
from tests.factories.cast import World, seat, world
from tests.ui.api.test_api import caller

pytestmark = pytest.mark.django_db
FILLED = "項目,内容・支払限度額(円),免責金額(円)\r\n保険会社,例示損害保険株式会社(見本)\r\n証券番号,MS-000-77\r\n"
FILLED += '傷害治療費用,"30,000,000",5000\r\n救援者費用,無制限\r\n電話番号,\'+81 3-0000-4101\r\n'


@pytest.fixture
def here(db: None) -> World:
    return world()


@pytest.fixture
def client(here: World) -> Client:
    return caller(here.drafter)


def url(here: World, rest: str = "import/") -> str:
    return f"/trips/{here.request.trip_id}/cover/policies/{rest}"


def sent(content: bytes | str, name: str = "policy.csv") -> dict[str, SimpleUploadedFile]:
    data = content.encode() if isinstance(content, str) else content
    return {"file": SimpleUploadedFile(name, data)}


def policies(here: World) -> tuple[Policy, ...]:
    with here.drafter.at_work():
        return queries.gather_dossier(here.request.trip).policies


def test_a_filled_sheet_becomes_one_more_contract(here: World, client: Client) -> None:
    before = policies(here)
    for coding in ("utf-8-sig", "cp932"):
        answer = client.post(url(here), sent(FILLED.encode(coding)))
        assert answer.status_code == 302, answer.content.decode()
    after = policies(here)
    assert after[: len(before)] == before
    added = after[len(before) :]
    assert [policy.number for policy in added] == ["MS-000-77", "MS-000-77"]
    assert len({policy.key for policy in after}) == len(after)
    assert added[0].phone == "+81 3-0000-4101"
    assert [(part.kind.value, part.limit, part.unlimited, part.deductible) for part in added[0].benefits] == [
        ("injury_treatment", 30_000_000, False, 5000),
        ("rescue", None, True, None),
    ]
    assert "証券番号が同じ(MS-000-77)" in client.get(f"/trips/{here.request.trip_id}/cover/").content.decode()


def test_the_templates_can_be_filled_in_and_sent_back(here: World, client: Client) -> None:
    workbook = client.get(url(here, "template/xlsx/"))
    book = openpyxl.load_workbook(io.BytesIO(workbook.content))
    rows = list(book.active.iter_rows(values_only=True))
    assert [row[0] for row in rows] == [row[0] for row in template_rows()]
    for row in book.active.iter_rows():
        if row[0].value == "賠償責任":
            row[1].value = 100_000_000
    filled = io.BytesIO()
    book.save(filled)
    assert client.post(url(here), sent(filled.getvalue(), "policy.xlsx")).status_code == 302
    assert policies(here)[-1].benefits[0].limit == 100_000_000
    assert client.get(url(here, "template/csv/")).content.decode("utf-8-sig").startswith("項目,")
    assert client.get(url(here, "template/pdf/")).status_code == 404


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (FILLED + "携行品,USD 300\r\n", "円ではありません"),
        (FILLED + "宇宙旅行費用,1\r\n", "という項目・補償はありません"),
        (FILLED + "携行品,-300\r\n", "負の金額"),
        (b"", "ファイルが空です"),
        (b"PK\x03\x04 not a workbook", "エラー"),
        (b"x" * (1024 * 1024 + 1), "1MBを超えています"),
    ],
)
def test_a_faulty_file_changes_nothing(here: World, client: Client, content: bytes | str, sentence: str) -> None:
    before = policies(here)
    answer = client.post(url(here), sent(content))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert policies(here) == before


def test_only_those_who_draft_may_import(here: World) -> None:
    escort = caller(seat(Role.SCHOOL_ESCORT, here.drafter.org))
    assert escort.post(url(here), sent(FILLED)).status_code in (403, 404)
    assert caller(world().drafter).get(url(here)).status_code == 404
