"""A claim from the first note to the last yen: sealed, counted, refused where a step is missing, seen by few."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection

from insurance import queries
from insurance.actions import claims
from insurance.actions.claim_erasure import erase_claims, prolong_claim
from insurance.actions.claim_reminders import remind_claims
from insurance.claims import Notice
from insurance.enums import AmountKind, Cause, ClaimFact, ClaimState, Place
from insurance.machine import CLAIM, KEEPERS, SEAT
from insurance.models import Claim, ClaimAmount, ClaimFile, Policy
from insurance.models.claims import SEALED
from insurance.tasks import erase_claims as erase_all
from insurance.tasks import remind_claims as remind_all
from portal.audit.models import Event
from portal.audit.record import Actor
from portal.jobs.models import OutboundMail
from portal.kit import clock
from portal.kit.ids import uuid7
from portal.kit.machine import Refused
from portal.kit.roles import Role
from portal.vault.files import FileLost
from portal.vault.keyring import TripCipher, cipher_for
from portal.vault.uploads import Upload
from tests.factories.cast import Seat, World, world
from trips.actions.roster_rows import keeping_health

pytestmark = pytest.mark.django_db
HAPPENED = dt.date(2027, 1, 20)
TODAY = dt.date(2027, 1, 25)
PAPERS = ("receipts_abroad", "copies", "social_proof", "passport", "application")
PDF = Upload("領収書\\髙﨑.pdf", b"%PDF-1.7 receipt")


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with clock.stopped_at(TODAY):
        yield


@pytest.fixture
def here(db: None) -> World:
    return world()


@contextmanager
def desk(held: Seat, here: World) -> Iterator[tuple[Actor, TripCipher]]:
    """Somebody at work with special-care data in view."""
    with held.at_work() as by, keeping_health():
        yield by, cipher_for(here.request.trip_id)


def notice(**change: Any) -> Notice:
    facts = dict.fromkeys(ClaimFact, "") | {ClaimFact.SYMPTOMS: "38度の発熱", ClaimFact.PLACE: "見本大飯店"}
    return Notice(**{"cause": Cause.ILLNESS, "place": Place.ABROAD, "on": HAPPENED, "facts": facts,
                     "first_visit": dt.date(2027, 1, 21), "cover_ends": dt.date(2027, 1, 23), **change})  # fmt: skip


def opened(here: World, by: Actor, cipher: TripCipher, **change: Any) -> Claim:
    person = here.dossier.participants[0].key
    told = {"key": uuid7(), "participant": person, "policy": "p1", "notice": notice(), **change}
    return claims.open_claim(here.request.trip_id, school_id=here.request.school_id, by=by, cipher=cipher, **told)


def carried(here: World, by: Actor, cipher: TripCipher) -> Claim:
    """A claim whose papers have been handed in."""
    claim = claims.move_claim(opened(here, by, cipher), "report", on=TODAY, reason="", by=by, cipher=cipher)
    claims.note_social(claim, claimed_on=TODAY, none=False, by=by)
    got = dict.fromkeys(PAPERS, TODAY)
    claims.tick_papers(claim, got, unwanted=frozenset(), by=by, cipher=cipher)
    return claims.move_claim(claim, "file", on=TODAY, reason="", by=by, cipher=cipher)


def test_a_claim_is_opened_once_numbered_and_sealed(here: World) -> None:
    key = uuid7()
    with desk(here.drafter, here) as (by, cipher):
        first = opened(here, by, cipher, key=key)
        assert opened(here, by, cipher, key=key).pk == first.pk
        second = opened(here, by, cipher)
        assert (first.number, second.number) == (1, 2)
        assert queries.notice_of(first, cipher) == notice()
        listed = queries.claims_of(here.request.trip_id, cipher, participant=first.participant)
        assert [(row.number, row.cause, row.next_due) for row in listed] == [
            (number, Cause.ILLNESS, ("notice", dt.date(2027, 2, 18))) for number in (1, 2)
        ]
    with connection.cursor() as cursor:
        cursor.execute("SELECT c::text FROM insurance_claim c")
        stored = " ".join(row[0] for row in cursor.fetchall())
    for word in ("発熱", "見本大飯店", "illness", "2027-01-20"):
        assert word not in stored
        assert word.encode().hex() not in stored
    assert "発熱" not in str(list(Event.objects.values_list("facts", flat=True)))


def test_only_who_may_hold_health_sees_that_there_is_a_claim(here: World) -> None:
    with desk(here.drafter, here) as (by, cipher):
        opened(here, by, cipher)
    with here.drafter.at_work():
        assert not Claim.objects.exists()
    with here.drafter.at_work(), keeping_health():
        assert Claim.objects.count() == 1
    with world().drafter.at_work(), keeping_health():
        assert not Claim.objects.exists()


def test_the_steps_leave_their_days_and_events_and_stop_the_dues(here: World) -> None:
    with desk(here.drafter, here) as (by, cipher):
        claim = opened(here, by, cipher)
        assert [name for name, _ in claim.dues] == ["notice", "costs"]
        claim = carried(here, by, cipher)
        assert [name for name, _ in claim.dues] == ["costs"]
        claims.note_amount(claim, AmountKind.BILL, 120_000, on=HAPPENED, note="病院", by=by, cipher=cipher)
        claims.note_amount(claim, AmountKind.BILL, 120_000, on=HAPPENED, note="病院", by=by, cipher=cipher)
        claims.note_amount(claim, AmountKind.SOCIAL, 30_000, on=TODAY, note="", by=by, cipher=cipher)
        wrong = claims.note_amount(claim, AmountKind.OTHER, 1, on=TODAY, note="", by=by, cipher=cipher)
        assert claims.remove_amount(claim, wrong.pk, by=by)
        assert not claims.remove_amount(claim, wrong.pk, by=by)
        assert queries.reckoning_of(claim).open == 90_000
        with pytest.raises(Refused, match="90,000円合いません"):
            claims.move_claim(claim, "settle", on=TODAY, reason="", by=by, cipher=cipher)
        claims.note_amount(claim, AmountKind.INSURER, 85_000, on=TODAY, note="", by=by, cipher=cipher)
        claim = claims.move_claim(claim, "settle", on=TODAY, reason="免責5,000円", by=by, cipher=cipher)
        assert (claim.state_kind, claim.closed_on, claim.dues) == (ClaimState.SETTLED, TODAY, [])
        assert queries.open_claim_text(claim, "closing", cipher) == "免責5,000円"
        with pytest.raises(Refused, match="終わった請求"):
            claims.note_amount(claim, AmountKind.BILL, 1, on=TODAY, note="", by=by, cipher=cipher)
        claim = claims.move_claim(claim, "reopen", on=TODAY, reason="", by=by, cipher=cipher)
        assert (claim.state_kind, claim.reported_on, [name for name, _ in claim.dues]) == (
            ClaimState.OPEN, None, ["notice", "costs"],
        )  # fmt: skip
    assert Event.objects.filter(name="claim.moved").count() == 4


def test_a_step_says_what_is_missing(here: World) -> None:
    with desk(here.drafter, here) as (by, cipher):
        claim = opened(here, by, cipher)

        def step(name: str, says: str, *, on: dt.date = TODAY, reason: str = "") -> None:
            with pytest.raises(Refused, match=says):
                claims.move_claim(claim, name, on=on, reason=reason, by=by, cipher=cipher)

        step("file", "いまの状態")
        step("report", "起きた日より前", on=dt.date(2027, 1, 19))
        step("report", "今日より後", on=dt.date(2027, 1, 26))
        step("withdraw", "理由を書いて")
        claims.move_claim(claim, "report", on=TODAY, reason="", by=by, cipher=cipher)
        step("file", "先に健康保険")
        claims.note_social(claim, claimed_on=None, none=True, by=by)
        step("file", "まだ手元にない書類が5つ")
        with pytest.raises(Refused, match="どちらか一つ"):
            claims.note_social(claim, claimed_on=TODAY, none=True, by=by)
        unwanted = frozenset({*PAPERS[1:], "unknown"})
        claims.tick_papers(claim, {PAPERS[0]: TODAY, "x": TODAY}, unwanted=unwanted, by=by, cipher=cipher)
        assert claims.move_claim(claim, "file", on=TODAY, reason="", by=by, cipher=cipher).filed_on == TODAY
        for yen in (0, -5, 10**10 + 1):
            with pytest.raises(Refused, match="1円から10,000,000,000円"):
                claims.note_amount(claim, AmountKind.BILL, yen, on=TODAY, note="", by=by, cipher=cipher)
    assert not ClaimAmount.objects.exists()


def test_two_hands_at_once_lose_nothing(here: World) -> None:
    with desk(here.drafter, here) as (by, cipher):
        claim = opened(here, by, cipher)
        told = {"participant": claim.participant, "policy": "", "reference": "事故番号 1", "by": by, "cipher": cipher}
        claims.change_claim(claim, notice=notice(), base_version=0, **told)
        with pytest.raises(claims.StaleClaim):
            claims.change_claim(claim, notice=notice(cause=Cause.INJURY), base_version=0, **told)
        claim.refresh_from_db()
        assert queries.notice_of(claim, cipher).cause is Cause.ILLNESS


def test_a_receipt_is_kept_opened_and_deleted(here: World, django_capture_on_commit_callbacks: Any) -> None:
    with desk(here.drafter, here) as (by, cipher):
        claim = opened(here, by, cipher)
        row = claims.add_file(claim, PDF, paper="receipts_abroad", by=by, cipher=cipher)
        assert queries.open_claim_text(row, "shown_name", cipher) == "髙﨑.pdf"
        assert claims.open_file(row, by=by, cipher=cipher) == PDF.content
        for content, says in ((b"MZ", "PDF・JPEG・PNG"), (b"%PDF-" + b"0" * 10 * 1024 * 1024, "10MB")):
            with pytest.raises(Refused, match=says):
                claims.add_file(claim, Upload("x", content), paper="", by=by, cipher=cipher)
    with django_capture_on_commit_callbacks(execute=True), desk(here.drafter, here) as (by, cipher):
        assert claims.remove_file(claim, row.pk, by=by)
        assert not claims.remove_file(claim, row.pk, by=by)
        assert queries.files_of(claim) == []
    with desk(here.drafter, here) as (by, cipher), pytest.raises(FileLost):
        claims.open_file(ClaimFile.objects.get(), by=by, cipher=cipher)
    assert Event.objects.filter(name="claim.file_opened").count() == 1


def test_reminders_come_once_each_and_stop_when_the_thing_is_done(here: World) -> None:
    with desk(here.drafter, here) as (by, cipher):
        claim = opened(here, by, cipher, notice=notice(cause=Cause.INJURY))

    def mails(on: dt.date) -> int:
        with clock.stopped_at(on):
            remind_all()
        return OutboundMail.objects.filter(event="claim_due").count()

    assert mails(dt.date(2027, 2, 10)) == 0
    assert mails(dt.date(2027, 2, 11)) == 2  # seven days before the 18th: drafter and principal
    assert mails(dt.date(2027, 2, 12)) == 2
    assert mails(dt.date(2027, 2, 17)) == 4
    with clock.stopped_at(dt.date(2027, 2, 17)), desk(here.drafter, here) as (by, cipher):
        claims.move_claim(claim, "report", on=dt.date(2027, 2, 17), reason="", by=by, cipher=cipher)
        assert remind_claims(on=dt.date(2027, 2, 20)) == 0
    assert mails(dt.date(2027, 2, 20)) == 4
    link = f"/trips/{here.request.trip_id}/cover/claims/"
    assert set(OutboundMail.objects.filter(event="claim_due").values_list("link", flat=True)) == {link}


def test_the_days_follow_what_the_contract_says_today(here: World) -> None:
    trip_id = here.request.trip_id
    with desk(here.drafter, here) as (by, cipher):
        claim = opened(here, by, cipher, notice=notice(cause=Cause.INJURY))
        Policy.objects.filter(trip_id=trip_id, key="p1").update(claim_notice_days=10, claim_days_source="約款 第27条")
        (row,) = queries.claims_of(trip_id, cipher)
        assert row.next_due == ("notice", dt.date(2027, 1, 29))
        assert Claim.objects.get(pk=claim.pk).dues[0] == ["notice", "2027-02-18"]
        assert remind_claims(on=dt.date(2027, 1, 28)) == 1
        assert Claim.objects.get(pk=claim.pk).dues[0] == ["notice", "2027-01-29"]


def test_a_claim_is_erased_when_its_year_is_over(here: World, django_capture_on_commit_callbacks: Any) -> None:
    with desk(here.drafter, here) as (by, cipher):
        claim = opened(here, by, cipher)
        row = claims.add_file(claim, PDF, paper="", by=by, cipher=cipher)
        claims.note_amount(claim, AmountKind.BILL, 12_000, on=TODAY, note="診察代", by=by, cipher=cipher)
        claims.move_claim(claim, "withdraw", on=TODAY, reason="治った", by=by, cipher=cipher)
    last = dt.date(2028, 1, 25)

    def round_on(on: dt.date) -> Claim:
        with clock.stopped_at(on), django_capture_on_commit_callbacks(execute=True):
            remind_all()
            erase_all()
        with desk(here.drafter, here):
            return Claim.objects.get()

    assert round_on(last).erased_at is None
    assert OutboundMail.objects.filter(event="claim_ends").count() == 2
    assert default_storage.exists(row.stored_name)
    gone = round_on(last + dt.timedelta(days=1))
    assert gone.erased_at is not None
    assert not default_storage.exists(row.stored_name)
    with desk(here.drafter, here) as (by, cipher):
        assert (gone.participant, gone.dues, {getattr(gone, column) for column in SEALED}) == ("", [], {None})
        assert list(ClaimAmount.objects.values_list("yen", "note")) == [(12_000, None)]
        assert list(ClaimFile.objects.values_list("shown_name", flat=True)) == [None]
        (listed,) = queries.claims_of(here.request.trip_id, cipher)
        assert (listed.erased, listed.number, listed.cause, listed.open_yen) == (True, 1, None, 12_000)
        with pytest.raises(Claim.DoesNotExist):
            claims.move_claim(gone, "reopen", on=TODAY, reason="", by=by, cipher=cipher)
    (event,) = Event.objects.filter(name="claim.erased")
    assert (event.facts, event.actor_user_id) == ({"number": 1, "files": 1}, None)
    round_on(last + dt.timedelta(days=9))
    assert Event.objects.filter(name="claim.erased").count() == 1


def test_a_closed_claim_is_kept_for_one_more_year_by_the_principal(here: World) -> None:
    with desk(here.drafter, here) as (by, cipher):
        claim = opened(here, by, cipher)
        with pytest.raises(Refused, match="手続き中"):
            prolong_claim(claim, by=by)
        claims.move_claim(claim, "withdraw", on=TODAY, reason="治った", by=by, cipher=cipher)
        with pytest.raises(Refused, match="60日前"):
            prolong_claim(claim, by=by)
    with clock.stopped_at(dt.date(2028, 1, 20)), desk(here.principal, here) as (by, cipher):
        assert prolong_claim(claim, by=by).prolonged_until == dt.date(2029, 1, 25)
        assert erase_claims(on=dt.date(2029, 1, 25), by=by) == 0
        assert queries.notice_of(Claim.objects.get(), cipher) == notice()
        claims.move_claim(claim, "reopen", on=TODAY, reason="", by=by, cipher=cipher)
        assert erase_claims(on=dt.date(2040, 1, 1), by=by) == 0
    assert Event.objects.get(name="claim.prolonged").facts["on"] == "2029-01-25"


def test_the_database_refuses_an_erased_claim_that_still_says_something(here: World) -> None:
    with desk(here.drafter, here) as (by, cipher):
        claims.move_claim(opened(here, by, cipher), "withdraw", on=TODAY, reason="治った", by=by, cipher=cipher)
    with pytest.raises(IntegrityError, match="insurance_claim_erased_is_gone"), desk(here.drafter, here):
        Claim.objects.update(erased_at=clock.now(), participant="")


def test_the_machine_lets_closers_close_and_nobody_else_in() -> None:
    for role in Role:
        names = {step.name for state in ClaimState for step in CLAIM.allowed(state, seat=SEAT, role=role.value)}
        assert bool(names) == (role in KEEPERS)
        assert ("settle" in names) == (role in (Role.SCHOOL_DRAFTER, Role.SCHOOL_PRINCIPAL))
    for state in ClaimState:
        assert CLAIM.allowed(state, seat=SEAT, role=Role.SCHOOL_PRINCIPAL.value)
