"""Whole estates of tenants: a school with its authority, a trip that went all the way and one still being drafted.

Every estate carries marks of its own in names, titles, telephones and health notes, so that a page that shows a
foreign value is found by its mark. Not here: who may see which (matrix), the walls in SQL (tests.tenancy).
"""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass
from itertools import count

import pikepdf

from jcsos.actions import join, set_consent
from jcsos.models import Membership as Consent
from mofa_requests import queries
from mofa_requests.actions import review, sending
from mofa_requests.actions.characters import agree
from mofa_requests.actions.deputising import name_deputy
from mofa_requests.actions.noticeboard import send_notice
from mofa_requests.actions.packets import store_packet
from mofa_requests.actions.plan import open_plan, save_section, store_dossier
from mofa_requests.actions.submit import submit
from mofa_requests.documents.annex3 import Annex3Item
from mofa_requests.documents.packet import Packet as Rendered
from mofa_requests.enums import RemarkKind, ReplySource, Topic
from mofa_requests.models import BoardNotice, Deputy, LetterRecord, MofaRequest, Packet, Remark, Reply, Revision
from portal.accounts import actions as accounts
from portal.accounts.acting import scope_of
from portal.accounts.models import Invitation
from portal.demo.story import demo_trips
from portal.dossier.types import Channel, Dossier, EnteredBy, FounderType, Letter, Stay, Tick, TickResult
from portal.kit import clock
from portal.kit.roles import Audience, Role
from portal.tenancy.models import Org
from portal.tenancy.scope import acting_as
from portal.vault.keyring import cipher_for
from tests.access.audited import Audited, build_audit
from tests.access.insured import Insured, build_insured
from tests.factories.cast import Seat, seat
from trips.actions import roster
from trips.actions.grouping import assign
from trips.actions.history import keep_changes
from trips.actions.itinerary_import import apply_itinerary
from trips.actions.roster_import import apply_import
from trips.actions.roster_rows import Newcomer
from trips.enums import AgreedWith, Section
from trips.models import Participant, RosterBatch, Trip

_number = count(1)


def _paper() -> bytes:
    """A PDF that can be opened and drawn, as every packet can."""
    out = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.docinfo["/Title"] = "見本の送付文書"
        document.save(out, deterministic_id=True)
    return out.getvalue()


PDF = _paper()
ALL_PRESENT = [Tick(item=item.value, result=TickResult.PRESENT) for item in Annex3Item]


@dataclass(frozen=True)
class Marks:
    """Texts that occur in one estate only. ``person`` heads every traveller's name, ``contact`` is a night number."""

    person: str
    title: str
    contact: str
    guardian: str
    health: str
    internal: str

    @classmethod
    def of(cls, sign: str) -> Marks:
        telephone = f"090-0000-{7000 + next(_number)}"
        return cls(f"{sign}﨑", f"{sign}の旅", telephone, f"{sign}保護者", f"{sign}卵アレルギー", f"{sign}庁内控")

    @property
    def all(self) -> tuple[str, ...]:
        return (self.person, self.title, self.contact, self.guardian, self.health, self.internal)

    def hidden_from(self, role: Role) -> tuple[str, ...]:
        """Marks of an estate in view that a role may not read all the same (trust (d), the class of each)."""
        if role is Role.SCHOOL_AGENT:
            return (self.person, self.contact, self.guardian, self.health, self.internal)
        return {
            Audience.SCHOOL: (self.internal,),
            Audience.AUTHORITY: (self.guardian, self.health),
            Audience.JCSOS: (self.person, self.contact, self.guardian, self.health, self.internal),
            Audience.PLATFORM: self.all,
        }[role.audience]


@dataclass(frozen=True)
class Filed:
    """A trip whose request was acknowledged by the ministry, with every paper that hangs on it."""

    trip: Trip
    request: MofaRequest
    revision: Revision
    remark: Remark
    internal: Remark
    letter: LetterRecord
    packet: Packet
    reply: Reply


@dataclass(frozen=True)
class Draft:
    """A trip still with the school: a traveller, one taken off the roster, an import that can be undone, its cover."""

    trip: Trip
    request: MofaRequest
    person: Participant
    removed: Participant
    batch: RosterBatch
    insured: Insured


@dataclass(frozen=True)
class Estate:
    """A school and the authorities of its route, with people and papers."""

    marks: Marks
    school: Org
    principal: Seat
    drafter: Seat
    officer: Seat
    approver: Seat
    endorser: Seat | None
    filed: Filed
    draft: Draft
    consent: Consent | None
    audited: Audited | None
    school_invitation: Invitation
    board_invitation: Invitation
    notice: BoardNotice
    town_notice: BoardNotice | None
    deputy: Deputy
    town_deputy: Deputy | None

    @property
    def board(self) -> Org:
        return self.officer.org


