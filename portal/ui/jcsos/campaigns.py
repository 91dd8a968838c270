"""Campaigns on JCSOS's desk: the list, planning one, its sample, announcing, closing. Not here: one audit (audits)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from jcsos.actions.audits import announce
from jcsos.actions.campaigns import close_campaign, draw_sample, open_campaign
from jcsos.enums import AuditState, CampaignState, Population
from jcsos.models import Campaign
from jcsos.queries import audits as queries
from jcsos.rules.criteria import BY_CODE, RULE_SETS
from portal.accounts.access import members
from portal.accounts.acting import actor_at, actor_of
from portal.kit.machine import Refused
from portal.kit.roles import Role
from portal.ui.jcsos.audit_forms import CampaignForm, DueForm
from portal.ui.labels import label_of, speaks_english
from portal.ui.messages import announce as say
from portal.ui.messages import refuse
from portal.ui.shapes import Bar, Entry, Tile
from portal.ui.typed import sentence_of

AUDITORS = (Role.JCSOS_AUDITOR,)


@members(AUDITORS, purpose="監査の一覧")
def campaigns(request: HttpRequest) -> HttpResponse:
    """Every campaign, newest first."""
    rows = [(campaign, label_of(campaign.state_kind)) for campaign in queries.campaigns()]
    return render(request, "jcsos/campaigns.html", {"rows": rows})


@members(AUDITORS, purpose="監査を企画する")
def new_campaign(request: HttpRequest) -> HttpResponse:
    """Plan a campaign; nobody is told yet."""
    acting = request.membership  # type: ignore[attr-defined]
    form = CampaignForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        campaign = open_campaign(acting.org_id, form.plan, by=actor_of(acting))
        say(request, gettext("監査を企画しました。母集団を確かめてから抽出してください。"))
        return redirect("jcsos:campaign", campaign_id=campaign.pk)
    crumbs = [(gettext("監査"), reverse("jcsos:campaigns")), (gettext("監査を企画する"), "")]
    status = 422 if form.errors else 200
    return render(request, "jcsos/new_campaign.html", {"form": form, "crumbs": crumbs}, status=status)


@members(AUDITORS, purpose="一つの監査の対象と進み具合")
def campaign(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """What was planned, the sample with its seed, and where each audit stands."""
    return _show(request, _found(campaign_id))


@members(AUDITORS, purpose="監査の対象を抽出する")
@require_POST
def draw(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """Draw the sample once."""
    found = _found(campaign_id)
    try:
        drawn = draw_sample(found, by=actor_at(request))
        say(request, gettext("%(n)d件を抽出しました。学校にはまだ知らせていません。") % {"n": len(drawn)})
    except Refused as reason:
        refuse(request, sentence_of(reason))
    return redirect("jcsos:campaign", campaign_id=found.pk)


@members(AUDITORS, purpose="抽出した学校に通知する")
@require_POST
def announce_all(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """Announce every audit that is not announced yet, with one day for all."""
    found = _found(campaign_id)
    form = DueForm(request.POST)
    if not form.is_valid():
        return _show(request, found, form)
    by = actor_at(request)
    waiting = queries.audits_of(found).filter(state=AuditState.SAMPLED.value)
    try:
        told = [announce(audit, due_on=form.cleaned_data["due_on"], by=by) for audit in waiting]
        say(request, gettext("%(n)d校に通知しました。") % {"n": len(told)})
    except Refused as reason:
        form.add_error("due_on", sentence_of(reason))
        return _show(request, found, form)
    return redirect("jcsos:campaign", campaign_id=found.pk)


@members(AUDITORS, purpose="監査を締めくくる")
@require_POST
def close(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """Close a campaign whose audits are all closed."""
    found = _found(campaign_id)
    try:
        close_campaign(found, by=actor_at(request))
        say(request, gettext("監査を締めくくりました。"))
    except Refused as reason:
        refuse(request, sentence_of(reason))
    return redirect("jcsos:campaign", campaign_id=found.pk)


def _found(campaign_id: UUID) -> Campaign:
    try:
        return queries.get_campaign(campaign_id)
    except Campaign.DoesNotExist:
        raise Http404 from None


def _show(request: HttpRequest, found: Campaign, form: DueForm | None = None) -> HttpResponse:
    planned = found.state_kind is CampaignState.PLANNED
    population = queries.population_of(found).count() if planned else found.population_size
    audits = [] if planned else list(queries.audits_of(found))
    waiting = [audit for audit in audits if audit.state_kind is AuditState.SAMPLED]
    done = sum(audit.state_kind is AuditState.CLOSED for audit in audits)
    context: dict[str, Any] = {
        "campaign": found,
        "state": label_of(found.state_kind),
        "planned": planned,
        "population": population,
        "entries": _entries(found),
        "rows": [(audit, label_of(audit.state_kind), _due(audit)) for audit in audits],
        "hidden": (found.drawn_size or 0) - len(audits),
        "waiting": len(waiting),
        "announce_form": form or (DueForm(label=gettext("資料の提出期限"), days=21) if waiting else None),
        "may_close": found.state_kind is CampaignState.DRAWN and bool(audits) and done == len(audits),
        "tiles": _tiles(found, population, audits, done),
        "bars": _benchmark(found),
        "crumbs": [(gettext("監査"), reverse("jcsos:campaigns")), (found.title, "")],
    }
    return render(request, "jcsos/campaign.html", context, status=422 if form else 200)


def _tiles(found: Campaign, population: int | None, audits: list[Any], done: int) -> list[Tile]:
    trips = gettext("件")
    if found.state_kind is CampaignState.PLANNED:
        return [Tile(gettext("いまの母集団"), population, trips)]
    return [
        Tile(gettext("母集団"), population, trips),
        Tile(gettext("抽出"), found.drawn_size, trips),
        Tile(gettext("終了"), done, trips),
        Tile(gettext("是正中の指摘"), sum(audit.open_findings for audit in audits), trips),
    ]


def _entries(found: Campaign) -> list[Entry]:
    rules = {known.key: known for known in RULE_SETS}[found.rule_set]
    bounds = gettext("%(percent)d%%、少なくとも%(floor)d件、多くとも%(cap)d件") % {
        "percent": found.percent,
        "floor": found.floor,
        "cap": found.cap,
    }
    return [
        Entry(gettext("母集団"), label_of(Population(found.population))),
        Entry(gettext("基準"), rules.english if speaks_english() else rules.title),
        Entry(gettext("抽出のしかた"), bounds),
        Entry(gettext("乱数の種"), str(found.seed)),
        *([Entry(gettext("母集団の照合符号"), found.population_digest[:16])] if found.population_digest else []),
    ]


def _due(audit: Any) -> Any:
    return {AuditState.EVIDENCE: audit.evidence_due_on, AuditState.REPLY: audit.reply_due_on}.get(audit.state_kind)


def _benchmark(found: Campaign) -> list[Bar]:
    """The share that met each criterion, in whole per cent; groups under five schools are not there."""
    shares = queries.benchmark(found)
    named = {code: BY_CODE[code].english if speaks_english() else BY_CODE[code].title for code in shares}
    return [Bar(named[code], round(100 * met / assessed)) for code, (met, assessed) in shares.items()]
