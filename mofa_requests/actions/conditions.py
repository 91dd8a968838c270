"""What may come later under 条件付き: named with a day, recorded when it has come. Not here: reminding (chasing)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from mofa_requests.actions.rows import case_columns
from mofa_requests.enums import Topic
from mofa_requests.models import Condition, Decision
from portal.audit.events import EventName
from portal.audit.record import Actor, Subject, record
from portal.dossier.types import Judgement
from portal.kit import clock
from portal.kit.machine import Refused


@dataclass(frozen=True)
class LateItem:
    """One thing that may come later, and the day by which it must."""

    text: str
    due_on: dt.date


def set_conditions(decision: Decision, items: Sequence[LateItem]) -> None:
    """Write down what a conditional judgement waits for, in the transaction of the decision."""
    if not items:
        return
    if decision.topic != Topic.SAFETY.value or decision.verdict != Judgement.CONDITIONAL.value:
        raise Refused(
            "後から届くものを書けるのは、「条件付き」の判断だけです",
            "Only a conditional judgement names what may come later.",
        )
    if any(item.due_on < clock.today() for item in items):
        raise Refused(
            "後から届くものの期限は、今日か今日より後の日にしてください",
            "The day of a late item must be today or later.",
        )
    for item in items:
        Condition.objects.create(
            **case_columns(decision.request), decision=decision, text=item.text, due_on=item.due_on
        )


@transaction.atomic
def meet_condition(condition: Condition, note: str, *, by: Actor) -> None:
    """Record that what was to come has come, or why it is no longer needed; once."""
    if not note.strip():
        raise Refused(
            "何が届いたか、または不要になった理由を書いてください", "Write what came, or why it is not needed."
        )
    if by.org_id != condition.forwarder_org_id:
        raise Refused("記録できるのは、判断した所管庁だけです", "Only the authority that decided can record this.")
    met = Condition.objects.filter(pk=condition.pk, met_at=None).update(
        met_at=clock.now(), met_by_id=by.person_id, met_note=note
    )
    if not met:
        raise Refused(
            "この条件は記録済みです。画面を読み込み直してください", "This has been recorded. Reload the page."
        )
    record(EventName.CONDITION_MET, by=by, about=Subject.of(condition))
