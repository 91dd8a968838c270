"""Every cell of state × step × hand, played through the product's own actions: the table decides, and nothing else.

The table itself is held against a second one, drawn by hand. Not here: what a step writes (test_story).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import ProgrammingError, transaction

from mofa_requests import queries
from mofa_requests.actions import handing, review, sending
from mofa_requests.actions.amend import amend, withdraw
from mofa_requests.actions.carrying import carry_decisions
from mofa_requests.actions.packets import store_packet
from mofa_requests.actions.revoking import revoke_approval
from mofa_requests.actions.submit import submit
from mofa_requests.documents.annex3 import Annex3Item
from mofa_requests.documents.packet import Packet as Rendered
from mofa_requests.enums import RemarkKind, Topic
from mofa_requests.enums import RequestState as S
from mofa_requests.machine import MACHINE
from mofa_requests.models import Dispatch, MofaRequest, Packet, Remark
from portal.audit.record import Actor
from portal.dossier.types import Channel, FounderType, Letter, Tick, TickResult
from portal.kit import clock
from portal.kit.machine import Refused
from portal.kit.roles import Audience, Role
from tests.factories.cast import Seat, World, seat, world
from tests.sizes import size

LETTERS = dict(
    zip(
        "dsrbafkw",
        (S.DRAFT, S.SUBMITTED, S.IN_REVIEW, S.RETURNED, S.APPROVED, S.FORWARDED, S.ACKNOWLEDGED, S.WITHDRAWN),
        strict=True,
    )
)
"""d draft, s submitted, r in review, b returned (back), a approved, f forwarded, k acknowledged, w withdrawn."""
DRAWN = {
    "submit": {"school principal": "db"},
    "endorse": {"endorser officer": "s", "endorser approver": "s"},
    "claim": {"forwarder officer": "s", "forwarder approver": "s"},
    "release": {"forwarder officer": "r", "forwarder approver": "r"},
    "hand_over": {"forwarder officer": "r", "forwarder approver": "r"},
    "return": {
        "endorser officer": "sr",
        "endorser approver": "sr",
        "forwarder officer": "sr",
        "forwarder approver": "sr",
    },
    "recall": {"forwarder officer": "b", "forwarder approver": "b"},
    "approve": {"forwarder approver": "r"},
    "carry": {"forwarder officer": "r", "forwarder approver": "r"},
    "revoke": {"forwarder approver": "a"},
    "forward": {"forwarder officer": "a", "forwarder approver": "a"},
    "acknowledge": {"forwarder officer": "f", "forwarder approver": "f"},
    "withdraw": {"school principal": "srba"},
    "amend": {"school principal": "fk", "school drafter": "fk"},
}
"""Step → hand → the states from which it may take it."""
UNENDORSED, ENDORSED = "submitted, not endorsed", "submitted, endorsed"
REFUSED_BY_GUARD = {
    (UNENDORSED, "claim", "forwarder"),
    (ENDORSED, "endorse", "endorser"),
    (ENDORSED, "return", "endorser"),
    (S.IN_REVIEW.value, "return", "endorser"),
    (S.IN_REVIEW.value, "carry", "forwarder"),
}
"""What the table allows and the endorsement forbids, or that it is no amendment: (stage, step, seat)."""
SHARE = size(6, proof=1)
"""Every cell that may be taken is, and of the refused ones every sixth; under proof all of them."""
PDF = b"%PDF-1.7 " + "見本".encode() * 40


def test_the_table_is_the_one_drawn_here_by_hand() -> None:
    table = {
        step.name: {f"{where} {role.partition('_')[2]}": set(step.sources) for where, role in sorted(step.who)}
        for step in MACHINE.transitions
    }
    drawn = {
        name: {hand: {LETTERS[letter] for letter in letters} for hand, letters in hands.items()}
        for name, hands in DRAWN.items()
    }
    assert table == drawn


@dataclass(frozen=True)
class Stage:
    """A request in one state, with everything at hand that any step could ask for."""

    name: str
    state: S
    world: World
    hands: dict[tuple[str, Role], Seat]
    colleague: Seat

    @property
    def request(self) -> MofaRequest:
        return MofaRequest.objects.get(pk=self.world.request.pk)

    def expects(self, step: str, where: str, role: Role) -> bool:
        transition = MACHINE.named(step)
        in_table = self.state in transition.sources and (where, role.value) in transition.who
        return in_table and (self.name, step, where) not in REFUSED_BY_GUARD


Act = Callable[[Stage, Actor], object]


def _packet(stage: Stage) -> Packet:
    return Packet.objects.filter(request_id=stage.request.pk).latest("rendered_at")


def _dispatch(stage: Stage) -> Dispatch:
    return Dispatch.objects.filter(request_id=stage.request.pk).latest("recorded_at")


def _send(stage: Stage, by: Actor) -> object:
    return sending.forward(
        stage.request, _packet(stage), channel=Channel.EMAIL, sent_on=clock.today(), evidence="送信控え", by=by
    )


def _approve(stage: Stage, by: Actor) -> object:
    revision = queries.revision_of(stage.request)
    return review.decide(revision, Topic.SAFETY, "clear", reasons="", by=by, title="課長")


def _receive(stage: Stage, by: Actor) -> object:
    return sending.acknowledge(_dispatch(stage), received_on=clock.today(), evidence="受領の返信", by=by)


ACTS: dict[str, Act] = {
    "submit": lambda stage, by: submit(stage.request, by=by, title="校長", on=stage.world.on),
    "endorse": lambda stage, by: review.endorse(stage.request, by=by),
    "claim": lambda stage, by: review.claim_review(stage.request, by=by),
    "release": lambda stage, by: review.release_review(stage.request, by=by),
    "hand_over": lambda stage, by: handing.hand_over(stage.request, to=stage.colleague.membership, by=by),
    "return": lambda stage, by: review.return_for_correction(stage.request, by=by),
    "recall": lambda stage, by: handing.recall_return(stage.request, by=by),
    "approve": _approve,
    "carry": lambda stage, by: carry_decisions(queries.revision_of(stage.request), by=by),
    "revoke": lambda stage, by: revoke_approval(queries.revision_of(stage.request), "情勢が変わった", by=by),
    "forward": _send,
    "acknowledge": _receive,
    "withdraw": lambda stage, by: withdraw(stage.request, reason="中止のため", by=by),
    "amend": lambda stage, by: amend(stage.request, by=by),
}


class Undo(Exception):
    """Leaves a cell without a trace."""


def allowed(stage: Stage, step: str, hand: Seat) -> bool:
    """Whether the step was taken, checked for its target and stamps; whatever it wrote is taken back."""
    before = stage.request.state
    try:
        with transaction.atomic():
            with hand.at_work() as by:
                made = ACTS[step](stage, by)
            _check_taken(stage, step, before, made)
            raise Undo
    except Undo:
        return True
    except (Refused, ObjectDoesNotExist):
        refused = True
    except ProgrammingError as wall:
        # An authority has no right to the school's live rows: there the database itself says no.
        refused = "permission denied" in str(wall)
    assert refused
    assert stage.request.state == before
    return False


def _check_taken(stage: Stage, step: str, before: str, made: object) -> None:
    transition = MACHINE.named(step)
    if step == "amend":
        assert isinstance(made, MofaRequest)
        assert (made.state, stage.request.state) == (transition.target.value, before)
        return
    after = stage.request
    assert after.state == transition.target.value
    assert all(getattr(after, stamp) is not None for stamp in transition.stamps), step


def all_hands(made: World) -> dict[tuple[str, Role], Seat]:
    """Somebody in every role of each of the three organisations of the route."""
    assert made.endorser is not None
    orgs = {"school": made.principal.org, "endorser": made.endorser.org, "forwarder": made.officer.org}
    roles = {"school": Role.of(Audience.SCHOOL), "endorser": Role.of(Audience.AUTHORITY)}
    roles["forwarder"] = roles["endorser"]
    return {(where, role): seat(role, org) for where, org in orgs.items() for role in roles[where]}


def walk(made: World) -> Iterator[tuple[str, S]]:
    """Bring the plan from state to state; each stage has what the next steps ask for."""
    assert made.endorser is not None
    yield S.DRAFT.value, S.DRAFT
    with made.principal.at_work() as by:
        revision = submit(made.request, by=by, title="校長", on=made.on)
    with made.officer.at_work() as by:
        review.write_remark(revision, "確かめてください", kind=RemarkKind.WRONG, by=by)
    with made.principal.at_work() as by:
        review.answer_remark(Remark.objects.get(request_id=made.request.pk), "確かめました", by=by)
    yield UNENDORSED, S.SUBMITTED
    with made.endorser.at_work() as by:
        review.endorse(queries.get_for(made.request.pk), by=by)
    yield ENDORSED, S.SUBMITTED
    yield from _withdrawn(made)
    with made.officer.at_work() as by:
        review.claim_review(queries.get_for(made.request.pk), by=by)
        ticks = [Tick(item=item.value, result=TickResult.PRESENT) for item in Annex3Item]
        review.save_ticks(revision, ticks, base_version=0, by=by)
    with made.approver.at_work() as by:
        review.decide(revision, Topic.COMPLETENESS, "complete", reasons="", by=by, title="課長")
    yield S.IN_REVIEW.value, S.IN_REVIEW
    yield from _returned(made)
    yield from _sent(made)


def _withdrawn(made: World) -> Iterator[tuple[str, S]]:
    held = transaction.savepoint()
    with made.principal.at_work() as by:
        withdraw(made.request, reason="中止のため", by=by)
    yield S.WITHDRAWN.value, S.WITHDRAWN
    transaction.savepoint_rollback(held)


def _returned(made: World) -> Iterator[tuple[str, S]]:
    held = transaction.savepoint()
    with made.officer.at_work() as by:
        review.return_for_correction(queries.get_for(made.request.pk), by=by)
    yield S.RETURNED.value, S.RETURNED
    transaction.savepoint_rollback(held)


def _sent(made: World) -> Iterator[tuple[str, S]]:
    revision = queries.revision_of(made.request)
    text = Letter(number="7教高第1024号", dated_on=made.on, channel=Channel.EMAIL, sender_body="見本県教育委員会")
    with made.approver.at_work() as by:
        review.decide(revision, Topic.SAFETY, "clear", reasons="", by=by, title="課長")
        letter = sending.fix_letter(revision, text, by=by)
        packet = store_packet(letter.pk, Rendered(PDF, 1, "0" * 64, (), ()), by=by)
    yield S.APPROVED.value, S.APPROVED
    with made.officer.at_work() as by:
        request = queries.get_for(made.request.pk)
        sent = sending.forward(request, packet, channel=Channel.EMAIL, sent_on=made.on, evidence="送信控え", by=by)
    yield S.FORWARDED.value, S.FORWARDED
    with made.officer.at_work() as by:
        sending.acknowledge(sent, received_on=made.on, evidence="受領の返信", by=by)
    yield S.ACKNOWLEDGED.value, S.ACKNOWLEDGED


@pytest.mark.django_db
def test_every_cell_of_state_step_and_hand_does_what_the_table_says() -> None:
    made = world(FounderType.MUNICIPAL)
    hands, colleague = all_hands(made), seat(Role.AUTHORITY_OFFICER, made.officer.org)
    seen: set[S] = set()
    wrong: list[str] = []
    with clock.stopped_at(made.on):
        for name, state in walk(made):
            stage = Stage(name, state, made, hands, colleague)
            assert stage.request.state == state.value
            seen.add(state)
            for number, (step, ((where, role), hand)) in enumerate(product(ACTS, hands.items())):
                expected = stage.expects(step, where, role)
                if not expected and (number + len(seen)) % SHARE:
                    continue
                if allowed(stage, step, hand) is not expected:
                    wrong.append(
                        f"{name}: {step} by {where} {role.value} should be {'taken' if expected else 'refused'}"
                    )
    assert not wrong, "\n".join(wrong)
    assert seen == set(S), "every state was visited"
    assert set(ACTS) == {step.name for step in MACHINE.transitions}, "every step was tried"
