"""What an authority does with a submission: endorse, claim, tick, remark, decide, return. One winner per step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

from django.db import transaction

from mofa_requests import board_rules, queries
from mofa_requests.actions.conditions import LateItem, set_conditions
from mofa_requests.actions.faster import moment, moment_in_english, who_was_faster
from mofa_requests.actions.notices import tell_authority, tell_school
from mofa_requests.actions.rows import case_columns
from mofa_requests.deputies import mandates_of
from mofa_requests.documents.annex3 import Annex3Item
from mofa_requests.enums import Completeness, RemarkKind, RequestState, Seat, Topic
from mofa_requests.machine import MACHINE
from mofa_requests.models import Decision, Deputy, MofaRequest, Remark, Revision, TickSheet
from portal.audit.events import EventName
from portal.audit.record import Actor, Subject, record
from portal.dossier.types import Judgement, Tick, TickResult
from portal.kit import clock
from portal.kit.machine import Refused


class Stale(Refused):
    """The screen showed an older state: somebody was faster, or the school submitted anew."""


class SelfReview(Refused):
    """The person who submitted may not decide on the same request."""


def lock(request: MofaRequest) -> MofaRequest:
    """The request's row, locked for the rest of the transaction.

    Who moved it is read afterwards: a joined person would be the one of the moment before the wait for the lock.
    """
    return MofaRequest.objects.select_for_update(of=("self",)).select_related("school").get(pk=request.pk)


def seat_of(request: MofaRequest, by: Actor) -> Seat:
    """From which seat this person acts, by the organisation acted for."""
    if by.org_id == request.forwarder_org_id:
        return Seat.FORWARDER
    if by.org_id == request.endorser_org_id:
        return Seat.ENDORSER
    return Seat.SCHOOL


@transaction.atomic
def endorse(request: MofaRequest, *, by: Actor) -> MofaRequest:
    """The municipal board's stamp inside ``submitted``; the forwarding authority is told."""
    request = lock(request)
    MACHINE.fire("endorse", request.state_kind, seat=seat_of(request, by), role=by.role)
    if request.endorsed_at is not None:
        raise Stale(
            "経由の確認は済んでいます。画面を読み込み直してください", "It has been endorsed already. Reload the page."
        )
    refuse_self(request, by)
    request.endorsed_at, request.endorsed_by_id = clock.now(), by.person_id
    request.save(update_fields=["endorsed_at", "endorsed_by"])
    record(EventName.REQUEST_ENDORSED, by=by, about=Subject.of(request))
    if request.forwarder_org_id is not None:
        tell_authority(request, "arrived", key=_round(request), org_id=request.forwarder_org_id)
    tell_school(request, "endorsed", key=_round(request))
    return request


@transaction.atomic
def claim_review(request: MofaRequest, *, by: Actor) -> MofaRequest:
    """An officer takes the request onto their desk."""
    request = lock(request)
    state = fire("claim", request, by=by)
    if request.endorser_org_id is not None and request.endorsed_at is None:
        raise Refused(
            "市町村教育委員会の経由確認がまだ済んでいません。確認が済むと受け取れます",
            "The municipal board has not endorsed it yet. You can take it once that is done.",
        )
    refuse_self(request, by)
    request.state = state.value
    request.claimed_at, request.claimed_by_id = clock.now(), by.person_id
    request.save(update_fields=["state", "claimed_at", "claimed_by"])
    record(EventName.REVIEW_CLAIMED, by=by, about=Subject.of(request))
    return request


@transaction.atomic
def release_review(request: MofaRequest, *, by: Actor) -> MofaRequest:
    """Back to the pile; ticks and remarks stay."""
    request = lock(request)
    request.state = fire("release", request, by=by).value
    request.claimed_at = request.claimed_by = None
    request.save(update_fields=["state", "claimed_at", "claimed_by"])
    record(EventName.REVIEW_RELEASED, by=by, about=Subject.of(request))
    return request