def build_estate(school: Org, *, sign: str, forwarder: Org, endorser: Org | None = None, jcsos: Seat | None = None,
                 consents: bool = False, on: dt.date | None = None) -> Estate:  # fmt: skip
    """Bring an estate to life through the product's own actions. ``sign`` heads its marks."""
    marks = Marks.of(sign)
    people = {
        "principal": seat(Role.SCHOOL_PRINCIPAL, school),
        "drafter": seat(Role.SCHOOL_DRAFTER, school),
        "officer": seat(Role.AUTHORITY_OFFICER, forwarder),
        "approver": seat(Role.AUTHORITY_APPROVER, forwarder),
    }
    endorsing = seat(Role.AUTHORITY_OFFICER, endorser) if endorser else None
    consent = _consent(people["principal"], jcsos, consents=consents) if jcsos else None
    dossier, submitted_on = specimen(marks, school)
    filed = _file(dossier, marks=marks, endorser=endorsing, on=on or submitted_on, **people)
    return Estate(
        marks=marks,
        school=school,
        endorser=endorsing,
        filed=filed,
        draft=_draft(dossier, marks, people["drafter"]),
        consent=consent,
        audited=build_audit(consent, people["principal"], jcsos) if consent and jcsos else None,
        school_invitation=_invite(people["principal"], Role.SCHOOL_DRAFTER),
        board_invitation=_invite(people["approver"], Role.AUTHORITY_OFFICER),
        notice=_tell(people["officer"], school, marks),
        town_notice=_tell(endorsing, school, marks) if endorsing else None,
        deputy=_stand_in(forwarder),
        town_deputy=_stand_in(endorser) if endorser else None,
        **people,
    )


def _tell(sender: Seat, school: Org, marks: Marks) -> BoardNotice:
    """A notice of an authority to the estate's school."""
    with sender.at_work() as by:
        return send_notice(sender.org, marks.title, "期限を守って提出してください。", to=[school], by=by)


def _stand_in(authority: Org) -> Deputy:
    """Two more people of an authority, one of whom is away for a month."""
    away, deputy = seat(Role.AUTHORITY_OFFICER, authority), seat(Role.AUTHORITY_OFFICER, authority)
    today = clock.today()
    with away.at_work() as by:
        return name_deputy(
            away.membership, deputy=deputy.membership, from_on=today, until_on=today + dt.timedelta(days=30), by=by
        )


def specimen(marks: Marks, school: Org) -> tuple[Dossier, dt.date]:
    """A plan that may be submitted by any founder's school, with the estate's marks in it, and its day."""
    trip = next(trip for trip in demo_trips() if trip.dossier == "australia_homestay_40")
    plan = trip.load()
    assert trip.submitted_on is not None
    people = [person.model_copy(update={"name": f"{marks.person}{person.name}"}) for person in plan.participants]
    contacts = [contact.model_copy(update={"night_phone": marks.contact}) for contact in plan.home_contacts]
    changed = {
        "school": plan.school.model_copy(update={"founder": FounderType(school.founder)}),
        "outline": plan.outline.model_copy(update={"title": marks.title}),
        "participants": tuple(people),
        "home_contacts": tuple(contacts),
        "edition": school.edition,
    }
    return Dossier.model_validate(plan.model_dump() | {k: _plain(v) for k, v in changed.items()}), trip.submitted_on


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return [part.model_dump() for part in value]
    return value.model_dump() if hasattr(value, "model_dump") else value


def _consent(principal: Seat, jcsos: Seat, *, consents: bool) -> Consent:
    with jcsos.at_work():
        consent = join(principal.org, on=clock.today())
    if consents:
        with principal.at_work() as by:
            set_consent(consent, consents=True, by=by)
    return consent


def _invite(host: Seat, role: Role) -> Invitation:
    with host.at_work():
        return accounts.invite(host.org, email=f"guest{next(_number)}@test.example", role=role, by=host.membership)


