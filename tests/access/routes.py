"""What stands in the place of every URL's variable parts: a real object of somebody, by route name.

A route with variable parts and no line here fails the test (``test_declarations``). Not here: calling (matrix).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.http import int_to_base36

from jcsos.queries.seminars import ticket_of
from mofa_requests.enums import Topic
from portal.kit.roles import Audience
from tests.access.consulted import (
    article_at,
    associate_at,
    associate_paper_at,
    member_paper_at,
    paper_at,
    ticket_at,
)
from tests.access.estates import Estate
from tests.access.lands import ENDORSING, Lands, Whose, audience_of
from tests.access.released import release_beside
from trips.enums import Section
from trips.models import AgreedCharacter, FieldChange, GroupingBatch, ItineraryBatch

UNKNOWN_ID = UUID("01990000-0000-7000-8000-000000000404")


@dataclass(frozen=True)
class Thing:
    """Names an object: somebody's, or for ``Whose.UNKNOWN`` nothing."""

    find: Callable[[Lands, str, Whose], Any]
    unknown: Any = UNKNOWN_ID


@dataclass(frozen=True)
class Word:
    """One of a few words that every estate knows: a section, a topic, a kind of file."""

    text: str


@dataclass(frozen=True)
class Line:
    """One route: its variable parts, what is posted to it, how it refuses, and whose things are no secret here."""

    fill: Mapping[str, Thing | Word] = field(default_factory=dict)
    body: Mapping[str, str] = field(default_factory=dict)
    refuses_by: int = 404
    open_to_all: frozenset[Whose] = frozenset()
    why: str = ""


def _of(find: Callable[[Estate], Any]) -> Thing:
    return Thing(lambda lands, hand, whose: find(lands.estate(hand, whose)))


def _request(lands: Lands, hand: str, whose: Whose) -> Any:
    if whose is Whose.UNSENT:
        return lands.estate(hand, Whose.OWN).draft.request.pk
    return lands.estate(hand, whose).filed.request.pk


def _colleague(lands: Lands, hand: str, whose: Whose) -> Any:
    if audience_of(hand) is Audience.AUTHORITY:
        return _desk(lands.estate(hand, whose), hand).membership.pk
    if audience_of(hand) is Audience.SCHOOL or whose is not Whose.OWN:
        return lands.estate(hand, whose).drafter.membership.pk
    return lands.jcsos.membership.pk if audience_of(hand) is Audience.JCSOS else lands.platform.membership.pk


def _desk(estate: Estate, hand: str) -> Any:
    return estate.endorser if estate.endorser is not None else estate.officer


def _offer(lands: Lands, hand: str, whose: Whose) -> Any:
    if whose is Whose.OWN and audience_of(hand) in (Audience.JCSOS, Audience.PLATFORM):
        return {Audience.JCSOS: lands.jcsos_invitation, Audience.PLATFORM: lands.platform_invitation}[
            audience_of(hand)
        ].pk
    estate = lands.estate(hand, whose)
    return (estate.board_invitation if audience_of(hand) is Audience.AUTHORITY else estate.school_invitation).pk


def _below(lands: Lands, hand: str, whose: Whose) -> Any:
    if whose is Whose.OWN and audience_of(hand) is Audience.JCSOS:
        return lands.university.pk
    if whose is Whose.OWN and audience_of(hand) is Audience.PLATFORM:
        return lands.here.board.pk
    return lands.estate(hand, whose).school.pk


def _uid(lands: Lands, hand: str, whose: Whose) -> str:
    return int_to_base36(lands.estate(hand, whose).drafter.membership.user_id)


def _passkey(lands: Lands, hand: str, whose: Whose) -> int:
    held = lands.hands[hand] if whose is Whose.OWN else lands.estate(hand, whose).drafter
    return lands.passkeys[held.membership.user_id].pk


