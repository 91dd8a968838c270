"""Insurance's part of the specimens: the list that JCSOS keeps, a claim after a journey, papers of a plan under way.

By the product's own actions; every firm and person is invented and marked as a specimen. Not here: the trips (story).
"""

from __future__ import annotations

import datetime as dt

from insurance.actions import claims
from insurance.actions.handover import record_given, record_made
from insurance.actions.listed import Firm, Offer, list_firm, list_product, verify_listed
from insurance.claims import Notice
from insurance.enums import AmountKind, Cause, ClaimFact, FirmKind, Place
from mofa_requests.documents.receivers.papers import PaperKind, build_paper
from mofa_requests.queries import gather_dossier
from portal.accounts.models import Membership
from portal.audit.record import Actor
from portal.demo.hands import acting
from portal.demo.story import demo_trips
from portal.dossier.types import Benefit, BenefitKind, Channel
from portal.kit import clock
from portal.kit.ids import uuid7
from portal.kit.roles import Audience, Role
from portal.vault.keyring import cipher_for
from trips.queries import Trip, outlines_of, trips_of

_PAST, _PLANNED = "guam_past", "hawaii"
_SOURCE = "会社案内(見本)"
_MONTH = dt.timedelta(days=30)


def play_cover(seats: list[Membership], *, on: dt.date) -> int:
    """Firms and a product in the list, a claim, a hand-over. How many entries the list has."""
    desk = next(seat for seat in seats if seat.role_kind is Role.JCSOS_MEMBERS)
    with clock.stopped_at(on - _MONTH), acting(desk, health=True) as by:
        listed = _list(on - 12 * _MONTH, by=by)
    drafters = {seat.org_id: seat for seat in reversed(seats) if _drafts(seat)}
    for seat in drafters.values():
        for name, trip in _trips(seat):
            (_claim if name == _PAST else _hand_over)(trip, seat, on=on)
    return listed


def _list(since: dt.date, *, by: Actor) -> int:
    insurer = list_firm(
        Firm("例示損害保険株式会社(見本)", _SOURCE, since, "Reiji Insurance (specimen)", FirmKind.INSURER,
             phone="03-0000-4400", hours="平日 9:00〜17:00", zone="Asia/Tokyo"),
        by=by,
    )  # fmt: skip
    helper = list_firm(
        Firm("例示ワールドケア(見本)", _SOURCE, since, "Reiji World Care (specimen)", FirmKind.ASSISTANCE,
             phone="03-0000-4401", hours="24時間", zone="Asia/Tokyo", strong_in=("1808", "1000", "1002")),
        by=by,
    )  # fmt: skip
    verify_listed(helper, on=clock.today(), by=by)
    benefits = (
        Benefit(kind=BenefitKind.INJURY_TREATMENT, limit=30_000_000),
        Benefit(kind=BenefitKind.ILLNESS_TREATMENT, limit=30_000_000),
        Benefit(kind=BenefitKind.RESCUE, limit=30_000_000),
    )
    list_product(
        Offer("学校の海外旅行保険(見本)", _SOURCE, since, insurer=insurer.subject, assistance=helper.subject,
              benefits=benefits),
        by=by,
    )  # fmt: skip
    return 3


def _claim(trip: Trip, seat: Membership, *, on: dt.date) -> None:
    """An illness on the way home, reported, with its first bill."""
    dossier = gather_dossier(trip, cipher=cipher_for(trip.pk))
    back = dossier.outline.returns_on
    if back is None or back >= on:
        return
    with clock.stopped_at(back + dt.timedelta(days=2)), acting(seat, health=True) as by:
        cipher = cipher_for(trip.pk)
        facts = {ClaimFact.SYMPTOMS: "発熱と腹痛(見本)", ClaimFact.PLACE: "宿泊先の部屋(見本)"}
        claim = claims.open_claim(
            trip.pk, school_id=trip.school_id, key=uuid7(), participant=dossier.participants[0].key,
            policy=dossier.policies[0].key, notice=Notice(Cause.ILLNESS, Place.ABROAD, back, facts, back), by=by,
            cipher=cipher,
        )  # fmt: skip
        claims.move_claim(claim, "report", on=clock.today(), reason="", by=by, cipher=cipher)
        claims.note_amount(claim, AmountKind.BILL, 48_000, on=back, note="診察と薬(見本)", by=by, cipher=cipher)


def _hand_over(trip: Trip, seat: Membership, *, on: dt.date) -> None:
    """The paper for the assistance company, given to the insurer."""
    with clock.stopped_at(on), acting(seat, health=True) as by:
        dossier = gather_dossier(trip, cipher=cipher_for(trip.pk))
        if not dossier.policies:
            return
        pdf = build_paper(PaperKind.INSURER, dossier).pdf
        policy = dossier.policies[0].key
        row = record_made(trip.pk, dossier, pdf, school_id=trip.school_id, policy=policy, blood_types=0, by=by)
        record_given(row, on=on, channel=Channel.EMAIL, by=by)


def _drafts(seat: Membership) -> bool:
    return seat.role_kind.audience is Audience.SCHOOL and seat.role_kind in (Role.SCHOOL_DRAFTER, Role.SCHOOL_PRINCIPAL)


def _trips(seat: Membership) -> list[tuple[str, Trip]]:
    """The two trips of the story that are this school's, by the name of their file."""
    titles = {trip.load().outline.title: trip.dossier for trip in demo_trips() if trip.dossier in (_PAST, _PLANNED)}
    with acting(seat, health=True):
        rows = {trip.pk: trip for trip in trips_of(seat.org_id)} if seat.org_id else {}
        sheets = outlines_of(rows)
        return [(titles[sheet.title], rows[key]) for key, sheet in sheets.items() if sheet.title in titles]
