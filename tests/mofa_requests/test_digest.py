"""The daily mail of a desk: figures and links alone, once a day, none when nothing waits, stopped by one press."""

from __future__ import annotations

import datetime as dt

import pytest

from mofa_requests import queries
from mofa_requests.actions import review
from mofa_requests.actions.digest import choose_digest, send_digests, wants_digest
from mofa_requests.actions.submit import submit
from portal.dossier.types import FounderType
from portal.jobs.mail import compose
from portal.jobs.models import OutboundMail
from portal.kit import clock
from portal.tenancy.scope import Audience, Scope, acting_as
from tests.factories.cast import Seat, World, world

pytestmark = pytest.mark.django_db
EIGHT, SIX = dt.time(8, tzinfo=clock.TOKYO), dt.time(6, tzinfo=clock.TOKYO)


def round_of(made: World, seat: Seat, at: dt.time = EIGHT, *, later: int = 0) -> int:
    """One round of the clock at a person's authority."""
    moment = dt.datetime.combine(made.on + dt.timedelta(days=later), at)
    with clock.stopped_at(moment), acting_as(Scope(Audience.FORWARDER, seat.org.pk)):
        return send_digests(seat.org.pk, at=moment)


def submitted(made: World) -> None:
    with clock.stopped_at(made.on), made.principal.at_work() as by:
        submit(made.request, by=by, title="校長", on=made.on)


def text_for(seat: Seat) -> str:
    mail = OutboundMail.objects.select_related("recipient").get(event="digest", recipient=seat.membership.user)
    return str(compose(mail).body)


def test_the_mail_counts_what_waits_names_nobody_and_comes_once_a_day() -> None:
    made = world()
    assert round_of(made, made.officer) == 0, "nothing waits, nothing is sent"
    submitted(made)
    assert round_of(made, made.officer, SIX) == 0, "not before the morning"
    assert round_of(made, made.officer) == 2
    round_of(made, made.officer)
    assert OutboundMail.objects.filter(event="digest").count() == 2, "officer and approver, once each"
    text = text_for(made.officer)
    assert "まだ誰も始めていない依頼: 1" in text
    assert "あなたが確認している" not in text
    assert made.request.title not in text or not made.request.title
    assert not any(person.name in text for person in made.dossier.participants if person.name)
    assert str(made.request.school) not in text


def test_what_a_person_has_in_hand_is_counted_for_that_person() -> None:
    made = world()
    submitted(made)
    with clock.stopped_at(made.on), made.officer.at_work() as by:
        review.claim_review(queries.get_for(made.request.pk), by=by)
    round_of(made, made.officer)
    assert "あなたが確認している依頼(代理を含む): 1" in text_for(made.officer)
    assert not OutboundMail.objects.filter(event="digest", recipient=made.approver.membership.user).exists()


def test_a_municipal_board_is_told_of_what_it_has_to_endorse() -> None:
    made = world(FounderType.MUNICIPAL)
    assert made.endorser is not None
    submitted(made)
    assert round_of(made, made.endorser) == 1
    assert "まだ誰も始めていない依頼: 1" in text_for(made.endorser)
    round_of(made, made.officer)
    assert not OutboundMail.objects.filter(event="digest", org=made.officer.org).exists(), "not theirs yet"


def test_a_person_stops_the_mail_and_starts_it_again() -> None:
    made = world()
    submitted(made)
    for wanted, sent in ((False, 1), (True, 2)):
        with made.officer.at_work():
            choose_digest(made.officer.membership, wanted=wanted)
            choose_digest(made.officer.membership, wanted=wanted)
            assert wants_digest(made.officer.membership.pk) is wanted
        assert round_of(made, made.officer) == sent