@transaction.atomic
def save_ticks(
    revision: Revision, ticks: Sequence[Tick], *, base_version: int, by: Actor, failing: Collection[str] = ()
) -> int:
    """Keep the officer's own ticks on one revision; the new version. Raises ``Stale`` if somebody saved meanwhile.

    ``failing`` are the items that the rules hold to be wrong: 記載あり there needs a note that says why.
    """
    request = lock(revision.request)
    require_current(request, revision)
    if request.state != RequestState.IN_REVIEW.value or seat_of(request, by) is not Seat.FORWARDER:
        raise Stale(
            "確認中の依頼だけに照合を記入できます。画面を読み込み直してください",
            "Ticks can be saved only while a review is under way. Reload the page.",
        )
    _require_notes(ticks, failing)
    sheet, _ = TickSheet.objects.select_for_update(of=("self",)).get_or_create(
        revision=revision, defaults=case_columns(request)
    )
    if sheet.version != base_version:
        raise Stale(
            "ほかの担当者が先に照合を保存しました。最新の照合を確かめてから、もう一度保存してください",
            "Another officer saved ticks before you. Look at them, then save again.",
        )
    sheet.ticks = [tick.model_dump(mode="json", exclude_none=True) for tick in ticks]
    sheet.version += 1
    sheet.saved_at, sheet.saved_by_id = clock.now(), by.person_id
    sheet.save()
    record(EventName.TICKS_SAVED, by=by, about=Subject.of(request))
    return sheet.version


@transaction.atomic
def write_remark(
    revision: Revision, text: str, *, kind: RemarkKind, by: Actor, pointer: str = "", internal: bool = False
) -> Remark:
    """A remark on one place of a revision, for the school or for the authority's own eyes; pressed twice, once."""
    request = lock(revision.request)
    if by.org_id is None or seat_of(request, by) is Seat.SCHOOL:
        raise Refused("指摘を書けるのは所管庁の担当者だけです", "Only officers of an authority write remarks.")
    if not text.strip():
        raise Refused("指摘の内容を書いてください", "Write the remark.")
    mine = Remark.objects.filter(revision_id=revision.pk, written_by_id=by.person_id, answered_at=None)
    before = mine.filter(pointer=pointer, kind=kind.value, text=text, internal=internal).first()
    if before is not None:
        return before
    remark = Remark.objects.create(
        **case_columns(request),
        revision=revision,
        pointer=pointer,
        kind=kind.value,
        text=text,
        internal=internal,
        written_by_id=by.person_id,
        written_for_id=by.org_id,
    )
    record(EventName.REMARK_WRITTEN, by=by, about=Subject.of(request), internal=internal)
    return remark


@transaction.atomic
def answer_remark(remark: Remark, answer: str, *, by: Actor) -> None:
    """The school's answer, once; the remark and its answer stay as they were written."""
    done = Remark.objects.filter(pk=remark.pk, answered_at=None).update(
        answer=answer, answered_at=clock.now(), answered_by_id=by.person_id
    )
    if not done:
        raise Stale(
            "この指摘には回答済みです。画面を読み込み直してください",
            "This remark has been answered already. Reload the page.",
        )
    record(EventName.REMARK_ANSWERED, by=by, about=Subject.of(remark.request))


@transaction.atomic
def return_for_correction(request: MofaRequest, *, by: Actor, due_on: dt.date | None = None) -> MofaRequest:
    """Back to the school with at least one remark on the present revision; ``due_on`` is when it is wanted back."""
    if due_on is not None and due_on < clock.today():
        raise Refused("直しの期限は、今日か今日より後の日にしてください", "The day must be today or later.")
    request = lock(request)
    state = fire("return", request, by=by)
    if seat_of(request, by) is Seat.ENDORSER and request.endorsed_at is not None:
        raise Refused(
            "経由の確認を済ませた後は、転送する所管庁だけが差し戻せます",
            "After the endorsement only the forwarding authority can return it.",
        )
    revision = queries.revision_of(request)
    if not Remark.objects.filter(revision_id=revision.pk, internal=False).exists():
        raise Refused(
            "差し戻すには、学校への指摘を一つ以上書いてください",
            "Write at least one remark to the school before you return it.",
        )
    put_back(request, state, by=by, due_on=due_on)
    return request


