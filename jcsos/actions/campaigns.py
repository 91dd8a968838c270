"""Planning a campaign, drawing its sample, closing it. Not here: the single audits (audits)."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext

from jcsos.enums import AuditState, CampaignState, Population
from jcsos.models import Campaign, TripAudit
from jcsos.queries.audits import population_of
from jcsos.rules.sampling import draw, sample_size
from mofa_requests.models import MofaRequest
from portal.audit.events import EventName
from portal.audit.record import Actor, Subject, record
from portal.kit import clock
from portal.kit.digest import digest_of
from portal.kit.ids import uuid7
from portal.kit.machine import Refused
from portal.vault.keyring import new_key

_SEEDS = 1_000_000


@dataclass(frozen=True)
class Plan:
    """What a campaign is planned with. Without a ``seed`` one is thrown and shown."""

    title: str
    period_from: dt.date
    period_to: dt.date
    population: Population
    rule_set: str
    percent: int
    floor: int
    cap: int
    seed: int | None = None


@transaction.atomic
def open_campaign(org_id: UUID, plan: Plan, *, by: Actor) -> Campaign:
    """Plan a campaign; nothing is drawn and nobody told yet."""
    if plan.period_to < plan.period_from:
        raise Refused(gettext("期間の終わりは、始まりの日か、その後の日にしてください"))
    campaign = Campaign.objects.create(
        org_id=org_id,
        title=plan.title,
        period_from=plan.period_from,
        period_to=plan.period_to,
        population=plan.population.value,
        rule_set=plan.rule_set,
        percent=plan.percent,
        floor=plan.floor,
        cap=plan.cap,
        seed=secrets.randbelow(_SEEDS) if plan.seed is None else plan.seed,
        opened_by_id=by.person_id,
    )
    record(EventName.CAMPAIGN_OPENED, by=by, about=Subject(), campaign=str(campaign.pk))
    return campaign


@transaction.atomic
def draw_sample(campaign: Campaign, *, by: Actor) -> list[TripAudit]:
    """Draw the sample once; the population's digest is kept so that anybody can draw it again.

    Raises ``Refused`` for a campaign already drawn and for an empty population: an empty campaign is no campaign.
    """
    campaign = _lock(campaign)
    if campaign.state_kind is not CampaignState.PLANNED:
        raise Refused(gettext("この監査の抽出は済んでいます。画面を読み込み直してください"))
    population = {request.pk: request for request in population_of(campaign)}
    if not population:
        raise Refused(
            gettext("この期間と母集団に当てはまる旅行がありません。期間を広げるか、母集団を選び直してください")
        )
    size = sample_size(len(population), percent=campaign.percent, floor=campaign.floor, cap=campaign.cap)
    chosen = draw(list(population), seed=campaign.seed, size=size)
    campaign.state = CampaignState.DRAWN.value
    campaign.population_size, campaign.drawn_size = len(population), len(chosen)
    campaign.population_digest = digest_of(sorted(map(str, population)))
    campaign.drawn_at, campaign.drawn_by_id = clock.now(), by.person_id
    campaign.save()
    audits = [_open_audit(campaign, population[one], place) for place, one in enumerate(chosen, start=1)]
    TripAudit.objects.bulk_create(audits)
    figures = {"population": len(population), "drawn": len(chosen), "seed": campaign.seed}
    record(EventName.CAMPAIGN_DRAWN, by=by, about=Subject(), campaign=str(campaign.pk), **figures)
    return audits


@transaction.atomic
def close_campaign(campaign: Campaign, *, by: Actor) -> Campaign:
    """Close once every audit in sight is closed."""
    campaign = _lock(campaign)
    if campaign.state_kind is not CampaignState.DRAWN:
        raise Refused(gettext("抽出の済んだ監査だけを締めくくれます。画面を読み込み直してください"))
    still_open = campaign.audits.exclude(state=AuditState.CLOSED.value).count()
    if still_open:
        raise Refused(
            gettext("終わっていない監査が%(n)d件あります。すべて終えてから締めくくってください") % {"n": still_open}
        )
    campaign.state = CampaignState.CLOSED.value
    campaign.closed_at, campaign.closed_by_id = clock.now(), by.person_id
    campaign.save(update_fields=["state", "closed_at", "closed_by"])
    record(EventName.CAMPAIGN_CLOSED, by=by, about=Subject(), campaign=str(campaign.pk))
    return campaign


def _lock(campaign: Campaign) -> Campaign:
    return Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)


def _open_audit(campaign: Campaign, request: MofaRequest, place: int) -> TripAudit:
    audit_id = uuid7()
    _, held = new_key(owner_id=request.school_id, subject_id=audit_id)
    return TripAudit(
        id=audit_id,
        school_id=request.school_id,
        campaign=campaign,
        request=request,
        revision_number=request.revision_number,
        position=place,
        key_master=held.master_id,
        key_wrapped=held.wrapped,
    )
