"""Many approved plans at once: number and fix their letters, mail them, or record them as sent; one result a row.

Not here: one plan's sending (sending), the acts themselves (mofa_requests.actions).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from mofa_requests import desk, queries
from mofa_requests.actions.mailing import order_mail
from mofa_requests.actions.sending import fix_letter, forward
from mofa_requests.actions.series import business_year, series_of, set_series, take_number
from mofa_requests.models import LetterRecord, MailOrder, MofaRequest, Packet
from portal.accounts.access import members
from portal.accounts.acting import actor_of
from portal.accounts.models import Membership
from portal.audit.record import Actor
from portal.directory.desks import mofa_desk
from portal.dossier.types import Channel, Letter
from portal.kit import clock
from portal.kit.machine import Refused
from portal.ui.authority.correspondence import mail_proposal, proposed_letter
from portal.ui.authority.desk_forms import SeriesForm
from portal.ui.authority.doors import OFFICERS
from portal.ui.authority.forms import ForwardForm
from portal.ui.authority.words import org_name
from portal.ui.labels import label_of
from portal.ui.messages import announce, refuse, warn
from portal.ui.typed import sentence_of

LETTERS, MAIL, RECORD = "letters", "mail", "record"
AT_ONCE = 100
"""Rows on the page, and most plans one press works on."""


@dataclass(frozen=True)
class ReadyRow:
    """One approved plan: how far its papers are, and what the last press did with it."""

    request: MofaRequest
    url: str
    school: str
    number: str
    packet: Packet | None
    order: MailOrder | None
    days_left: int | None
    call_missing: bool
    result: str = ""
    failed: bool = False
    chosen: bool = False

    @property
    def order_word(self) -> str:
        return label_of(self.order.state_kind) if self.order else ""


@dataclass(frozen=True)
class Outcome:
    """What became of one plan."""

    words: str
    failed: bool


Act = Callable[[MofaRequest], str]


@members(OFFICERS, purpose="承認済みの依頼をまとめて送付する")
def forwarding(request: HttpRequest) -> HttpResponse:
    """The approved plans; POST works on the chosen ones and shows what became of each."""
    form = ForwardForm(request.POST if request.POST.get("act") == RECORD else None, initial={"sent_on": clock.today()})
    if request.method != "POST":
        return _show(request, form, {})
    act = _act_of(request, form)
    chosen = _chosen(request)
    if act is None:
        return _show(request, form, {}, status=422)
    if not chosen:
        refuse(request, gettext("送付する依頼を一つ以上選んでください"))
        return _show(request, form, {}, status=422)
    outcomes = {each.pk: _try(act, each) for each in chosen}
    _say(request, list(outcomes.values()))
    return _show(request, form, outcomes)


@members(OFFICERS, purpose="文書番号の形を決める")
@require_POST
def series(request: HttpRequest) -> HttpResponse:
    """Set this business year's document numbers."""
    membership: Membership = request.membership  # type: ignore[attr-defined]
    form = SeriesForm(request.POST)
    if not form.is_valid():
        refuse(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return redirect("mofa_requests:forwarding")
    given = form.cleaned_data
    try:
        set_series(membership.org, given["pattern"], last=given["last"] or 0, on=clock.today(), by=actor_of(membership))
        announce(request, gettext("文書番号の形を保存しました。"))
    except Refused as reason:
        refuse(request, sentence_of(reason))
    return redirect("mofa_requests:forwarding")


def _act_of(request: HttpRequest, form: ForwardForm) -> Act | None:
    membership: Membership = request.membership  # type: ignore[attr-defined]
    by = actor_of(membership)
    wanted = request.POST.get("act")
    if wanted == LETTERS:
        return lambda each: _fix(each, membership, by)
    if wanted == MAIL:
        return lambda each: _mail(each, by)
    if wanted == RECORD and form.is_valid():
        given = form.cleaned_data
        return lambda each: _record(each, given["channel"], given["sent_on"], given["evidence"], by)
    return None


def _chosen(request: HttpRequest) -> list[MofaRequest]:
    """The plans that were ticked, as far as they are approved and in view."""
    ids = {text for text in request.POST.getlist("plan") if _is_uuid(text)}
    org_id = request.membership.org_id  # type: ignore[attr-defined]
    return [each for each in desk.ready_to_send(org_id) if str(each.pk) in ids][:AT_ONCE]


def _try(act: Act, request: MofaRequest) -> Outcome:
    """One plan; what stops it stops no other."""
    try:
        with transaction.atomic():
            return Outcome(act(request), failed=False)
    except Refused as reason:
        return Outcome(sentence_of(reason), failed=True)


def _fix(request: MofaRequest, membership: Membership, by: Actor) -> str:
    revision = queries.revision_of(request)
    if (fixed := queries.letter_of(revision)) is not None:
        return gettext("確定済みです(%(number)s)") % {"number": fixed.number}
    on = clock.today()
    letter = proposed_letter(membership, revision, None)
    number = take_number(membership.org_id, on=on)
    fix_letter(revision, letter.model_copy(update={"number": number, "dated_on": on}), by=by)
    return gettext("依頼書を確定しました(%(number)s)") % {"number": number}


def _mail(request: MofaRequest, by: Actor) -> str:
    packet, fixed = _papers(request)
    letter = Letter.model_validate(fixed.content)
    address = mofa_desk(on=clock.today()).email
    order_mail(
        request, packet, recipients=[address] if address else [], by=by, **mail_proposal(letter, str(request.school))
    )
    return gettext("メール送信を受け付けました(10分間は取り消せます)")


def _record(request: MofaRequest, channel: Channel, sent_on: dt.date, evidence: str, by: Actor) -> str:
    packet, _ = _papers(request)
    forward(request, packet, channel=channel, sent_on=sent_on, evidence=evidence, by=by)
    return gettext("送付を記録しました")


def _papers(request: MofaRequest) -> tuple[Packet, LetterRecord]:
    revision = queries.revision_of(request)
    packet, fixed = queries.packet_of(revision), queries.letter_of(revision)
    if packet is None or fixed is None:
        raise Refused(
            gettext("送付用PDFがまだできていません。できてから送付してください。"), "The packet is not ready yet."
        )
    return packet, fixed


def _say(request: HttpRequest, outcomes: list[Outcome]) -> None:
    failed = sum(each.failed for each in outcomes)
    words = gettext("%(done)d件を処理し、%(failed)d件はできませんでした。それぞれの結果は表にあります。")
    said = words % {"done": len(outcomes) - failed, "failed": failed}
    (warn if failed else announce)(request, said)


def _show(request: HttpRequest, form: ForwardForm, outcomes: dict[UUID, Outcome], *, status: int = 200) -> HttpResponse:
    membership: Membership = request.membership  # type: ignore[attr-defined]
    on = clock.today()
    known = series_of(membership.org, on=on)
    worked_on = list(queries.visible_to().filter(pk__in=outcomes)) if outcomes else []
    waiting = list(desk.ready_to_send(membership.org_id)[:AT_ONCE])
    seen = {each.pk for each in waiting}
    rows = [*waiting, *(each for each in worked_on if each.pk not in seen)]
    papers = desk.papers_of([each.pk for each in rows])
    context = {
        "rows": [_row(each, papers, outcomes, on=on) for each in rows],
        "done": bool(outcomes),
        "form": form,
        "series": known,
        "series_form": SeriesForm(initial={"pattern": known.pattern, "last": known.last} if known else None),
        "year": business_year(on),
        "specimen": membership.org.demo,
        "address": mofa_desk(on=on).email,
    }
    return render(request, "authority/forwarding.html", context, status=status)


def _row(
    request: MofaRequest, papers: dict[UUID, desk.Papers], outcomes: dict[UUID, Outcome], *, on: dt.date
) -> ReadyRow:
    mine, outcome = papers.get(request.pk, desk.Papers()), outcomes.get(request.pk)
    return ReadyRow(
        request=request,
        url=reverse("mofa_requests:sending", kwargs={"request_id": request.pk}),
        school=org_name(request.school),
        number=mine.number,
        packet=mine.packet,
        order=mine.order,
        days_left=(request.receipt_due_on - on).days if request.receipt_due_on else None,
        call_missing=request.late and request.mofa_called_at is None,
        result=outcome.words if outcome else "",
        failed=bool(outcome and outcome.failed),
        chosen=bool(outcome and outcome.failed),
    )


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
