"""A campaign brought to each of its stages by the product's own actions. Not here: what must come of it (tests)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from jcsos.actions.audits import announce, assess, hand_in, send_result
from jcsos.actions.campaigns import Plan, draw_sample, open_campaign
from jcsos.actions.findings import write_finding
from jcsos.enums import Gravity, Population, Verdict
from jcsos.models import Campaign, Finding, TripAudit
from jcsos.queries.audits import get_audit
from jcsos.rules.criteria import criteria_of
from portal.kit import clock
from tests.factories.cast import World
from tests.jcsos.conftest import Office

WEEK = dt.timedelta(days=7)


def plan(made: World, **changes: object) -> Plan:
    """A campaign over the month in which the trip leaves."""
    leaving = made.dossier.outline.departs_on
    assert leaving is not None
    usual = {
        "title": "令和8年度 海外修学旅行の監査",
        "period_from": leaving - 2 * WEEK,
        "period_to": leaving + 2 * WEEK,
        "population": Population.ALL,
        "rule_set": "full-1",
        "percent": 50,
        "floor": 1,
        "cap": 10,
        "seed": 20261122,
    }
    return Plan(**{**usual, **changes})  # type: ignore[arg-type]


@dataclass
class Round:
    """One campaign with one audit; every method is one more step."""

    office: Office
    school: World
    campaign: Campaign
    audit: TripAudit

    def again(self) -> TripAudit:
        """The audit as it stands, through the auditor's eyes."""
        with self.office.auditor.at_work():
            self.audit = get_audit(self.audit.pk)
        return self.audit

    def announced(self) -> Round:
        with self.office.auditor.at_work() as by:
            self.audit = announce(self.audit, due_on=clock.today() + 2 * WEEK, by=by)
        return self

    def handed_in(self) -> Round:
        with self.school.drafter.at_work() as by:
            self.audit = hand_in(self.audit, by=by)
        return self

    def assessed(self, *, faults: tuple[str, ...] = ()) -> Round:
        with self.office.auditor.at_work() as by:
            for criterion in criteria_of(self.campaign.rule_set):
                verdict = Verdict.NOT_MET if criterion.code in faults else Verdict.MET
                assess(self.audit, criterion.code, verdict, note="資料と計画による", by=by)
        return self

    def finding(self, criterion: str = "AC01", gravity: Gravity = Gravity.MAJOR) -> Finding:
        with self.office.auditor.at_work() as by:
            return write_finding(self.audit, criterion, gravity, "欠席者への補講が確かめられません", by=by)

    def sent(self) -> Round:
        with self.office.auditor.at_work() as by:
            self.audit = send_result(self.audit, reply_due_on=clock.today() + 2 * WEEK, by=by)
        return self


def started(office: Office, school: World) -> Round:
    """A campaign whose only sampled trip is this school's."""
    with office.auditor.at_work() as by:
        campaign = open_campaign(office.org.pk, plan(school), by=by)
        (audit,) = draw_sample(campaign, by=by)
    return Round(office, school, Campaign.objects.get(pk=campaign.pk), audit)
