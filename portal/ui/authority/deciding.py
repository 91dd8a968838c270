"""The steps that move a review: endorsing, claiming, releasing, and the two decisions of 領保第六一五七号 記二(一)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from mofa_requests import queries
from mofa_requests.actions.carrying import carry_decisions
from mofa_requests.actions.review import claim_review, decide, endorse, release_review
from mofa_requests.actions.revoking import revoke_approval
from mofa_requests.documents.annex3 import Annex3Item
from mofa_requests.enums import RequestState, Topic
from mofa_requests.models import Decision, MofaRequest
from portal.audit.record import Actor
from portal.dossier import types
from portal.dossier.types import Dossier, ParticipantRole, Tick, TickResult
from portal.kit import clock
from portal.kit.machine import Refused
from portal.kit.roles import Role
from portal.lawbook.citation import cite
from portal.lawbook.finding import Severity
from portal.ui.authority.doors import RequestPage, refused, request_page, require_newest, revision_seen
from portal.ui.authority.forms import PROSE, DecisionForm
from portal.ui.authority.reading import read
from portal.ui.authority.values import Grid, entries_of, grid_of
from portal.ui.findings import show_all
from portal.ui.labels import label_of, title_of
from portal.ui.messages import announce
from portal.ui.shapes import Entry

_DUTY = "領保第六一五七号 記二(一)"


@dataclass(frozen=True)
class TopicCard:
    """One of the two decisions: as it was made, or the form to make it."""

    topic: Topic
    title: str
    decision: Decision | None
    form: DecisionForm | None


@request_page(purpose="経由を確認する")
def endorse_request(request: HttpRequest, page: RequestPage) -> HttpResponseBase:
    return _step(request, page, endorse, gettext("経由を確認しました。転送する所管庁に知らせました。"))


@request_page(purpose="確認を始める")
def claim(request: HttpRequest, page: RequestPage) -> HttpResponseBase:
    return _step(request, page, claim_review, gettext("確認を始めました。7項目を照らし合わせてください。"))


@request_page(purpose="担当を外れる")
def release(request: HttpRequest, page: RequestPage) -> HttpResponseBase:
    return _step(request, page, release_review, gettext("担当を外れました。照合と指摘は残っています。"))


@request_page(purpose="変更届に、送付済みの版の判断を引き継ぐ")
def carry(request: HttpRequest, page: RequestPage) -> HttpResponseBase:
    """Approve an amendment by the decisions on what was sent."""

    def act(_: MofaRequest, *, by: Actor) -> MofaRequest:
        return carry_decisions(revision_seen(request, page), by=by)

    return _step(request, page, act, gettext("判断を引き継いで承認しました。続いて依頼書を確定してください。"))


@request_page(purpose="承認を取り消して差し戻す")
def revoke(request: HttpRequest, page: RequestPage) -> HttpResponseBase:
    """Take an approval back before the papers leave; the reasons go to the school."""
    if request.method == "POST":
        try:
            revoke_approval(revision_seen(request, page), request.POST.get("reasons", "")[:PROSE], by=page.actor)
            announce(request, gettext("承認を取り消し、理由を指摘として学校へ差し戻しました。"))
        except Refused as reason:
            refused(request, page, reason)
    return redirect(page.url("decision"))


@request_page(purpose="二つの判断")
def decision(request: HttpRequest, page: RequestPage) -> HttpResponseBase:
    """Both decisions, with what they rest on."""
    return _show(request, page, {})


@request_page(purpose="判断を記録する")
def decide_topic(request: HttpRequest, page: RequestPage, topic: str) -> HttpResponseBase:
    """Record one of the two decisions; a refusal leaves the typed reasons in place."""
    if topic not in set(Topic):
        raise Http404
    if request.method != "POST":
        return redirect(page.url("decision"))
    chosen = Topic(topic)
    form = _form(page, chosen, request.POST)
    if not form.is_valid():
        return _show(request, page, {chosen: form}, status=422)
    try:
        after, _ = decide(
            revision_seen(request, page),
            chosen,
            form.cleaned_data["verdict"],
            reasons=form.cleaned_data["reasons"] or "",
            by=page.actor,
            title=page.title,
            conditions=form.late_items(),
            in_stead=form.in_stead(page.mandates),
        )
    except Refused as reason:
        return _show(request, refused(request, page, reason), {chosen: form}, status=409)
    announce(request, _outcome(after))
    return redirect(page.url("decision"))


def _step(request: HttpRequest, page: RequestPage, act: Callable[..., MofaRequest], done: str) -> HttpResponseBase:
    """One press of one button: do it, say it, and come back to the request."""
    if request.method == "POST":
        try:
            require_newest(request, page)
            act(page.request, by=page.actor)
            announce(request, done)
        except Refused as reason:
            refused(request, page, reason)
    return redirect(page.url("request"))


def _outcome(request: MofaRequest) -> str:
    return {
        RequestState.APPROVED.value: gettext("承認しました。学校に知らせました。続いて依頼書を確定してください。"),
        RequestState.RETURNED.value: gettext("判断を記録し、理由を指摘として学校へ差し戻しました。"),
    }.get(request.state, gettext("判断を記録しました。もう一つの判断も記録すると承認になります。"))


def _show(
    request: HttpRequest, page: RequestPage, bound: dict[Topic, DecisionForm], *, status: int = 200
) -> HttpResponse:
    reading, ticks = read(page), queries.ticks_of(page.revision)
    unanswered = queries.remarks_of(page.request).filter(answered_at=None, internal=False).count()
    context = page.context(
        "decision",
        gettext("二つの判断"),
        cards=_cards(page, bound),
        # A deputy decides in somebody's stead, but takes back no approval.
        may_revoke=page.forwards and "revoke" in page.steps and page.role is Role.AUTHORITY_APPROVER,
        forms=list(bound.values()),
        revision=page.revision,
        duty=cite(_DUTY),
        tick_figures=_tick_figures(ticks),
        missing_items=_items(ticks, TickResult.MISSING),
        unticked=[label_of(item) for item in Annex3Item if item.value not in {tick.item for tick in ticks}],
        grounds=_grounds(page.dossier),
        dangers=_dangers(page.dossier),
        warnings=show_all(reading.report.of(Severity.WARN), url_of=lambda pointer: ""),
        unanswered=unanswered,
        conditions=list(queries.conditions_of(page.request)),
        today=clock.today(),
        rungs=reading.rungs(),
        may_approve="approve" in page.steps,
        may_return="return" in page.steps,
    )
    return render(request, "authority/decision.html", context, status=status)


def _form(page: RequestPage, topic: Topic, data: Any = None) -> DecisionForm:
    return DecisionForm(
        topic, data, may_approve="approve" in page.steps, mandates=page.mandates, own=page.role, holder=page.request
    )


def _cards(page: RequestPage, bound: dict[Topic, DecisionForm]) -> list[TopicCard]:
    made = queries.decisions_of(page.revision)
    open_now = page.forwards and page.request.state == RequestState.IN_REVIEW.value
    cards = []
    for topic in Topic:
        found = made.get(topic.value)
        form = bound.get(topic) or _form(page, topic)
        cards.append(TopicCard(topic, label_of(topic), found, form if found is None and open_now else bound.get(topic)))
    return cards


def _tick_figures(ticks: tuple[Tick, ...]) -> list[Entry]:
    counts = [Entry(label_of(result), sum(tick.result is result for tick in ticks)) for result in TickResult]
    return [*counts, Entry(gettext("未記入"), len(Annex3Item) - len(ticks))]


def _items(ticks: tuple[Tick, ...], result: TickResult) -> list[str]:
    wanted = {tick.item for tick in ticks if tick.result is result}
    return [label_of(item) for item in Annex3Item if item.value in wanted]


def _grounds(dossier: Dossier) -> list[Entry]:
    """What an authority weighs: escorts per pupil, cost, aim, orientation."""
    students = sum(person.role is ParticipantRole.STUDENT for person in dossier.participants)
    escorts = sum(person.role is ParticipantRole.ESCORT for person in dossier.participants)
    assessed = [destination for destination in dossier.destinations if destination.assessment]
    party = gettext("生徒%(students)d人、引率%(escorts)d人") % {"students": students, "escorts": escorts}
    if escorts:
        party += gettext("(引率1人に生徒%(ratio).1f人)") % {"ratio": students / escorts}
    return [
        Entry(gettext("人数"), party),
        *(Entry(f"{title_of(types.Destination, 'assessment')} {d.city or ''}", d.assessment) for d in assessed),
        *entries_of(dossier.outline, ("purpose", "cost_per_head", "previsit_on", "non_participant_care")),
        *entries_of(dossier.readiness, ("orientation_on", "parents_meeting_on", "tabireji_on")),
    ]


def _dangers(dossier: Dossier) -> Grid:
    names = ("city", "country", "danger_level", "infection_level", "level_checked_on")
    return grid_of(gettext("訪問先の危険情報"), types.Destination, dossier.destinations, names)
