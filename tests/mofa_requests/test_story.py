"""A plan goes from the school to the ministry and back, each step by the hand that may do it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from mofa_requests import queries
from mofa_requests.actions import review, sending
from mofa_requests.actions.amend import amend, withdraw
from mofa_requests.actions.packets import freeze_packet_input, open_packet, store_packet
from mofa_requests.actions.plan import NotEditable, save_section, store_dossier
from mofa_requests.actions.submit import Blocked, LateWithoutReason, WrongRoute, submit
from mofa_requests.documents.annex3 import Annex3Item
from mofa_requests.documents.packet import build_packet
from mofa_requests.enums import RemarkKind, ReplySource, RequestState, Topic
from mofa_requests.models import Decision, MofaRequest, Revision, RevisionPersons
from portal.dossier.privacy import is_placeholder, revision_digest
from portal.dossier.types import (
    Channel,
    Dossier,
    EnteredBy,
    FounderType,
    Leader,
    Letter,
    Request,
    Tick,
    TickResult,
)
from portal.jobs.models import Job, OutboundMail
from portal.kit import clock
from portal.kit.machine import Refused
from portal.tenancy.models import Org
from tests.factories.cast import World, world
from trips.actions.plan import StaleSection
from trips.enums import Section

pytestmark = pytest.mark.django_db

ALL_PRESENT = [Tick(item=item.value, result=TickResult.PRESENT) for item in Annex3Item]
LETTER = Letter(
    number="7教高第1024号",
    dated_on=dt.date(2026, 11, 2),
    channel=Channel.EMAIL,
    addressee="外務省領事局",
    sender_title="教育長",
    sender_body="見本県教育委員会",
)


@pytest.fixture
def here() -> World:
    return world()


def submitted(here: World) -> Revision:
    with here.principal.at_work() as by:
        return submit(here.request, by=by, title="校長", on=here.on)


def claimed(here: World) -> Revision:
    revision = submitted(here)
    with here.officer.at_work() as by:
        review.claim_review(queries.get_for(here.request.pk), by=by)
    return revision


def approved(here: World) -> Revision:
    revision = claimed(here)
    with here.officer.at_work() as by:
        review.save_ticks(revision, ALL_PRESENT, base_version=0, by=by)
    with here.approver.at_work() as by:
        review.decide(revision, Topic.COMPLETENESS, "complete", reasons="", by=by, title="課長")
        review.decide(revision, Topic.SAFETY, "clear", reasons="", by=by, title="課長")
    return revision


def state_of(here: World) -> str:
    return MofaRequest.objects.get(pk=here.request.pk).state


def test_a_dossier_survives_the_database_unchanged(here: World) -> None:
    with here.drafter.at_work():
        live = queries.gather_dossier(here.request.trip)
    expected = here.dossier.model_copy(
        update={"trip_no": live.trip_no, "revision": None, "request": Request(), "confirmations": live.confirmations}
    )
    assert live == expected
    assert {c.section for c in live.confirmations} == {c.section for c in here.dossier.confirmations}


def test_gathering_takes_a_fixed_number_of_queries(here: World, django_assert_max_num_queries: object) -> None:
    with here.drafter.at_work(), django_assert_max_num_queries(25):  # type: ignore[operator]
        queries.gather_dossier(here.request.trip)


def test_the_whole_way_to_the_ministry(here: World) -> None:
    revision = approved(here)
    assert state_of(here) == RequestState.APPROVED
    with here.officer.at_work() as by:
        letter = sending.fix_letter(revision, LETTER, by=by)
        source = freeze_packet_input(letter.pk)
    rendered = build_packet(source)
    with here.officer.at_work() as by:
        packet = store_packet(letter.pk, rendered, by=by)
        assert store_packet(letter.pk, rendered, by=by) == packet
        assert open_packet(queries.get_for(here.request.pk), packet, by=by) == rendered.pdf
        dispatch = sending.forward(
            queries.get_for(here.request.pk),
            packet,
            channel=Channel.EMAIL,
            sent_on=here.on,
            evidence="送信控え",
            by=by,
        )
        sending.acknowledge(dispatch, received_on=here.on, evidence="受領の返信", by=by)
        sending.record_reply(
            queries.get_for(here.request.pk),
            "夜間の外出に注意してください",
            source=ReplySource.MISSION,
            source_name="見本公館",
            received_on=here.on,
            by=by,
        )
    assert state_of(here) == RequestState.ACKNOWLEDGED
    with here.principal.at_work() as by:
        reply = queries.replies_of(here.request).get()
        sending.see_reply(reply, by=by)
        names = [event.name for event in queries.history_of(here.request)]
        draft = amend(queries.latest_of(here.request.trip), by=by)
    assert names[-1] == "reply.seen"
    assert {"request.submitted", "request.approved", "packet.rendered", "request.forwarded"} <= set(names)
    assert draft.kind == "amendment"
    assert draft.amends_id == here.request.pk
    assert state_of(here) == RequestState.ACKNOWLEDGED


def test_what_is_frozen_carries_no_person_and_stays_verifiable(here: World) -> None:
    revision = submitted(here)
    text = str(revision.document) + str(revision.findings)
    for person in here.dossier.participants:
        assert person.name not in text
    for contact in here.dossier.home_contacts:
        assert contact.night_phone not in text
    assert is_placeholder(revision.document["participants"][0]["name"])
    assert revision_digest(revision.document, revision.commitment) == revision.sha256
    RevisionPersons.objects.filter(revision=revision).delete()
    again = Revision.objects.get(pk=revision.pk)
    assert revision_digest(again.document, again.commitment) == again.sha256


def test_the_authority_reads_exactly_what_was_submitted(here: World) -> None:
    revision = submitted(here)
    with here.officer.at_work():
        opened = queries.open_dossier(queries.revision_of(queries.get_for(here.request.pk)))
    assert opened.participants == here.dossier.participants
    assert opened.revision == revision.number == 1


def test_notices_go_to_the_people_of_both_sides_without_personal_data(here: World) -> None:
    submitted(here)
    mails = list(OutboundMail.objects.select_related("recipient"))
    told = {mail.recipient_id for mail in mails}
    assert {here.principal.membership.user_id, here.officer.membership.user_id} <= told
    assert all(str(here.request.trip_id) in mail.link or str(here.request.pk) in mail.link for mail in mails)


def test_a_blocked_plan_is_not_submitted(here: World) -> None:
    with here.drafter.at_work() as by:
        save_section(
            here.request.trip,
            Section.LODGING,
            {"stays": ()},
            base_version=0,
            by=by,
            entered_by=EnteredBy.STAFF,
            on=here.on,
        )
    with here.principal.at_work() as by, pytest.raises(Blocked) as refused:
        submit(here.request, by=by, title="校長", on=here.on)
    assert refused.value.report.findings
    assert state_of(here) == RequestState.DRAFT


def test_late_filing_needs_a_reason_and_then_a_telephone_call(here: World) -> None:
    late_day = here.dossier.outline.departs_on - dt.timedelta(days=10)
    with here.principal.at_work() as by, pytest.raises((LateWithoutReason, Blocked)):
        submit(here.request, by=by, title="校長", on=late_day)
    with here.drafter.at_work() as by:
        reasoned = queries.gather_dossier(here.request.trip).model_copy(
            update={"late_filing_reason": "行き先の情勢が変わり、受入先を改めたため"}
        )
        store_dossier(here.request.trip, reasoned, by=by)
    with here.principal.at_work() as by:
        revision = submit(here.request, by=by, title="校長", on=late_day)
    assert MofaRequest.objects.get(pk=here.request.pk).late
    with here.officer.at_work() as by:
        review.claim_review(queries.get_for(here.request.pk), by=by)
        review.save_ticks(revision, ALL_PRESENT, base_version=0, by=by)
    with here.approver.at_work() as by:
        review.decide(revision, Topic.COMPLETENESS, "complete", reasons="", by=by, title="課長")
        review.decide(revision, Topic.SAFETY, "conditional", reasons="前日に情勢を確かめること", by=by, title="課長")
    with here.officer.at_work() as by:
        letter = sending.fix_letter(revision, LETTER, by=by)
        source = freeze_packet_input(letter.pk)
    with here.officer.at_work() as by:
        packet = store_packet(letter.pk, build_packet(source), by=by)
        request = queries.get_for(here.request.pk)
        sent = {"channel": Channel.EMAIL, "sent_on": late_day, "evidence": "送信控え", "by": by}
        with clock.stopped_at(late_day), pytest.raises(Refused, match="電話"):
            sending.forward(request, packet, **sent)
        sending.record_mofa_call(request, "邦人課の担当者に到着予定を伝えた", by=by)
        with clock.stopped_at(late_day):
            sending.forward(request, packet, **sent)
    assert state_of(here) == RequestState.FORWARDED


def test_a_return_needs_a_remark_and_comes_back_as_the_next_revision(here: World) -> None:
    revision = claimed(here)
    with here.officer.at_work() as by:
        request = queries.get_for(here.request.pk)
        with pytest.raises(Refused, match="指摘"):
            review.return_for_correction(request, by=by)
        review.write_remark(revision, "内部の覚え", kind=RemarkKind.WRONG, by=by, internal=True)
        with pytest.raises(Refused, match="指摘"):
            review.return_for_correction(request, by=by)
        review.write_remark(revision, "夜間の番号を確かめてください", kind=RemarkKind.WRONG, by=by, pointer="/leader")
        review.return_for_correction(request, by=by)
    with here.principal.at_work() as by:
        seen = list(queries.remarks_of(here.request))
        assert [remark.text for remark in seen] == ["夜間の番号を確かめてください"]
        review.answer_remark(seen[0], "確かめました", by=by)
        with pytest.raises(review.Stale):
            review.answer_remark(seen[0], "二度目", by=by)
        again = submit(here.request, by=by, title="校長", on=here.on)
    assert again.number == 2
    with here.officer.at_work() as by, pytest.raises(review.Stale):
        review.save_ticks(revision, ALL_PRESENT, base_version=0, by=by)


def test_refusing_a_trip_returns_it_with_the_reasons_as_a_remark(here: World) -> None:
    revision = claimed(here)
    with here.approver.at_work() as by:
        with pytest.raises(Refused, match="理由"):
            review.decide(revision, Topic.SAFETY, "refused", reasons=" ", by=by, title="課長")
        review.decide(revision, Topic.SAFETY, "refused", reasons="危険情報が引き上げられたため", by=by, title="課長")
    assert state_of(here) == RequestState.RETURNED
    with here.principal.at_work():
        assert [r.text for r in queries.remarks_of(here.request)] == ["危険情報が引き上げられたため"]


def test_an_item_ticked_as_missing_cannot_be_called_complete(here: World) -> None:
    revision = claimed(here)
    with here.officer.at_work() as by:
        ticks = [*ALL_PRESENT[:5], Tick(item="6", result=TickResult.MISSING), ALL_PRESENT[6]]
        review.save_ticks(revision, ALL_PRESENT[:3], base_version=0, by=by)
    with here.approver.at_work() as by, pytest.raises(Refused, match="未記入"):
        review.decide(revision, Topic.COMPLETENESS, "complete", reasons="", by=by, title="課長")
    with here.officer.at_work() as by:
        review.save_ticks(revision, ticks, base_version=1, by=by)
        with pytest.raises(review.Stale):
            review.save_ticks(revision, ALL_PRESENT, base_version=1, by=by)
    with here.approver.at_work() as by, pytest.raises(Refused, match="欠落"):
        review.decide(revision, Topic.COMPLETENESS, "complete", reasons="", by=by, title="課長")


def test_the_second_decider_is_told_who_was_first(here: World) -> None:
    revision = approved(here)
    with here.officer.at_work() as by, pytest.raises(review.Stale, match="さんが「承認済」"):
        review.decide(revision, Topic.SAFETY, "refused", reasons="後から", by=by, title="主事")
    assert Decision.objects.filter(revision=revision).count() == 2


def test_nobody_reviews_what_they_submitted_themselves(here: World) -> None:
    submitted(here)
    two_hats = here.principal.membership.user
    from portal.accounts.models import Membership

    hat = Membership.objects.create(user=two_hats, org=here.officer.org, role="authority_approver", title="課長")
    from tests.factories.cast import Seat

    with Seat(hat).at_work() as by, pytest.raises(review.SelfReview):
        review.claim_review(queries.get_for(here.request.pk), by=by)


def test_only_the_principal_submits(here: World) -> None:
    with here.drafter.at_work() as by, pytest.raises(Refused, match="役割"):
        submit(here.request, by=by, title="教諭", on=here.on)


def test_a_municipal_school_needs_its_board_first() -> None:
    here = world(FounderType.MUNICIPAL)
    submitted(here)
    assert here.endorser is not None
    with here.officer.at_work() as by, pytest.raises(Refused, match="経由"):
        review.claim_review(queries.get_for(here.request.pk), by=by)
    with here.endorser.at_work() as by:
        review.endorse(queries.get_for(here.request.pk), by=by)
        with pytest.raises(Refused):
            review.endorse(queries.get_for(here.request.pk), by=by)
    with here.officer.at_work() as by:
        review.claim_review(queries.get_for(here.request.pk), by=by)
    assert state_of(here) == RequestState.IN_REVIEW


def test_a_wrong_route_is_refused(here: World) -> None:
    Org.objects.filter(pk=here.principal.org.pk).update(parent=None)
    with here.principal.at_work() as by, pytest.raises(WrongRoute):
        submit(here.request, by=by, title="校長", on=here.on)


def test_a_plan_under_review_cannot_be_changed(here: World) -> None:
    submitted(here)
    with here.drafter.at_work() as by, pytest.raises(NotEditable):
        save_section(
            here.request.trip,
            Section.LEADER,
            {"leader": Leader()},
            base_version=0,
            by=by,
            entered_by=EnteredBy.STAFF,
            on=here.on,
        )


def test_two_teachers_on_one_section(here: World) -> None:
    options = {"entered_by": EnteredBy.STAFF, "on": here.on}
    with here.drafter.at_work() as by:
        trip = here.request.trip
        version = save_section(trip, Section.LEADER, {"leader": here.dossier.leader}, base_version=0, by=by, **options)
        assert version == 1
    with here.principal.at_work() as by, pytest.raises(StaleSection) as stale:
        save_section(trip, Section.LEADER, {"leader": Leader()}, base_version=0, by=by, **options)
    assert stale.value.version == 1
    with here.drafter.at_work():
        assert queries.gather_dossier(trip).leader == here.dossier.leader


def test_withdrawal_needs_a_reason_and_stops_the_review(here: World) -> None:
    submitted(here)
    with here.principal.at_work() as by:
        with pytest.raises(Refused, match="理由"):
            withdraw(here.request, reason="", by=by)
        withdraw(here.request, reason="行き先を国内に改めた", by=by)
    with here.officer.at_work() as by, pytest.raises(Refused):
        review.claim_review(queries.get_for(here.request.pk), by=by)


def test_a_university_fixes_its_plan_without_any_authority() -> None:
    from mofa_requests.actions.plan import open_plan
    from portal.kit.roles import Role
    from tests.factories.cast import ready_dossier, school, seat

    dossier, on = ready_dossier(FounderType.UNIVERSITY)
    place = school(None, FounderType.UNIVERSITY, "例示国際大学")
    head = seat(Role.SCHOOL_PRINCIPAL, place)
    with head.at_work() as by:
        request = open_plan(place, by=by, demo=True)
        store_dossier(request.trip, dossier, by=by)
        revision = submit(request, by=by, title="学長", on=on)
    assert revision.forwarder_org_id is None
    assert MofaRequest.objects.get(pk=request.pk).kind == "advisory"


@pytest.mark.parametrize(
    "change",
    [
        {"state": "approved"},
        {"state": "forwarded", "forwarder_org": None},
        {"state": "returned"},
        {"state": "acknowledged"},
        {"state": "withdrawn"},
        {"state": "in_review"},
    ],
)
def test_the_database_refuses_a_state_without_its_stamps(here: World, change: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        MofaRequest.objects.filter(pk=here.request.pk).update(**change)


def test_a_packet_is_asked_for_once_per_letter(here: World) -> None:
    revision = approved(here)
    with here.officer.at_work() as by:
        letter = sending.fix_letter(revision, LETTER, by=by)
    jobs = Job.objects.filter(kind=sending.RENDER_PACKET, subject_id=here.request.pk)
    assert [job.key for job in jobs] == [str(letter.pk)]


def test_a_document_number_belongs_to_one_request(here: World) -> None:
    revision = approved(here)
    with here.officer.at_work() as by:
        sending.fix_letter(revision, LETTER, by=by)
        sending.fix_letter(revision, LETTER.model_copy(update={"wanted": "治安情勢"}), by=by)
    other = world()
    Org.objects.filter(pk=other.principal.org.pk).update(parent=here.officer.org)
    late = World(**{**other.__dict__, "officer": here.officer, "approver": here.approver})
    second = approved(late)
    with here.officer.at_work() as by, pytest.raises(Refused, match="文書番号"):
        sending.fix_letter(second, LETTER, by=by)


def test_an_empty_dossier_is_a_draft_like_any_other(here: World) -> None:
    with here.drafter.at_work() as by:
        store_dossier(here.request.trip, Dossier(), by=by)
        live = queries.gather_dossier(here.request.trip)
    assert live.model_copy(update={"trip_no": None}) == Dossier()