def _audited(find: Callable[[Any], Any]) -> Thing:
    """Something of an audit; an estate that was never audited has an id there that names nothing of it."""
    return _of(lambda estate: find(estate.audited) if estate.audited else estate.school.pk)


def _sent_notice(lands: Lands, hand: str, whose: Whose) -> Any:
    estate = lands.estate(hand, whose)
    return (estate.town_notice if hand.startswith(ENDORSING) and estate.town_notice else estate.notice).pk


def _listed(part: str, find: Callable[[Lands], Any]) -> Line:
    """Something of the list that JCSOS keeps for everybody."""
    known = Thing(lambda lands, hand, whose: find(lands))
    return Line({part: known}, open_to_all=frozenset(Whose), why="one list for everybody, kept by JCSOS")


def _deputy(lands: Lands, hand: str, whose: Whose) -> Any:
    estate = lands.estate(hand, whose)
    return (estate.town_deputy if hand.startswith(ENDORSING) and estate.town_deputy else estate.deputy).pk


_filed, _draft = _of(lambda e: e.filed.trip.pk), _of(lambda e: e.draft.trip.pk)
_revision = {"revision": "1"}
_trip = Line({"trip_id": _filed})
_plan = Line({"trip_id": _draft})
_case = Line({"request_id": Thing(_request)}, _revision)
_section = {"trip_id": _draft, "section": Word(Section.LODGING.value)}
_person = {"trip_id": _draft, "person_id": _of(lambda e: e.draft.person.pk)}
_agreed_character = Line(
    {"trip_id": _draft, "agreement_id": _of(lambda e: AgreedCharacter.objects.get(trip=e.draft.trip).pk)}
)
_claim = {"trip_id": _draft, "claim_id": _of(lambda e: e.draft.insured.claim.pk)}
_opt_out = {"trip_id": _draft, "paper_id": _of(lambda e: e.draft.insured.opt_out.pk)}
_handover = {"trip_id": _draft, "record_id": _of(lambda e: e.draft.insured.handover.pk)}
_campaign = Line(
    {"campaign_id": _audited(lambda held: held.campaign.pk)},
    {"due_on": "2099-01-01"},
    open_to_all=frozenset({Whose.SIBLING}),
    why="a campaign is JCSOS's own; the audits in it of schools that do not consent stay closed",
)
_audit = {"audit_id": _audited(lambda held: held.audit.pk)}
_assist_case = {"case_id": _audited(lambda held: held.case.pk)}
_any_case = {"open_to_all": frozenset({Whose.SIBLING}), "why": "cases are JCSOS's own, whichever school they come from"}
_known_member = {
    "open_to_all": frozenset({Whose.SIBLING}),
    "why": "JCSOS knows its members and their documents, also of those who do not consent",
}
_member = Line({"member_id": _of(lambda e: e.consent.pk if e.consent else e.school.pk)}, **_known_member)
_associate = {"associate_id": _of(lambda estate: associate_at(estate.school))}
_ticket = {"ticket_id": _of(lambda estate: ticket_at(estate.school))}
_any_ticket = {"open_to_all": frozenset({Whose.SIBLING}), "why": "every member may consult, whether it consents or not"}
_article = {"article_id": _of(lambda estate: article_at(estate.school))}
_any_article = {"open_to_all": frozenset({Whose.SIBLING}), "why": "articles are for every member"}
_ticket_paper = {**_ticket, "entry_id": _of(lambda estate: paper_at(estate.school))}
_audit_evidence = Line({**_audit, "evidence_id": _audited(lambda held: held.evidence.pk)}, {"reason": "誤り"})
_circular = {"circular_id": _audited(lambda held: held.news.circular.pk)}
_every_member = {"open_to_all": frozenset({Whose.SIBLING}), "why": "circulars and seminars are for every member"}
_seminar = {"seminar_id": _audited(lambda held: held.news.seminar.pk)}
_seat = {**_seminar, "attendee_id": _audited(lambda held: held.news.seat.pk)}
_material = {**_seminar, "material_id": _audited(lambda held: held.news.material.pk)}
_edition = Line(
    {"release_id": _audited(lambda held: release_beside(held.campaign))},
    open_to_all=frozenset({Whose.SIBLING}),
    why="a release is JCSOS's own; its trips are those in the window",
)
_audit_finding = {**_audit, "finding_id": _audited(lambda held: held.finding.pk)}

