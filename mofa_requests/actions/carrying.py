"""変更届 whose changes touch no judgement: the decisions on what was sent stay in force, and the people are told.

Not here: which changes those are (material), deciding anew (review).
"""

from __future__ import annotations

from django.db import transaction

from mofa_requests import queries
from mofa_requests.actions.notices import tell_authority, tell_school
from mofa_requests.actions.review import (
    Stale,
    both_favourable,
    fire,
    lock,
    refuse_self,
    require_answers,
    require_current,
)
from mofa_requests.actions.rows import case_columns
from mofa_requests.material import material_ones
from mofa_requests.models import Decision, MofaRequest, Revision, TickSheet
from portal.audit.events import EventName
from portal.audit.record import Actor, Subject, record
from portal.dossier.diff import Change, diff
from portal.dossier.types import TickResult
from portal.kit import clock
from portal.kit.machine import Refused
from portal.vault.keyring import cipher_for


def changes_since_sent(revision: Revision, sent: Revision) -> list[Change]:
    """The differences of the plan itself between what the ministry has and a revision of its amendment."""
    cipher = cipher_for(queries.request_trip_id(revision))
    before, after = (
        queries.open_dossier(each, cipher=cipher).model_copy(update={"revision": None, "as_of": None})
        for each in (sent, revision)
    )
    return list(diff(before, after))


@transaction.atomic
def carry_decisions(revision: Revision, *, by: Actor) -> MofaRequest:
    """Approve an amendment by the decisions on what was sent; they keep their people, days and reasons.

    Raises ``Refused`` where a change is material, a decision was made anew, or what was sent has not both decisions.
    """
    request = lock(revision.request)
    require_current(request, revision)
    state = fire("carry", request, by=by)
    refuse_self(request, by)
    sent = queries.last_forwarded(request)
    if sent is None or not both_favourable(sent):
        raise Refused(
            "引き継ぐ判断がありません。送付済みの依頼の変更届だけが、判断を引き継げます",
            "There is no decision to keep: only an amendment of a request that was sent has one.",
        )
    _require_minor(revision, sent)
    require_answers(request)
    _copy_ticks(request, revision, sent)
    for decision in queries.decisions_of(sent).values():
        _copy(request, revision, decision)
    request.state = state.value
    request.approved_at, request.approved_by_id = clock.now(), by.person_id
    request.save(update_fields=["state", "approved_at", "approved_by"])
    record(EventName.REQUEST_APPROVED, by=by, about=Subject.of(request))
    record(EventName.DECISIONS_CARRIED, by=by, about=Subject.of(request), revision=sent.number)
    tell_school(request, "approved", key=str(revision.pk))
    if request.forwarder_org_id is not None:
        tell_authority(request, "decisions_carried", key=str(revision.pk), org_id=request.forwarder_org_id)
    return request


def _require_minor(revision: Revision, sent: Revision) -> None:
    grave = material_ones(changes_since_sent(revision, sent))
    if grave:
        raise Refused(
            f"判断に関わる変更が{len(grave)}か所あります({grave[0].label})。照合と判断をし直してください",
            f"{len(grave)} changes bear on the decisions ({grave[0].label_en}). Check and decide anew.",
        )
    if queries.decisions_of(revision):
        raise Stale(
            "この版には判断が記録されています。画面を読み込み直してください",
            "A decision on this version is on record. Reload the page.",
        )
    if any(tick.result is TickResult.MISSING for tick in queries.ticks_of(revision)):
        raise Refused(
            "「欠落」と照合した項目があるため、判断を引き継げません",
            "An item was ticked as missing; the decisions cannot be kept.",
        )


def _copy_ticks(request: MofaRequest, revision: Revision, sent: Revision) -> None:
    """The ticks on what was sent, unless somebody has ticked this revision anew."""
    mine, before = queries.ticksheet_of(revision), queries.ticksheet_of(sent)
    if mine is None and before is not None:
        TickSheet.objects.create(
            **case_columns(request),
            revision=revision,
            ticks=before.ticks,
            version=before.version,
            saved_at=before.saved_at,
            saved_by_id=before.saved_by_id,
        )


def _copy(request: MofaRequest, revision: Revision, decision: Decision) -> None:
    Decision.objects.create(
        **case_columns(request),
        revision=revision,
        topic=decision.topic,
        verdict=decision.verdict,
        reasons=decision.reasons,
        decided_at=decision.decided_at,
        decided_by_id=decision.decided_by_id,
        decided_by_title=decision.decided_by_title,
        decided_for_id=decision.decided_for_id,
    )
