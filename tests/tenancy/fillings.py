"""Rows that an estate does not get by living: written straight into the tables, as their owner.

Here: what the specimen and the usual course of a request leave out. Not here: the estates (tests.access), ground.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from insurance.models import (
    Claim,
    ClaimAmount,
    ClaimFile,
    HandoverRecord,
    ListedFirm,
    ListedProduct,
    OptOut,
    OptOutPaper,
)
from jcsos.actions import assist
from jcsos.models import (
    Assessment,
    AuditStep,
    Benchmark,
    Campaign,
    Circular,
    CircularReceipt,
    Evidence,
    Finding,
    Seminar,
    SeminarAttendee,
    SeminarMaterial,
    TripAudit,
)
from mofa_requests.models import (
    AuthoritySettings,
    BoardNotice,
    CalendarFeed,
    Condition,
    Decision,
    Deputy,
    DigestWish,
    FaxOrder,
    Inquiry,
    Letterhead,
    MailOrder,
    NoticeReading,
    NumberSeries,
    SavedView,
)
from portal.accounts.acting import scope_of
from portal.accounts.models import Membership
from portal.jobs.models import Job
from portal.kit import clock
from portal.kit.digest import sha256_hex
from portal.kit.roles import Role
from portal.tenancy.models import Org
from portal.tenancy.scope import acting_as
from tests.access.estates import Estate
from tests.factories.cast import Seat, seat
from trips.models import (
    AgreedCharacter,
    CarriedValue,
    ColumnChoice,
    FieldChange,
    Group,
    GroupingBatch,
    IncidentNote,
    ItineraryBatch,
    PhoneTest,
    ReturnReport,
)


def fill_plan(estate: Estate) -> None:
    """Parts of a plan that the specimen has none of."""
    trip = estate.filed.trip
    Group.objects.create(school=estate.school, trip=trip, position=0, key="G1", name="第1団")
    OptOut.objects.create(school=estate.school, trip=trip, position=0, participant="P001")
    ReturnReport.objects.create(school=estate.school, trip=trip)
    IncidentNote.objects.create(
        school=estate.school, trip=trip, happened_at=dt.datetime(2027, 1, 20, 22, 40), place="見本市", kind="illness"
    )
    CarriedValue.objects.create(school=estate.school, trip=trip, position=0, path="home_contacts/c1/night_phone")
    ColumnChoice.objects.create(school=estate.school, heading="参加区分", field="role")
    AgreedCharacter.objects.create(school=estate.school, trip=trip, agreed_with="school")
    GroupingBatch.objects.create(school=estate.school, trip=trip, people=1)
    ItineraryBatch.objects.create(school=estate.school, trip=trip, read=1, kept=1, refused=0)
    FieldChange.objects.create(
        school=estate.school, trip=trip, code="outline", field="outline-title", entered_by="staff"
    )
    PhoneTest.objects.create(
        school=estate.school,
        trip=trip,
        place="home_contacts/c1/night_phone",
        called_on=clock.today(),
        outcome="reached",
    )


def fill_cover(estate: Estate) -> None:
    """A claim with a bill and a receipt, a statement not to be insured, and a paper for the assistance company."""
    on, day, trip = {"school": estate.school}, clock.today(), estate.filed.trip
    claim = Claim.objects.create(**on, trip=trip, number=1, participant="P001")
    stored = {"stored_name": "claims/x.sealed", "media_type": "application/pdf", "sha256": "0" * 64, "size": 1}
    ClaimAmount.objects.create(**on, claim=claim, kind="bill", yen=12_000, on=day)
    ClaimFile.objects.create(**on, **stored, claim=claim)
    OptOutPaper.objects.create(**on, **stored, trip=trip, participant="P001", signed_on=day, signed_by="guardian")
    HandoverRecord.objects.create(**on, trip=trip, policy="p1", people=1, blood_types=0, file_sha256="0" * 64)


def fill_list(desk: Seat) -> None:
    """An insurer and its product in the list that an office of JCSOS keeps."""
    entry = {"org": desk.org, "source": "公式サイト(見本)", "valid_from": clock.today()}
    firm = ListedFirm.objects.create(**entry, name="例示損保(見本)", kind="insurer")
    ListedProduct.objects.create(**entry, name="海外旅行保険(見本)", insurer=firm.subject)


def fill_desks(estate: Estate) -> None:
    """What each person keeps for themselves, and a job of the school's and of the town's own."""
    for membership in memberships_of(estate):
        CalendarFeed.objects.create(membership=membership, token_hash=sha256_hex(membership.pk.bytes))
        SavedView.objects.create(membership=membership, name="今週", query="state=submitted")
        DigestWish.objects.create(membership=membership, wanted=False)
    for held, audience in ((estate.principal, "school"), (estate.endorser, "endorser")):
        if held is not None:
            Job.objects.create(kind="specimen", key=str(held.membership.pk), audience=audience, org=held.org)


def fill_decision(estate: Estate) -> None:
    """A condition under the safety decision."""
    decision = Decision.objects.filter(request=estate.filed.request).latest("decided_at")
    Condition.objects.create(**case_of(decision), decision=decision, text="夜間の番号", due_on=clock.today())


def fill_sending(estate: Estate) -> None:
    """A question to the ministry, a mail that was lost, the board's numbers and a notice to its houses."""
    packet, by, day = estate.filed.packet, estate.officer.membership.user, clock.today()
    case = case_of(packet)
    Inquiry.objects.create(**case, kind="inquiry", asked_on=day, desk="窓口", question="治安は?", recorded_by=by)
    MailOrder.objects.create(
        **case, packet=packet, recipients=["desk@ministry.example"], subject="依頼", body="別添のとおり", state="lost",
        ordered_by=by, goes_at=clock.now(),
    )  # fmt: skip
    FaxOrder.objects.create(
        **case, packet=packet, number="00-0000-0000", pages=3, state="failed", made_by=by,
        settled_at=clock.now(), settled_by=by, settled_note="話し中",
    )  # fmt: skip
    houses = [estate.school, *([estate.endorser.org] if estate.endorser else [])]
    for authority in (estate.board, *houses[1:]):
        Letterhead.objects.get_or_create(org=authority, version=1, defaults={"text": "見本", "saved_by": by})
        NumberSeries.objects.get_or_create(org=authority, year=2026, defaults={"pattern": "第{n}号"})
        Deputy.objects.create(
            org=authority, person=by, deputy=estate.approver.membership.user, named_by=by, from_on=day, until_on=day
        )
        notice = BoardNotice.objects.create(org=authority, title="提出期限", text="1か月前まで", sent_by=by)
        for house in houses:
            NoticeReading.objects.create(org=authority, notice=notice, to_org=house)


