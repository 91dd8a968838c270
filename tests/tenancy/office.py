"""Rows of JCSOS's office for the wall tests: consultations, files, letters, articles, associates. See fillings."""

from __future__ import annotations

from jcsos.models import Article, Associate, DutyFile, MemberPaper, Membership, Ticket, TicketEntry
from portal.kit import clock
from portal.kit.ids import uuid7
from tests.access.estates import Estate
from tests.factories.cast import Seat


def fill_member(estate: Estate, jcsos: Seat) -> None:
    """A consultation, a duty-of-care file and a letter of membership; who never was a member was one of old."""
    user, day = estate.principal.membership.user, clock.today()
    owner = {"school": estate.school}
    ticket = Ticket.objects.create(
        **owner, org=jcsos.org, topic="contract", key_master="m", key_wrapped=b"k", subject=b"s", opened_by=user
    )
    TicketEntry.objects.create(**owner, ticket=ticket, kind="message", side="school", text=b"t", by=user)
    # An audited estate has its file already.
    told = {"stage": "departure", "document": {}, "sha256": "0" * 64}
    DutyFile.objects.get_or_create(**owner, trip=estate.filed.trip, number=1, defaults=told)
    held = estate.consent or Membership.objects.create(**owner, joined_on=day, left_on=day)
    MemberPaper.objects.create(
        **owner, membership=held, kind="letter", code=uuid7(), issued_on=day, valid_until=day, given_by=user
    )
    kept = {"stored_name": f"members/{estate.school.pk}", "sha256": "0" * 64, "size": 1}
    MemberPaper.objects.create(**owner, **kept, membership=held, kind="join", given_by=user)


def fill_office(desk: Seat) -> None:
    """What the office itself keeps: an article for members, the draft of one, an associate member."""
    user, day = desk.membership.user, clock.today()
    written = {"org": desk.org, "topic": "risk", "text": "契約の前に確かめる", "written_by": user}
    Article.objects.create(**written, title="下書き")
    Article.objects.create(
        **written, title="手配の契約", state="published", published_at=clock.now(), published_by=user
    )
    Associate.objects.create(org=desk.org, name="見本損害保険", kind="insurer", joined_on=day)
