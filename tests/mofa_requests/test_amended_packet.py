"""The packet of an amendment is made against the revision that the ministry has."""

from __future__ import annotations

import pytest

from mofa_requests import queries
from mofa_requests.actions import review, sending
from mofa_requests.actions.amend import amend
from mofa_requests.actions.packets import freeze_packet_input, store_packet
from mofa_requests.actions.plan import store_dossier
from mofa_requests.actions.submit import submit
from mofa_requests.documents.packet import build_packet, packet_parts
from mofa_requests.enums import Topic
from mofa_requests.models import LetterRecord, MofaRequest
from portal.dossier.types import Channel
from tests.factories.cast import World, world
from tests.mofa_requests.test_story import ALL_PRESENT, LETTER


@pytest.fixture
def here(db: None) -> World:
    return world()


def letter_of(here: World, request: MofaRequest, *, number: str) -> LetterRecord:
    """The newest request submitted, judged and its letter fixed."""
    with here.principal.at_work() as by:
        revision = submit(request, by=by, title="校長", on=here.on)
    with here.officer.at_work() as by:
        review.claim_review(queries.get_for(request.pk), by=by)
        review.save_ticks(revision, ALL_PRESENT, base_version=0, by=by)
    with here.approver.at_work() as by:
        review.decide(revision, Topic.COMPLETENESS, "complete", reasons="", by=by, title="課長")
        review.decide(revision, Topic.SAFETY, "clear", reasons="", by=by, title="課長")
    with here.officer.at_work() as by:
        return sending.fix_letter(revision, LETTER.model_copy(update={"number": number}), by=by)


def test_amendment_is_laid_against_what_was_forwarded(here: World) -> None:
    first = letter_of(here, here.request, number="7教高第1024号")
    with here.officer.at_work():
        source = freeze_packet_input(first.pk)
    assert source.before is None
    rendered = build_packet(source)
    with here.officer.at_work() as by:
        packet = store_packet(first.pk, rendered, by=by)
        sent = {"channel": Channel.EMAIL, "sent_on": here.on, "evidence": "送信控え", "by": by}
        sending.forward(queries.get_for(here.request.pk), packet, **sent)
    with here.drafter.at_work() as by:
        draft = amend(queries.latest_of(here.request.trip), by=by)
        plan = queries.gather_dossier(here.request.trip)
        leader = plan.leader.model_copy(update={"mobile": "090-0000-7777"})
        store_dossier(here.request.trip, plan.model_copy(update={"leader": leader}), by=by)
    second = letter_of(here, draft, number="7教高第1025号")
    with here.officer.at_work():
        source = freeze_packet_input(second.pk)
    assert source.before is not None
    assert source.before.leader.mobile == here.dossier.leader.mobile
    changes = next(part.body for part in packet_parts(source) if part.key == "changes")
    assert "090-0000-7777" in changes
    assert str(here.dossier.leader.mobile) in changes