@transaction.atomic
def decide(
    revision: Revision,
    topic: Topic,
    verdict: str,
    *,
    reasons: str,
    by: Actor,
    title: str,
    conditions: Sequence[LateItem] = (),
    in_stead: Deputy | None = None,
) -> tuple[MofaRequest, Decision]:
    """Record one of the two decisions; the second favourable one approves, an unfavourable one returns.

    ``in_stead`` is the mandate under which a deputy decides for an absent colleague, with that colleague's rights;
    both are then held to the rule that nobody judges what they submitted or, where two decide, ticked themselves.
    ``conditions`` are what may come later, each with its day; 条件付き names at least one of them or gives reasons.
    Raises ``Stale`` when the revision is no longer the current one or the topic is already decided: then nothing
    of this decision is recorded.
    """
    request = lock(revision.request)
    require_current(request, revision)
    if request.state != RequestState.IN_REVIEW.value:
        raise Stale(*who_was_faster(request, by))
    refuse_self(request, by)
    role = role_in_stead(request, in_stead, by=by) if in_stead else by.role
    favourable = _is_favourable(topic, verdict)
    name = "approve" if favourable else "return"
    MACHINE.fire(name, request.state_kind, seat=seat_of(request, by), role=role)
    _require_grounds(revision, topic, verdict, reasons)
    if favourable:
        require_answers(request)
        _require_second_person(request, revision, {by.user_id, in_stead.person_id if in_stead else by.user_id})
    earlier = queries.decisions_of(revision).get(topic.value)
    if earlier is not None:
        raise Stale(
            f"{earlier.decided_by}さんが{moment(earlier.decided_at)}に判断しています。この操作は記録していません",
            f"{earlier.decided_by} decided at {moment_in_english(earlier.decided_at)}. Nothing of yours was recorded.",
        )
    decision = Decision.objects.create(
        **case_columns(request),
        revision=revision,
        topic=topic.value,
        verdict=verdict,
        reasons=reasons,
        decided_by_id=by.person_id,
        decided_by_title=f"{title}(代理)" if in_stead else title,
        decided_for_id=in_stead.person_id if in_stead else None,
    )
    _record_decision(request, topic, verdict, by=by)
    if in_stead:
        record(EventName.DECIDED_IN_STEAD, by=by, about=Subject.of(request), person=in_stead.person_id)
    set_conditions(decision, conditions)
    if not favourable:
        _remark_from_decision(revision, topic, reasons, by=by)
        put_back(request, RequestState.RETURNED, by=by)
    elif both_favourable(revision):
        _approve(request, by=by)
    return request, decision


def fire(name: str, request: MofaRequest, *, by: Actor) -> RequestState:
    """The machine's next state for this person; ``Refused`` names who was faster, if somebody was."""
    if request.state_kind not in MACHINE.named(name).sources:
        raise Stale(*who_was_faster(request, by))
    return MACHINE.fire(name, request.state_kind, seat=seat_of(request, by), role=by.role)


def role_in_stead(request: MofaRequest, mandate: Deputy, *, by: Actor) -> str:
    """The role of the absent colleague, for the deputy whose day it is. Raises ``Refused``."""
    held = next((each for each in mandates_of(by, on=clock.today()) if each.row.pk == mandate.pk), None)
    if held is None:
        raise Refused(
            "代理の期間ではないか、代理が終わっています。代理のページで確かめてください",
            "You are not the deputy today. Look at the page of deputies.",
        )
    if mandate.person_id == request.submitted_by_id:
        raise SelfReview(
            "提出した本人の代理として、同じ依頼を判断することはできません",
            "Nobody can decide in the stead of the person who submitted.",
        )
    return held.role.value


def refuse_self(request: MofaRequest, by: Actor) -> None:
    if by.user_id == request.submitted_by_id:
        raise SelfReview(
            "提出した本人は、同じ依頼を確認・判断できません。ほかの担当者に引き継いでください",
            "The person who submitted cannot review or decide. Let a colleague do it.",
        )


def require_current(request: MofaRequest, revision: Revision) -> None:
    if request.revision_number != revision.number:
        raise Stale(
            f"学校が第{request.revision_number}版を提出しています。新しい版を開いてください",
            f"The school submitted version {request.revision_number}. Open the new version.",
        )


def _round(request: MofaRequest) -> str:
    """One submission of one request, as the key of a notice that goes out once for it."""
    return f"{request.pk}-{request.revision_number}"


def _require_notes(ticks: Sequence[Tick], failing: Collection[str]) -> None:
    """Who sees what a rule does not see must say what it is."""
    bare = [tick.item for tick in ticks if tick.item in failing and tick.result is TickResult.PRESENT and not tick.note]
    if bare:
        names = "、".join(item.label for item in Annex3Item if item.value in bare)
        english = ", ".join(item.english for item in Annex3Item if item.value in bare)
        raise Refused(
            f"規則では不備の項目を「記載あり」とするには、所見に理由を書いてください({names})",
            f"The rules find these wrong; to tick them as present, write why: {english}.",
        )


