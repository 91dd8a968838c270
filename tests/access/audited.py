"""A school's trip under audit by JCSOS, as far as findings sent to the school, with a piece of evidence.

Not here: who may open what (lands, routes).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from jcsos.actions import assist, audits, campaigns, set_consent
from jcsos.actions.evidence import give_evidence
from jcsos.actions.findings import write_finding
from jcsos.enums import Gravity, Population, Verdict
from jcsos.models import AssistCase, Campaign, Evidence, Finding, Membership, TripAudit
from jcsos.rules.criteria import criteria_of
from portal.accounts.acting import scope_of
from portal.kit import clock
from portal.kit.roles import Role
from portal.tenancy.scope import acting_as
from tests.access.consulted import build_consultation
from tests.access.news import News, build_news
from tests.access.released import build_release
from tests.factories.cast import Seat, seat

_PLAN = campaigns.Plan(
    title="見本の監査",
    period_from=dt.date(2020, 1, 1),
    period_to=dt.date(2099, 12, 31),
    population=Population.ALL,
    rule_set="ready-1",
    percent=100,
    floor=1,
    cap=100,
    seed=1,
)


@dataclass(frozen=True)
class Audited:
    """One campaign and the audit of this school in it."""

    campaign: Campaign
    audit: TripAudit
    finding: Finding
    evidence: Evidence
    case: AssistCase
    news: News


def build_audit(consent: Membership, principal: Seat, jcsos: Seat) -> Audited:
    """Audit the school's submitted trip; a school that does not consent had consented for a while."""
    build_consultation(principal, seat(Role.JCSOS_CASES, jcsos.org))
    build_release(seat(Role.JCSOS_NEWS, jcsos.org))
    stays_open = consent.consents
    if not stays_open:
        _consents(consent, principal, consents=True)
    made = _audit(principal, seat(Role.JCSOS_AUDITOR, jcsos.org), _case(seat(Role.JCSOS_CASES, jcsos.org)))
    if not stays_open:
        _consents(consent, principal, consents=False)
    return made


def _consents(consent: Membership, principal: Seat, *, consents: bool) -> None:
    with principal.at_work() as by:
        set_consent(consent, consents=consents, by=by)


def _case(desk: Seat) -> AssistCase:
    """A case of J-TAS, taken in by somebody of the desk."""
    with acting_as(scope_of(desk.membership, health=True)), transaction.atomic():
        return assist.open_case(desk.org.pk, "見本の件", by=desk.actor)


def _audit(principal: Seat, auditor: Seat, case: AssistCase) -> Audited:
    due_on = clock.today() + dt.timedelta(days=14)
    with auditor.at_work() as by:
        campaign = campaigns.open_campaign(auditor.org.pk, _PLAN, by=by)
        drawn = campaigns.draw_sample(campaign, by=by)
        audit = next(audit for audit in drawn if audit.school_id == principal.org.pk)
        audits.announce(audit, due_on=due_on, by=by)
    with principal.at_work() as by:
        evidence = give_evidence(audit, "AC01", statement="9月に実施した", upload=None, by=by)
        audits.hand_in(audit, by=by)
    with auditor.at_work() as by:
        for criterion in criteria_of(campaign.rule_set):
            audits.assess(audit, criterion.code, Verdict.MET, note="", by=by)
        finding = write_finding(audit, "AC02", Gravity.MINOR, "周知の記録を残してください", by=by)
        audits.send_result(audit, reply_due_on=due_on, by=by)
    return Audited(campaign, audit, finding, evidence, case, build_news(principal, auditor))
