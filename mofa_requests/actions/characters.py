"""Agreeing on what is printed for a character that no face has, taking that back, and what holds for a plan.

Not here: finding such characters (documents.glyphs), printing the substitutes (documents.substitutes). An agreement
holds for the fields it was made for; a submission freezes the agreements of its moment with the persons.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from mofa_requests.actions.plan import require_editable
from mofa_requests.documents.substitutes import Substitute
from mofa_requests.models import Revision, RevisionPersons
from mofa_requests.queries import request_trip_id
from portal.audit.events import EventName
from portal.audit.record import Actor, Subject, record
from portal.kit import clock, text
from portal.kit.machine import Refused
from portal.kit.pdf.coverage import undrawable, undrawable_sequences
from portal.vault.keyring import TripCipher, cipher_for
from trips.actions.characters import keep_agreement, set_end
from trips.enums import AgreedWith
from trips.queries import AgreedCharacter, Trip, agreed_characters_of, terms_in

LONGEST = 8


@dataclass(frozen=True)
class Agreement:
    """One agreement with its row, which says who, when, and whether it was taken back."""

    row: AgreedCharacter
    substitute: Substitute

    @property
    def holds(self) -> bool:
        return self.row.ended_at is None


def agreements_of(trip: Trip, *, cipher: TripCipher | None = None) -> list[Agreement]:
    """Every agreement of a trip, ended ones included, oldest first."""
    rows = agreed_characters_of(trip)
    opener = cipher or (cipher_for(trip.pk) if rows else None)
    return [Agreement(row, _opened(row, opener)) for row in rows if opener]


def substitutes_of(trip: Trip, *, cipher: TripCipher | None = None) -> tuple[Substitute, ...]:
    """What the living plan prints for characters without a face."""
    return tuple(each.substitute for each in agreements_of(trip, cipher=cipher) if each.holds)


def substitutes_frozen(revision: Revision) -> tuple[Substitute, ...]:
    """What stood agreed when the revision was submitted; later agreements belong to the next one."""
    persons = RevisionPersons.objects.get(revision_id=revision.pk)
    cipher = cipher_for(request_trip_id(revision))
    kept = cipher.open(persons.sealed, table=persons._meta.db_table, column="sealed", row=persons.pk)
    return tuple(Substitute.read(each) for each in json.loads(kept or "{}").get("substitutes", ()))


@transaction.atomic
def agree(
    trip: Trip, char: str, shown_as: str, *, places: Iterable[str], agreed_with: AgreedWith, by: Actor
) -> Agreement:
    """From now on ``shown_as`` is printed for ``char`` (one character, or base and selector) in ``places``.

    Raises ``NotEditable``, or ``Refused`` for a text that cannot stand there.
    """
    require_editable(trip)
    held = tuple(places)
    _require_printable(shown_as, instead_of=char)
    if not held:
        raise Refused(
            "この字は、いまの計画のどの欄にもありません。ページを開き直してください",
            "This character stands nowhere in the plan now. Open the page again.",
        )
    terms, cipher = {"char": char, "shown_as": shown_as, "places": held}, cipher_for(trip.pk)
    row = keep_agreement(trip, terms, agreed_with=agreed_with, by=by, cipher=cipher)
    made = Agreement(row, _opened(row, cipher))
    record(EventName.CHARACTER_AGREED, by=by, about=Subject.of(trip), code=made.substitute.code, places=len(held))
    return made


@transaction.atomic
def take_back(agreement: Agreement, *, by: Actor) -> None:
    """The agreement ends and stays in the history. Raises ``NotEditable``, ``Refused`` when it ended before."""
    _set_end(agreement, ended=True, by=by)
    record(EventName.CHARACTER_TAKEN_BACK, by=by, about=Subject.of(agreement.row.trip), code=agreement.substitute.code)


@transaction.atomic
def put_back(agreement: Agreement, *, by: Actor) -> None:
    """An agreement that was taken back holds again. Raises ``NotEditable``, ``Refused`` when it holds already."""
    _set_end(agreement, ended=False, by=by)
    record(EventName.CHARACTER_PUT_BACK, by=by, about=Subject.of(agreement.row.trip), code=agreement.substitute.code)


def _set_end(agreement: Agreement, *, ended: bool, by: Actor) -> None:
    require_editable(agreement.row.trip)
    if not set_end(agreement.row, ended=ended, by=by):
        raise Refused(
            "この取決めは、ほかの人がいま変えました。いまの内容を確かめてください",
            "Somebody changed this agreement just now. Look at what stands there.",
        )


def _opened(row: AgreedCharacter, cipher: TripCipher) -> Substitute:
    """The agreement of one row; its day is the one in Japan."""
    day = row.agreed_at.astimezone(clock.TOKYO).date()
    return Substitute.read(terms_in(row, cipher) | {"agreed_on": day.isoformat()})


def _require_printable(shown_as: str, *, instead_of: str) -> None:
    if not 1 <= len(shown_as) <= LONGEST or text.is_blank(shown_as):
        raise Refused(
            f"代わりの字は、1字から{LONGEST}字までで書いてください",
            f"Write one to {LONGEST} characters to print instead.",
        )
    try:
        text.refuse_line_breaks(text.refuse_control_characters(shown_as))
    except text.Refused as reason:
        raise Refused(f"代わりの字の{reason}", f"In the characters to print: {reason.english}") from reason
    if instead_of in shown_as or undrawable(shown_as) or undrawable_sequences(shown_as):
        raise Refused(
            "その字も、この書類の書体にありません。印字できる字を書いてください",
            "The fonts lack that character as well. Write characters that can be printed.",
        )