def require_answers(request: MofaRequest) -> None:
    """Nothing the school was asked may stay unanswered when its plan is found in order."""
    waiting = queries.remarks_of(request).filter(answered_at=None, internal=False).count()
    if waiting:
        raise Refused(
            f"学校の回答を待っている指摘が{waiting}件あります。回答がそろってから判断してください",
            f"{waiting} remarks still wait for the school's answer. Decide when all are answered.",
        )


def _require_second_person(request: MofaRequest, revision: Revision, people: set[int | None]) -> None:
    """Where the authority works by two, whoever ticked 別添三 does not approve, nor does anybody in their stead."""
    rules = board_rules.rules_in_force(request.forwarder_org_id, on=clock.today()) if request.forwarder_org_id else None
    sheet = queries.ticksheet_of(revision)
    if rules is not None and rules.rules.two_person and sheet is not None and sheet.saved_by_id in people:
        raise Refused(
            "この所管庁は二人で確かめる決まりです。照合を記入した人とは別の決裁の人が判断してください",
            "Two people decide here: somebody other than the person who ticked the items has to approve.",
        )


def _require_grounds(revision: Revision, topic: Topic, verdict: str, reasons: str) -> None:
    favourable = _is_favourable(topic, verdict)
    if topic is Topic.COMPLETENESS:
        ticks = {tick.item: tick for tick in queries.ticks_of(revision)}
        missing = "、".join(item.label for item in Annex3Item if item.value not in ticks)
        if favourable and missing:
            english = ", ".join(item.english for item in Annex3Item if item.value not in ticks)
            raise Refused(
                f"別添三の照合が終わっていません(未記入: {missing})", f"Items of annex 3 are not ticked yet: {english}."
            )
        gaps = [item for item, tick in ticks.items() if tick.result is TickResult.MISSING]
        if favourable and gaps:
            raise Refused(
                "「欠落」と照合した項目があるため「漏れなし」にはできません",
                "An item was ticked as missing; the plan cannot be called complete.",
            )
    if not favourable and not reasons.strip():
        raise Refused(
            "理由を書いてください。学校への差戻しの指摘として伝わります",
            "Give the reasons. The school gets them as a remark.",
        )
    if verdict == Judgement.CONDITIONAL.value and not reasons.strip():
        raise Refused(
            "「条件付き」とするには、条件を書いてください", "Write the conditions of a conditional judgement."
        )


def _is_favourable(topic: Topic, verdict: str) -> bool:
    if topic is Topic.COMPLETENESS:
        return Completeness(verdict) is Completeness.COMPLETE
    return Judgement(verdict) is not Judgement.REFUSED


def both_favourable(revision: Revision) -> bool:
    """Whether both decisions on a revision were made and let the trip go."""
    decisions = queries.decisions_of(revision)
    return all(topic.value in decisions and _is_favourable(topic, decisions[topic.value].verdict) for topic in Topic)


def _approve(request: MofaRequest, *, by: Actor) -> None:
    request.state = RequestState.APPROVED.value
    request.approved_at, request.approved_by_id = clock.now(), by.person_id
    request.save(update_fields=["state", "approved_at", "approved_by"])
    record(EventName.REQUEST_APPROVED, by=by, about=Subject.of(request))
    tell_school(request, "approved", key=_round(request))


def put_back(request: MofaRequest, state: RequestState, *, by: Actor, due_on: dt.date | None = None) -> None:
    """Write down that a locked request went back to its school, and tell the school."""
    request.state, request.correction_due_on = state.value, due_on
    request.returned_at, request.returned_by_id = clock.now(), by.person_id
    request.save(update_fields=["state", "correction_due_on", "returned_at", "returned_by"])
    event = record(EventName.REQUEST_RETURNED, by=by, about=Subject.of(request))
    # By the event: a version may be returned, taken back and returned once more, and each time is told.
    tell_school(request, "returned", key=str(event.pk))


def _record_decision(request: MofaRequest, topic: Topic, verdict: str, *, by: Actor) -> None:
    if topic is Topic.COMPLETENESS:
        record(EventName.DECIDED_COMPLETENESS, by=by, about=Subject.of(request), verdict=Completeness(verdict).label)
    else:
        record(EventName.DECIDED_SAFETY, by=by, about=Subject.of(request), verdict=Judgement(verdict).label)


def _remark_from_decision(revision: Revision, topic: Topic, reasons: str, *, by: Actor) -> None:
    kind = RemarkKind.MISSING if topic is Topic.COMPLETENESS else RemarkKind.UPDATE
    write_remark(revision, reasons, kind=kind, by=by)
