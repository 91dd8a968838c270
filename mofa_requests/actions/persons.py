"""Opening the personal data of a frozen revision on purpose: the look itself is recorded. Not here: the reading."""

from __future__ import annotations

from django.db import transaction

from mofa_requests.actions.review import seat_of
from mofa_requests.documents.roster import narrower_form
from mofa_requests.enums import Seat
from mofa_requests.models import Revision
from portal.audit.events import EventName
from portal.audit.record import Actor, Subject, record
from portal.dossier.types import Letter
from portal.kit.machine import Refused
from portal.lawbook.edition import RosterForm


def names_travel(revision: Revision) -> bool:
    """Whether the names of this revision go to the ministry; only then an authority has use for them.

    As its edition wants, until a letter was fixed that sends less.
    """
    newest = revision.letters.first()
    letter = Letter.model_validate(newest.content) if newest else Letter()
    return narrower_form(revision.edition, letter) is RosterForm.NAMED


@transaction.atomic
def open_persons(revision: Revision, *, by: Actor) -> None:
    """Record that a person of the route opens the roster with its names."""
    request = revision.request
    if seat_of(request, by) is Seat.SCHOOL:
        raise Refused(
            "提出版の名簿を開けるのは、経由する所管庁の担当者だけです",
            "Only officers of an authority on the route may open the roster of a submitted version.",
        )
    if not names_travel(revision):
        raise Refused(
            "この件では氏名を送付しないため、名簿は人数の表だけを確認します",
            "No names are sent in this case; check the table of figures.",
        )
    record(EventName.PERSONS_OPENED, by=by, about=Subject.of(request), revision=revision.number)