ROUTES: dict[str, Line] = {
    "accounts:remove_member": Line({"membership_id": Thing(_colleague)}),
    "accounts:organisation": Line({"org_id": Thing(_below)}, {"email": "neu@test.example", "role": "school_principal"}),
    "accounts:revoke_invitation": Line({"invitation_id": Thing(_offer)}, refuses_by=302),
    "accounts:open_invitation": Line({"token": Word("a-token-that-nobody-holds")}),
    "account_confirm_email": Line({"key": Word("no-such-key")}),
    "account_reset_password_from_key": Line({"uidb36": Thing(_uid, "zik0zj"), "key": Word("no-such-key")}),
    "mfa_edit_webauthn": Line({"pk": Thing(_passkey, 2_000_000_000)}, {"name": "新しい名"}),
    "mfa_remove_webauthn": Line({"pk": Thing(_passkey, 2_000_000_000)}),
    "api:trip_dossier": _trip,
    "api:trip_import": _plan,
    "api:trip_findings": _plan,
    "api:request": _case,
    "api:request_dossier": _case,
    "api:request_receipt": _case,
    "api:member_trip_dossier": _case,
    "cover:overview": _plan,
    "cover:stress": _plan,
    "cover:stress_sheet": _plan,
    "cover:calculator": _plan,
    "cover:claim": _plan,
    "cover:claims": _plan,
    "cover:claim_new": _plan,
    "cover:claim_case": Line(_claim, {"act": "social"}),
    "cover:claim_edit": Line(_claim, {"base_version": "0"}),
    "cover:claim_notice": Line(_claim),
    "cover:claim_dates": Line(_claim),
    "cover:claim_file": Line({**_claim, "file_id": _of(lambda e: e.draft.insured.receipt.pk)}),
    "cover:opt_outs": _plan,
    "cover:opt_out_keep": _plan,
    "cover:opt_out_paper": Line(_opt_out),
    "cover:opt_out_withdraw": Line(_opt_out),
    "cover:handover": _plan,
    "cover:handover_make": Line({"trip_id": _draft}, {"policy": "p1"}),
    "cover:handover_given": Line(_handover, {"on": "2026-04-01", "channel": "email"}),
    "cover:handover_received": Line(_handover, {"on": "2026-04-01"}),
    "cover:policy_import": _plan,
    "cover:policy_listed": _plan,
    "cover:policy_template": Line({"trip_id": _draft, "kind": Word("csv")}),
    "insurance:firm": _listed("subject", lambda lands: lands.listed.subject),
    "insurance:firm_change": _listed("subject", lambda lands: lands.listed.subject),
    "insurance:listed_product": _listed("subject", lambda lands: lands.offered.subject),
    "insurance:product_change": _listed("subject", lambda lands: lands.offered.subject),
    "insurance:settle": _listed("entry_id", lambda lands: lands.listed.pk),
    "insurance:product": Line({"code": Word("jet")}),
    "jcsos:school": Line(
        {"member_id": _of(lambda e: e.consent.pk if e.consent else e.school.pk)},
        open_to_all=frozenset({Whose.SIBLING}),
        why="JCSOS knows its members, also those who do not consent; their trips stay closed",
    ),
    "jcsos:readiness": Line(
        {"member_id": _of(lambda e: e.consent.pk if e.consent else e.school.pk)},
        open_to_all=frozenset({Whose.SIBLING}),
        why="as jcsos:school: a member who does not consent has no score there",
    ),
    "jcsos:directory_entry": Line({"listed": Word("desk"), "key": Word("mofa-2024")}),
    "jcsos:edition": _edition,
    "jcsos:edition_preview": _edition,
    "jcsos:edition_publish": _edition,
    "jcsos:trip": _case,
    "jcsos:campaign": _campaign,
    "jcsos:draw": _campaign,
    "jcsos:announce_all": _campaign,
    "jcsos:close_campaign": _campaign,
    "jcsos:audit": Line(_audit),
    "jcsos:audit_act": Line({**_audit, "act": Word("remind")}),
    "jcsos:audit_assess": Line({**_audit, "criterion": Word("AC01")}, {"AC01-verdict": "met"}),
    "jcsos:audit_finding": Line({**_audit_finding, "act": Word("drop")}, {"reason": "誤り"}),
    "jcsos:audit_evidence": _audit_evidence,
    "jcsos:audit_report": Line(_audit),
    "jcsos:case": Line(_assist_case, **_any_case),
    "jcsos:open_case": Line(_assist_case, {"purpose": "handling"}, **_any_case),
    "jcsos:case_act": Line({**_assist_case, "act": Word("note")}, {"note-text": "記録"}, **_any_case),
    "jcsos:circular": Line(_circular, **_every_member),
    "jcsos:edit_circular": Line(_circular, **_every_member),
    "jcsos:circular_act": Line({**_circular, "act": Word("revise")}, **_every_member),
    "jcsos:returned_mail": Line(_circular, **_every_member),
    "jcsos:restart_sending": Line(_circular, **_every_member),
    "jcsos:circular_mail": Line(
        {**_circular, "mail_id": _audited(lambda held: held.news.letter.pk), "act": Word("again")}, **_every_member
    ),
    "jcsos:our_circular": Line(_circular, **_every_member),
    "jcsos:seminar": Line(_seminar, **_every_member),
    "jcsos:edit_seminar": Line(_seminar, **_every_member),
    "jcsos:seminar_act": Line({**_seminar, "act": Word("end")}, **_every_member),
    "jcsos:certificate": Line(_seat, **_every_member),
    "jcsos:seat_act": Line({**_seat, "act": Word("attend")}, **_every_member),
    "jcsos:add_material": Line(_seminar, **_every_member),
    "jcsos:material": Line(_material, **_every_member),
    "jcsos:remove_material": Line(_material, **_every_member),
    "jcsos:ticket": Line({"ticket": _audited(lambda held: ticket_of(held.news.seat))}, **_every_member),
    "jcsos:our_seminar": Line(_seminar, **_every_member),
    "jcsos:register_seat": Line(_seminar, {"name": "見本 次郎", "duty": "教諭"}, **_every_member),
    "jcsos:our_ticket": Line(_seat),
    "jcsos:our_ticket_code": Line(_seat),
    "jcsos:cancel_seat": Line(_seat),
    "jcsos:our_certificate": Line(_seat),
    "jcsos:our_material": Line(_material),
    "jcsos:told": Line({"receipt_id": _audited(lambda held: held.news.receipt.pk)}),
    "jcsos:consultation": Line(_ticket, **_any_ticket),
    "jcsos:consultation_act": Line({**_ticket, "act": Word("answer")}, {"answer-text": "返事"}, **_any_ticket),
    "jcsos:consultation_file": Line(_ticket_paper, **_any_ticket),
    "jcsos:article": Line(_article, {"topic": "risk", "title": "題", "text": "文"}, **_any_article),
    "jcsos:article_act": Line({**_article, "act": Word("withdraw")}, **_any_article),
    "jcsos:our_article": Line(_article, **_any_article),
    "jcsos:member_duty_file": Line({"request_id": Thing(_request)}),
    "jcsos:member_duty_file_pdf": Line({"request_id": Thing(_request), "number": Word("1")}),
    "jcsos:member": _member,
    "jcsos:member_act": Line({**_member.fill, "act": Word("services")}, **_known_member),
    "jcsos:member_paper": Line(
        {**_member.fill, "paper_id": _of(lambda estate: member_paper_at(estate.school))}, **_known_member
    ),
    "jcsos:member_join": Line({"kind": Word("school")}),
    "jcsos:associate": Line(_associate, **_known_member),
    "jcsos:associate_act": Line({**_associate, "act": Word("services")}, **_known_member),
    "jcsos:associate_paper": Line(
        {**_associate, "paper_id": _of(lambda estate: associate_paper_at(estate.school))}, **_known_member
    ),
    "jcsos:letter": Line({"code": Word(str(UNKNOWN_ID))}),
    "jcsos:our_membership_act": Line({"act": Word("contacts")}),
    "jcsos:our_member_paper": Line({"paper_id": _of(lambda estate: member_paper_at(estate.school))}),
    "jcsos:our_duty_file": Line({"trip_id": _filed}),
    "jcsos:our_duty_file_pdf": Line({"trip_id": _filed, "number": Word("1")}),
    "jcsos:our_consultation": Line(_ticket),
    "jcsos:our_consultation_write": Line(_ticket, {"text": "追って"}),
    "jcsos:our_consultation_close": Line(_ticket),
    "jcsos:our_consultation_file": Line(_ticket_paper),
    "jcsos:our_audit": Line(_audit),
    "jcsos:give_evidence": Line(_audit, {"criterion": "AC01", "AC01-statement": "資料"}),
    "jcsos:our_evidence": _audit_evidence,
    "jcsos:withdraw_evidence": _audit_evidence,
    "jcsos:hand_in": Line(_audit),
    "jcsos:reply": Line(_audit_finding, {"text": "異議ありません"}),
    "jcsos:correct": Line(_audit_finding, {"text": "直しました"}),
    "jcsos:our_report": Line(_audit),
    "trips:workspace": _plan,
    "trips:section": Line(_section),
    "trips:new_row": Line({**_section, "prop": Word("stays")}),
    "trips:confirm": Line(_section),
    "trips:sheet": Line(_section),
    "trips:sheet_picture": Line(_section),
    "trips:roster": _plan,
    "trips:add_person": _plan,
    "trips:assign": _plan,
    "trips:board": _plan,
    "trips:calls": _plan,
    "trips:carried": _plan,
    "trips:aftermath": _trip,
    "trips:edit_person": Line(_person),
    "trips:edit_row": Line(_person),
    "trips:remove_person": Line(_person),
    "trips:restore_person": Line({"trip_id": _draft, "person_id": _of(lambda e: e.draft.removed.pk)}),
    "trips:handouts": Line({"trip_id": _draft}),
    "trips:handout": Line({"trip_id": _draft, "kind": Word("card")}),
    "trips:sealed_handout": Line({"trip_id": _draft, "kind": Word("health")}),
    "trips:export_roster": Line({"trip_id": _draft, "kind": Word("xlsx")}),
    "trips:import": _plan,
    "trips:import_decide": _plan,
    "trips:undo_import": Line({"trip_id": _draft, "batch_id": _of(lambda e: e.draft.batch.pk)}),
    "trips:undo_assignment": Line(
        {"trip_id": _draft, "batch_id": _of(lambda e: GroupingBatch.objects.get(trip=e.draft.trip).pk)}
    ),
    "trips:characters": _plan,
    "trips:end_character": _agreed_character,
    "trips:put_back_character": _agreed_character,
    "trips:import_itinerary": _plan,
    "trips:itinerary_decide": _plan,
    "trips:itinerary_form": _plan,
    "trips:undo_itinerary": Line(
        {"trip_id": _draft, "batch_id": _of(lambda e: ItineraryBatch.objects.get(trip=e.draft.trip).pk)}
    ),
    "trips:restore_row": Line({**_section, "change_id": _of(lambda e: FieldChange.objects.get(trip=e.draft.trip).pk)}),
    "trips:forget_columns": _plan,
    "trips:passports": _plan,
    "trips:practice_over": _plan,
    "trips:inquiries": _plan,
    "trips:inquiry_answer": _plan,
    "trips:check": _plan,
    "trips:edition": Line({"trip_id": _draft}, {"edition": "2003"}),
    "trips:preview": _plan,
    "trips:draft_pdf": _plan,
    "trips:draft_progress": _plan,
    "trips:draft_tagged": _plan,
    "trips:draft_fax": _plan,
    "trips:draft_fax_standard": _plan,
    "trips:submit": Line({"trip_id": _draft}, {"attest": "on"}),
    "trips:late_reason": Line({"trip_id": _draft}, {"reason": "行き先が変わったため"}),
    "trips:withdraw": Line({"trip_id": _filed}, {"reason": "中止のため"}),
    "trips:amend": _trip,
    "trips:timeline": _trip,
    "trips:answer": Line(
        {"trip_id": _filed, "remark_id": _of(lambda e: e.filed.remark.pk)}, {"answer": "確かめました"}
    ),
    "trips:reply_seen": Line({"trip_id": _filed, "reply_id": _of(lambda e: e.filed.reply.pk)}),
    "trips:packet_pdf": _trip,
    "trips:export": _plan,
    "mofa_requests:request": _case,
    "mofa_requests:plan": _case,
    "mofa_requests:roster": _case,
    "mofa_requests:history": _case,
    "mofa_requests:sheet_picture": Line({**_case.fill, "sheet": Word("lodging")}),
    "mofa_requests:endorse": _case,
    "mofa_requests:carry": _case,
    "mofa_requests:revoke": Line(_case.fill, {**_revision, "reasons": "情勢が変わった"}),
    "mofa_requests:claim": _case,
    "mofa_requests:release": _case,
    "mofa_requests:hand_over": _case,
    "mofa_requests:recall": _case,
    "mofa_requests:meet": _case,
    "mofa_requests:mail": _case,
    "mofa_requests:mail_undo": _case,
    "mofa_requests:mail_settle": _case,
    "mofa_requests:fax": _case,
    "mofa_requests:fax_file": _case,
    "mofa_requests:fax_settle": _case,
    "mofa_requests:inquiry": _case,
    "mofa_requests:inquiry_answer": _case,
    "mofa_requests:notice": Line({"notice_id": Thing(_sent_notice)}),
    "mofa_requests:deputy_end": Line({"deputy_id": Thing(_deputy)}),
    "ui:read_notice": Line({"notice_id": _of(lambda e: e.notice.pk)}, refuses_by=302),
    "mofa_requests:remarks": Line(
        _case.fill, {**_revision, "text": "確かめてください", "kind": "wrong", "audience": "school"}
    ),
    "mofa_requests:return": _case,
    "mofa_requests:decision": _case,
    "mofa_requests:decide": Line(
        {**_case.fill, "topic": Word(Topic.SAFETY.value)}, {**_revision, "verdict": "clear", "reasons": ""}
    ),
    "mofa_requests:sending": _case,
    "mofa_requests:call": Line(_case.fill, {"note": "担当者に伝えた"}),
    "mofa_requests:letter": _case,
    "mofa_requests:packet_status": _case,
    "mofa_requests:retry": _case,
    "mofa_requests:packet_pdf": _case,
    "mofa_requests:packet_fax": _case,
    "mofa_requests:dispatch": _case,
    "mofa_requests:receipt": _case,
    "mofa_requests:reply": _case,
    "ui:calendar_feed": Line({"token": Word("a-token-that-nobody-holds")}),
    "ui:rule": Line({"code": Word("LT01")}),
}
"""Routes without variable parts need no line."""