def _file(dossier: Dossier, *, marks: Marks, principal: Seat, drafter: Seat, officer: Seat, approver: Seat,
          endorser: Seat | None, on: dt.date) -> Filed:  # fmt: skip
    with drafter.at_work() as by:
        request = open_plan(drafter.org, by=by, demo=True)
        store_dossier(request.trip, dossier, by=by)
    with principal.at_work() as by:
        revision = submit(request, by=by, title="校長", on=on)
    if endorser is not None:
        with endorser.at_work() as by:
            review.endorse(queries.get_for(request.pk), by=by)
    with officer.at_work() as by:
        review.claim_review(queries.get_for(request.pk), by=by)
        review.save_ticks(revision, ALL_PRESENT, base_version=0, by=by)
    with approver.at_work() as by:
        review.decide(revision, Topic.COMPLETENESS, "complete", reasons="", by=by, title="課長")
        review.decide(revision, Topic.SAFETY, "clear", reasons="", by=by, title="課長")
    with officer.at_work() as by:
        # After the decisions: a remark that the school has not answered stands in the way of an approval.
        remark = review.write_remark(revision, "夜間の番号を確かめてください", kind=RemarkKind.WRONG, by=by)
        internal = review.write_remark(revision, marks.internal, kind=RemarkKind.WRONG, by=by, internal=True)
    letter, packet, reply = _send(revision, officer, on=on)
    return Filed(request.trip, request, revision, remark, internal, letter, packet, reply)


def _send(revision: Revision, officer: Seat, *, on: dt.date) -> tuple[LetterRecord, Packet, Reply]:
    number = next(_number)
    text = Letter(number=f"見本第{number}号", dated_on=on, channel=Channel.EMAIL, sender_body=officer.org.name)
    with officer.at_work() as by:
        letter = sending.fix_letter(revision, text, by=by)
        packet = store_packet(letter.pk, Rendered(PDF, 1, f"{number:064x}", (), ()), by=by)
        request = queries.get_for(revision.request_id)
        dispatch = sending.forward(request, packet, channel=Channel.EMAIL, sent_on=on, evidence="送信控え", by=by)
        sending.acknowledge(dispatch, received_on=on, evidence="受領の返信", by=by)
        about = {"source": ReplySource.MISSION, "source_name": "見本公館", "received_on": on}
        reply = sending.record_reply(request, "夜間の外出に注意してください", by=by, **about)
    return letter, packet, reply


def _draft(dossier: Dossier, marks: Marks, drafter: Seat) -> Draft:
    with drafter.at_work() as by:
        request = open_plan(drafter.org, by=by, demo=True)
        store_dossier(request.trip, dossier.model_copy(update={"participants": dossier.participants[:4]}), by=by)
        save_section(
            request.trip, Section.OUTLINE, {"outline": dossier.outline}, base_version=0, by=by,
            entered_by=EnteredBy.STAFF, on=clock.today(), unparsed={"outline-departs_on": "三月ごろ"},
        )  # fmt: skip
    trip = request.trip
    with acting_as(scope_of(drafter.membership, health=True)):
        batch = _import(trip, dossier, marks, drafter)
        _remember(trip, dossier, drafter)
        person, removed = Participant.objects.filter(trip=trip).order_by("position")[:2]
        cipher = cipher_for(trip.pk)
        guardian = {"name": marks.guardian, "phone1": "090-0000-0003"}
        roster.save_guardian(person, guardian, by=drafter.actor, cipher=cipher)
        roster.save_health(person, {"allergy": marks.health, "blood_type": "AB"}, by=drafter.actor, cipher=cipher)
        roster.remove_participant(removed, by=drafter.actor)
    insured = build_insured(trip, dossier, health=marks.health, drafter=drafter, pdf=PDF)
    return Draft(trip, request, person, removed, batch, insured)


def _remember(trip: Trip, dossier: Dossier, drafter: Seat) -> None:
    """What the desk keeps beside a plan: a room given to many, an itinerary file, a row of lodging taken away."""
    cipher = cipher_for(trip.pk)
    keys = Participant.objects.filter(trip=trip).values_list("key", flat=True)
    assign(trip, list(keys), {"room": "101"}, by=drafter.actor, cipher=cipher)
    apply_itinerary(
        trip, {prop: getattr(dossier, prop) for prop in ("legs", "activities", "stays")}, versions={}, by=drafter.actor,
        on=clock.today(), cipher=cipher, file_name="日程表.xlsx", file_sha256="0" * 64, kept=1, refused=0,
    )  # fmt: skip
    agree(trip, "\U0002fffc", "辺", places=("/school/principal",), agreed_with=AgreedWith.PERSON, by=drafter.actor)
    keep_changes(
        trip, Section.LODGING.value, {"stays": (Stay(key="gone", name="見本の宿"),)}, {"stays": ()}, (),
        by=drafter.actor, entered_by=EnteredBy.STAFF, cipher=cipher,
    )  # fmt: skip


def _import(trip: Trip, dossier: Dossier, marks: Marks, drafter: Seat) -> RosterBatch:
    newcomer = Newcomer(dossier.participants[4], guardian={"name": marks.guardian}, health={"note": marks.health})
    return apply_import(
        trip, [newcomer], by=drafter.actor, cipher=cipher_for(trip.pk), file_name="名簿.xlsx", file_sha256="0" * 64,
        read=1, refused=0,
    )  # fmt: skip
