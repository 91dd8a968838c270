"""The pages of claims: kept from the first call to the settlement, shown to few, in two languages, nothing lost."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from insurance.models import Claim
from insurance.tasks import erase_claims
from portal.audit.models import Event
from portal.kit import clock
from portal.kit.ids import uuid7
from portal.kit.roles import Role
from tests.factories.cast import World, seat, world
from tests.ui.api.test_api import caller

pytestmark = pytest.mark.django_db
TODAY = dt.date(2027, 1, 25)
PDF = b"%PDF-1.7 receipt"


@pytest.fixture
def here(db: None) -> Iterator[World]:
    made = world()
    with clock.stopped_at(TODAY):
        yield made


@pytest.fixture
def client(here: World) -> Client:
    return caller(here.drafter)


def base(here: World) -> str:
    return f"/trips/{here.request.trip_id}/cover/claims/"


def told(here: World, **change: Any) -> dict[str, Any]:
    person = here.dossier.participants[0].key
    return {
        "key": str(uuid7()), "participant": person, "cause": "illness", "place": "abroad", "on": "2027-01-20",
        "first_visit": "2027-01-21", "cover_ends": "2027-01-23", "fact_symptoms": "38度の発熱",
        "fact_place": "見本大飯店", **change,
    }  # fmt: skip


def opened(here: World, client: Client, **change: Any) -> str:
    """The address of a new claim."""
    answer = client.post(f"{base(here)}new/", told(here, **change))
    assert answer.status_code == 302, re.findall(r'class="field__error[^>]*>(.*?)<', answer.content.decode())
    return str(answer["Location"])


def page(client: Client, url: str, **posted: Any) -> str:
    answer = client.post(url, posted, follow=True) if posted else client.get(url)
    return answer.content.decode()


def test_a_claim_runs_to_its_end_on_its_page(here: World, client: Client) -> None:
    assert "請求の記録はありません" in page(client, base(here))
    url = opened(here, client, reference="事故番号 7")
    shown = page(client, url)
    assert "事故番号 7" in shown
    for words in (
        "2027年2月18日",
        "38度の発熱",
        "Date and time",
        "原因、病院・診療所の名前",
        "Social (Health) Insurance",
    ):
        assert words in shown
    page(client, url, act="step", step="report", on="2027-01-25", reason="事故番号 22")
    page(client, url, act="social", claimed_on="2027-01-25")
    names = ("receipts_abroad", "copies", "social_proof", "passport", "application")
    page(client, url, act="papers", **{f"got_{name}": "2027-01-25" for name in names[:3]},
         **{f"unwanted_{name}": "on" for name in names[3:]})  # fmt: skip
    for kind, yen in (("bill", "１２０，０００円"), ("social", "30000"), ("insurer", "85,000")):
        page(client, url, act="amount", kind=kind, yen=yen, on="2027-01-22", note="見本病院")
    page(client, url, act="step", step="file", on="2027-01-25")
    answer = client.post(url, {"act": "step", "step": "settle", "on": "2027-01-25"})
    assert answer.status_code == 422
    assert "5,000円合いません" in answer.content.decode()
    done = page(client, url, act="step", step="settle", on="2027-01-25", reason="免責金額5,000円")
    assert "精算済み" in done
    assert "免責金額5,000円" in done
    assert 'value="amount"' not in done
    listed = page(client, base(here))
    assert "精算済み" in listed
    assert "5,000円" in listed


def test_only_holders_of_health_data_and_only_of_this_school_come_in(here: World, client: Client) -> None:
    url = opened(here, client)
    for role, status in ((Role.SCHOOL_ESCORT, 200), (Role.SCHOOL_PRINCIPAL, 200), (Role.SCHOOL_HOME_CONTACT, 404),
                         (Role.SCHOOL_AGENT, 404)):  # fmt: skip
        someone = caller(seat(role, here.drafter.org))
        assert [someone.get(each).status_code for each in (base(here), url)] == [status, status], role
    overview = page(caller(seat(Role.SCHOOL_HOME_CONTACT, here.drafter.org)), f"/trips/{here.request.trip_id}/cover/")
    assert "請求の記録" not in overview
    for stranger in (caller(here.officer), caller(world().drafter)):
        assert stranger.get(url).status_code == 404


def test_a_look_at_a_case_stands_in_the_history_without_its_content(here: World, client: Client) -> None:
    page(client, opened(here, client))
    event = Event.objects.get(name="claim.read")
    assert event.facts == {"number": 1}


def test_the_notice_is_printed_in_both_languages(here: World, client: Client) -> None:
    url = opened(here, client, fact_hospital="見本市立病院")
    answer = client.get(f"{url}notice.pdf")
    assert answer["Content-Type"] == "application/pdf"
    with pikepdf.open(io.BytesIO(answer.content)) as pdf:
        assert len(pdf.pages) == 1
    ics = client.get(f"{url}dates.ics").content.decode()
    assert "BEGIN:VALARM" in ics
    assert "発熱" not in ics


def test_a_receipt_is_kept_given_back_and_deleted(here: World, client: Client) -> None:
    url = opened(here, client)
    sent = {"act": "file", "paper": "copies", "file": SimpleUploadedFile("領収書 髙﨑.pdf", PDF)}
    assert "領収書 髙﨑.pdf" in client.post(url, sent, follow=True).content.decode()
    link = re.search(rf"{url}files/([0-9a-f-]+)/", page(client, url))
    assert link is not None
    assert client.get(link[0]).content == PDF
    wrong = {"act": "file", "file": SimpleUploadedFile("x.exe", b"MZ")}
    answer = client.post(url, wrong)
    assert answer.status_code == 422
    assert "PDF・JPEG・PNG" in answer.content.decode()
    assert "写しはまだありません" in page(client, url, act="file_away", line=link[1])
    assert client.get(link[0]).status_code == 404


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"act": "amount", "kind": "bill", "yen": "US$ 80", "on": "2027-01-22", "note": "見本病院"}, "外貨の領収書は"),
        ({"act": "amount", "kind": "bill", "yen": "-5", "on": "2027-01-22", "note": "見本病院"}, "負の金額は"),
        (
            {"act": "amount", "kind": "bill", "yen": "99999999999", "on": "2027-01-22", "note": "見本病院"},
            "10,000,000,000円",
        ),
        ({"act": "amount", "kind": "bill", "yen": "5", "on": "2027-02-22", "note": "見本病院"}, "今日より後"),
        ({"act": "step", "step": "file", "on": "2027-01-25"}, "いまの状態ではできません"),
        ({"act": "amount_away", "line": "x"}, "この行は見つかりません"),
    ],
)
def test_what_cannot_be_used_is_named_and_stays_typed(
    here: World, client: Client, sent: dict[str, str], says: str
) -> None:
    answer = client.post(opened(here, client), sent)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert says in shown
    assert sent["act"] != "amount" or ("見本病院" in shown and sent["yen"] in shown)


def test_who_was_slower_is_told_and_keeps_the_text(here: World, client: Client) -> None:
    url = opened(here, client)
    typed = told(here, base_version="0", reference="22-1", fact_cause="夕食のあと")
    assert client.post(f"{url}edit/", typed).status_code == 302
    answer = client.post(f"{url}edit/", {**typed, "fact_cause": "昼食のあと"})
    assert answer.status_code == 409
    assert "昼食のあと" in answer.content.decode()
    assert "夕食のあと" in page(client, url)
    assert client.post(f"{url}edit/", {**typed, "first_visit": "2027-01-01"}).status_code == 422


def test_a_form_sent_twice_makes_one_claim_and_a_person_has_a_list(here: World, client: Client) -> None:
    key = str(uuid7())
    first, second = (opened(here, client, key=key) for _ in range(2))
    assert first == second
    other = here.dossier.participants[1]
    assert "見本大飯店" not in page(client, f"{base(here)}?person={other.key}")
    assert "請求の記録はありません" in page(client, f"{base(here)}?person={other.key}")
    assert Claim.objects.count() == 1
    assert client.post(f"{base(here)}new/", told(here, participant="")).status_code == 422


def test_a_closed_claim_says_how_long_it_is_kept_and_an_erased_one_what_stays(here: World, client: Client) -> None:
    case = opened(here, client)
    client.post(case, {"act": "step", "step": "withdraw", "on": "2027-01-25", "reason": "治った"})
    shown = client.get(case).content.decode()
    assert "2028年1月25日" in shown
    assert 'value="prolong"' not in shown
    assert client.post(case, {"act": "prolong"}).status_code == 422
    with clock.stopped_at(dt.date(2028, 1, 10)):
        near = caller(here.principal)
        assert 'value="prolong"' in near.get(case).content.decode()
        assert near.post(case, {"act": "prolong"}).status_code == 302
        assert "2029年1月25日" in near.get(case).content.decode()
    with clock.stopped_at(dt.date(2029, 1, 26)):
        erase_claims()
        late = caller(seat(Role.SCHOOL_DRAFTER, here.drafter.org))
        gone = late.get(case).content.decode()
        assert "保管の期間が終わったので" in gone
        assert "発熱" not in gone
        assert "消去済み" in late.get(base(here)).content.decode()
        assert [late.get(f"{case}{page}").status_code for page in ("edit/", "notice.pdf", "dates.ics")] == [404] * 3
