"""JCSOS and the authority see the gaps of a trip's insurance and never a person: planted texts reach no page."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.apps import apps
from django.db import Error, transaction

from insurance.actions import claims
from insurance.actions.handover import record_given, record_made, record_received
from insurance.actions.opt_outs import Signed, keep_opt_out
from insurance.claims import Notice
from insurance.enums import Cause, ClaimFact, ClaimState, Place, SignedBy
from jcsos.models import Membership
from mofa_requests.actions.plan import store_dossier
from portal.dossier.types import Channel, Dossier, OptOut
from portal.kit import clock
from portal.kit.ids import uuid7
from portal.vault.keyring import cipher_for
from portal.vault.uploads import Upload
from tests.factories.cast import World
from tests.jcsos.conftest import Office, submitted
from tests.ui.authority.conftest import signed_in
from trips.actions.roster_rows import keeping_health

NAME, PAPER = "鵠﨑𠮷葛󠄀", "鸛髙﨑病"
"""Planted in every name, and in everything that papers and claims tell."""


@pytest.fixture
def insured(here: World, member: Membership) -> World:
    """A plan handed in with an opt-out and a weak contract, and around it papers that tell of one person."""
    person = here.dossier.participants[0]
    with here.drafter.at_work() as by, keeping_health():
        dossier = _planted(here.dossier)
        store_dossier(here.request.trip, dossier, by=by)
        cipher, trip, school = cipher_for(here.request.trip_id), here.request.trip_id, here.request.school_id
        paper = Upload(f"{PAPER}.pdf", b"%PDF-" + PAPER.encode())
        signed = Signed(person.key, here.on, SignedBy.GUARDIAN, is_minor=True)
        keep_opt_out(trip, signed, paper, school_id=school, by=by, cipher=cipher)
        row = record_made(trip, dossier, b"%PDF-", school_id=school, policy="p1", blood_types=1, by=by)
        record_given(row, on=here.on, channel=Channel.EMAIL, by=by)
        record_received(row, on=here.on, receipt=PAPER, by=by, cipher=cipher)
        notice = Notice(Cause.ILLNESS, Place.ABROAD, here.on, dict.fromkeys(ClaimFact, PAPER))
        claim = claims.open_claim(
            trip, school_id=school, key=uuid7(), participant=person.key, policy="p1", notice=notice, by=by,
            cipher=cipher,
        )  # fmt: skip
        claims.add_file(claim, paper, paper="", by=by, cipher=cipher)
        claims.move_claim(claim, "report", on=here.on, reason=PAPER, by=by, cipher=cipher)
    submitted(here)
    return here


def _planted(dossier: Dossier) -> Dossier:
    """A mark in every name, one person opted out, and a contract too small for treatment."""
    people = tuple(each.model_copy(update={"name": f"{NAME}{n}"}) for n, each in enumerate(dossier.participants))
    policy = dossier.policies[0]
    weak = {"limit": 12_000_000, "unlimited": False}
    low = tuple(
        each.model_copy(update=weak) if each.kind.value.endswith("treatment") else each for each in policy.benefits
    )
    opt_out = OptOut(participant=people[0].key, signed_on=dt.date(2026, 10, 1), guardian_signed=True)
    return dossier.model_copy(
        update={
            "participants": people,
            "opt_outs": (opt_out,),
            "policies": (policy.model_copy(update={"benefits": low}), *dossier.policies[1:]),
        }
    )


def test_gaps_are_seen_and_no_person(office: Office, insured: World) -> None:
    request = insured.request
    seen = 0
    for person in (*office.everybody, insured.officer, insured.approver):
        client = signed_in(person)
        for path in (f"/jcsos/trips/{request.pk}/", "/jcsos/", "/jcsos/dashboard/", f"/inbox/{request.pk}/",
                     f"/inbox/{request.pk}/history/"):  # fmt: skip
            answer = client.get(path)
            text = answer.content.decode(errors="replace")
            seen += answer.status_code == 200
            assert PAPER not in text, path
            assert NAME not in text or person.org != office.org, path
            assert ClaimState.REPORTED.label not in text, path
        for rest in ("", "claims/", "opt-outs/", "handover/"):
            assert client.get(f"/trips/{request.trip_id}/cover/{rest}").status_code == 404
    assert seen >= 7
    shown = signed_in(office.auditor).get(f"/jcsos/trips/{request.pk}/").content.decode()
    assert "A202" in shown


def test_the_tables_are_shut_for_them(office: Office, insured: World) -> None:
    for person in (office.auditor, insured.officer):
        for name in ("Claim", "ClaimAmount", "ClaimFile", "OptOutPaper", "HandoverRecord"):
            model: Any = apps.get_model("insurance", name)
            with pytest.raises(Error, match="permission denied"), transaction.atomic(), person.at_work():
                model.objects.count()
    assert clock.today() == insured.on