def fill_rules(authority: Org, *, by: Seat) -> None:
    """The first version of an authority's own rules."""
    AuthoritySettings.objects.create(
        org=authority, version=1, parameters={}, dated_from=dt.date(2026, 4, 1), saved_by=by.membership.user
    )


def campaign(jcsos: Seat, title: str) -> Campaign:
    """A round of audits, still being planned."""
    day = clock.today()
    Benchmark.objects.get_or_create(
        org=jcsos.org, year=2026, group="schools", defaults={"schools": 5, "lower": 60, "middle": 70, "upper": 80}
    )
    bounds = {"period_from": day, "period_to": day, "percent": 50, "floor": 1, "cap": 10, "seed": 1}
    user = jcsos.membership.user
    return Campaign.objects.create(org=jcsos.org, title=title, population="all", rule_set="x", opened_by=user, **bounds)


def fill_audit(estate: Estate, within: Campaign, *, by: Seat) -> None:
    """An audit whose result the school has."""
    user, now, day = by.membership.user, clock.now(), clock.today()
    steps = {"announced_at": now, "announced_by": user, "evidence_due_on": day, "reply_due_on": day}
    result = {"state": "reply", "result_at": now, "result_by": user}
    audit = _audit(estate, within, **steps, **result)
    row = {"school": estate.school, "audit": audit}
    AuditStep.objects.create(**row, name="announce", side="jcsos", by=user)
    Evidence.objects.create(**row, criterion="AC01", statement="補講の記録", given_by=estate.principal.membership.user)
    # Its own criterion, so that nothing but the tenant forbids it under another school's audit.
    Assessment.objects.create(**row, criterion=estate.marks.person, verdict="met", assessed_by=user)
    Finding.objects.create(
        **row, criterion="AC01", gravity="minor", text="日付がない", state="issued", issued_at=now, written_by=user
    )


