"""What the cover of a drafted trip has beside the plan: a claim with a receipt, a signed opt-out, a hand-over.

The claim tells the estate's mark of health, so that a page that shows it to a wrong eye is found.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from insurance.actions import claims
from insurance.actions.handover import record_made
from insurance.actions.opt_outs import Signed, keep_opt_out
from insurance.claims import Notice
from insurance.enums import Cause, ClaimFact, Place, SignedBy
from insurance.models import Claim, ClaimFile, HandoverRecord, OptOutPaper
from portal.accounts.acting import scope_of
from portal.dossier.types import Dossier
from portal.kit import clock
from portal.kit.ids import uuid7
from portal.tenancy.scope import acting_as
from portal.vault.keyring import cipher_for
from portal.vault.uploads import Upload
from tests.factories.cast import Seat
from trips.models import Trip


@dataclass(frozen=True)
class Insured:
    """One of each."""

    claim: Claim
    receipt: ClaimFile
    opt_out: OptOutPaper
    handover: HandoverRecord


def build_insured(trip: Trip, dossier: Dossier, *, health: str, drafter: Seat, pdf: bytes) -> Insured:
    """Make them by the product's own actions."""
    with acting_as(scope_of(drafter.membership, health=True)):
        by, cipher = drafter.actor, cipher_for(trip.pk)
        adult = next(person.key for person in dossier.participants if person.role.value != "student")
        notice = Notice(Cause.ILLNESS, Place.ABROAD, dt.date(2026, 4, 1), {ClaimFact.SYMPTOMS: health})
        claim = claims.open_claim(
            trip.pk, school_id=trip.school_id, key=uuid7(), participant=adult, policy="", notice=notice, by=by,
            cipher=cipher,
        )  # fmt: skip
        paper = Upload("書面.pdf", pdf)
        signed = Signed(adult, clock.today(), SignedBy.SELF, is_minor=False)
        return Insured(
            claim,
            claims.add_file(claim, paper, paper="", by=by, cipher=cipher),
            keep_opt_out(trip.pk, signed, paper, school_id=trip.school_id, by=by, cipher=cipher),
            record_made(trip.pk, dossier, pdf, school_id=trip.school_id, policy="p1", blood_types=0, by=by),
        )