def fill_silent_audit(estate: Estate, within: Campaign, *, by: Seat) -> None:
    """An audit that the school must not know of yet."""
    row = {"school": estate.school, "audit": _audit(estate, within)}
    Assessment.objects.create(**row, criterion="AC01", verdict="met", assessed_by=by.membership.user)
    Finding.objects.create(
        **row, criterion="AC01", gravity="minor", text="案", state="draft", written_by=by.membership.user
    )


def _audit(estate: Estate, within: Campaign, **steps: Any) -> TripAudit:
    return TripAudit.objects.create(
        school=estate.school, campaign=within, request=estate.filed.request, revision_number=1, position=1,
        key_master="m", key_wrapped=b"k", **steps,
    )  # fmt: skip


def case_of(row: Any) -> dict[str, Any]:
    """The columns that tie a paper to its request."""
    names = ("school_id", "request_id", "endorser_org_id", "forwarder_org_id")
    return {name: getattr(row, name) for name in names}


def memberships_of(estate: Estate) -> list[Membership]:
    """The estate's own people who keep something."""
    return [held.membership for held in (estate.principal, estate.officer, estate.endorser) if held is not None]


def fill_assistance(cases: Seat) -> None:
    """A case of the assistance desk with a line of its timeline; opening it is a reading."""
    with acting_as(scope_of(cases.membership, health=True)), transaction.atomic():
        case = assist.open_case(cases.org.pk, "見本の件", by=cases.actor)
        assist.note(case, "病院に着いた", by=cases.actor)


_UNTOLD = "まだ届けていない知らせ"


def fill_news(jcsos: Seat, estates: list[Estate]) -> None:
    """A circular that went to every estate, one that went to nobody, and a draft."""
    other = seat(Role.JCSOS_NEWS, jcsos.org).membership.user
    user, now = jcsos.membership.user, clock.now()
    signed = {"approved_at": now, "approved_by": other, "ordered_at": now, "ordered_by": user, "goes_at": now}
    row = {"org": jcsos.org, "text": "見本", "folded": "見本", "written_by": user}
    sent = Circular.objects.create(**row, title="台風の進路", state="sent", sent_at=now, **signed)
    Circular.objects.create(**row, title=_UNTOLD, state="sent", sent_at=now, **signed)
    Circular.objects.create(**row, title="下書き")
    for estate in estates:
        CircularReceipt.objects.create(org=jcsos.org, circular=sent, school=estate.school)


def fill_elsewhere(desk: Seat) -> None:
    """News and a seminar of another office, so that there is something on both sides of the wall."""
    user = desk.membership.user
    Circular.objects.create(org=desk.org, title="よその知らせ", text="見本", folded="見本", written_by=user)
    fill_seminars(desk, [])


def fill_seminars(jcsos: Seat, estates: list[Estate]) -> None:
    """A seminar announced, one still being prepared; somebody of every estate on the waiting list, and a file."""
    user, now = jcsos.membership.user, clock.now()
    row = {
        "org": jcsos.org, "text": "見本", "venue": "会場", "places": 1, "starts_at": now, "apply_until": now.date(),
        "ends_at": now + dt.timedelta(hours=1), "key_master": "m", "key_wrapped": b"k", "written_by": user,
    }  # fmt: skip
    announced = Seminar.objects.create(**row, title="受付中", state="open", opened_at=now, opened_by=user)
    Seminar.objects.create(**row, title="準備中")
    file = {"shown_name": "a.pdf", "media_type": "application/pdf", "sha256": "0" * 64, "size": 1, "given_by": user}
    SeminarMaterial.objects.create(org=jcsos.org, seminar=announced, stored_name="seminars/a", **file)
    for estate in estates:
        SeminarAttendee.objects.create(
            org=jcsos.org, school=estate.school, seminar=announced, name=estate.marks.person, duty="教諭",
            registered_by=estate.principal.membership.user,
        )  # fmt: skip


def untold_circular() -> Circular:
    """The one that went to nobody."""
    return Circular.objects.get(title=_UNTOLD)
