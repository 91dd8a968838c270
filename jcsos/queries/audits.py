"""Reading audits: populations, campaigns, what is known and given of one trip. No writes."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from jcsos.enums import AuditState, FindingState, Population, Verdict
from jcsos.models import Assessment, AuditStep, Campaign, Evidence, Finding, TripAudit
from jcsos.queries.figures import known_of_revision
from jcsos.queries.seminars import training_of
from jcsos.rules.criteria import Criterion, Known, Reading, Training, criteria_of
from mofa_requests.models import MofaRequest, Revision
from mofa_requests.queries import visible_to
from portal.dossier.types import FounderType
from portal.kit import clock
from portal.vault.keyring import TripCipher, WrappedKey, open_key

BENCHMARK_AT_LEAST = 5
"""A share over fewer schools could be traced to one of them and is not shown."""

_TRAINING_SHOWN = 5
_NARROWED = {
    Population.ALL: Q(),
    Population.SCHOOLS: ~Q(school__founder=FounderType.UNIVERSITY.value),
    Population.UNIVERSITIES: Q(school__founder=FounderType.UNIVERSITY.value),
    Population.LATE: Q(late=True),
}


def population_of(campaign: Campaign) -> QuerySet[MofaRequest]:
    """Requests in JCSOS's window whose trip leaves within the period; withdrawn ones never travelled.

    Of a trip with amendments only the newest request counts, so that no trip has two chances.
    """
    rows = visible_to().filter(departs_on__range=(campaign.period_from, campaign.period_to))
    rows = rows.filter(_NARROWED[Population(campaign.population)]).exclude(state="withdrawn")
    newest = rows.order_by("trip_id", "-id").distinct("trip_id").values("pk")
    return visible_to().filter(pk__in=newest).order_by("id")


def campaigns() -> QuerySet[Campaign]:
    """Every campaign, newest first, with how many of its audits are in sight and closed."""
    done = Count("audits", filter=Q(audits__state=AuditState.CLOSED.value))
    return Campaign.objects.annotate(in_sight=Count("audits"), done=done).order_by("-opened_at")


def get_campaign(campaign_id: UUID) -> Campaign:
    """One campaign, or ``Campaign.DoesNotExist``."""
    return Campaign.objects.select_related("opened_by", "drawn_by", "closed_by").get(pk=campaign_id)


def audits_of(campaign: Campaign) -> QuerySet[TripAudit]:
    """The sampled trips in sight, in the order they were drawn, with their open findings counted."""
    waiting = Q(findings__state__in=(FindingState.UPHELD.value, FindingState.CORRECTED.value))
    rows = TripAudit.objects.filter(campaign=campaign).select_related("school", "request")
    return rows.annotate(open_findings=Count("findings", filter=waiting)).order_by("position")


def get_audit(audit_id: UUID) -> TripAudit:
    """One audit in sight, or ``TripAudit.DoesNotExist``."""
    return TripAudit.objects.select_related("campaign", "school", "request").get(pk=audit_id)


def audits_of_school(school_id: UUID) -> QuerySet[TripAudit]:
    """The audits announced to a school, those that wait for it first."""
    rows = TripAudit.objects.filter(school_id=school_id).select_related("campaign", "request")
    return rows.order_by("closed_at", "-announced_at")


def steps_of(audit: TripAudit) -> QuerySet[AuditStep]:
    """The log, oldest first."""
    return AuditStep.objects.filter(audit=audit).select_related("by")


def evidence_of(audit: TripAudit) -> QuerySet[Evidence]:
    return Evidence.objects.filter(audit=audit).select_related("given_by")


def assessments_of(audit: TripAudit) -> dict[str, Assessment]:
    """Criterion code → its assessment."""
    return {row.criterion: row for row in Assessment.objects.filter(audit=audit).select_related("assessed_by")}


def findings_of(audit: TripAudit) -> QuerySet[Finding]:
    return Finding.objects.filter(audit=audit).select_related("written_by", "confirmed_by", "audit")


def cipher_of(audit: TripAudit) -> TripCipher:
    """The cipher of the files given to one audit."""
    held = WrappedKey(audit.key_master, bytes(audit.key_wrapped))
    return open_key(held, owner_id=audit.school_id, subject_id=audit.pk)


def known_of(audit: TripAudit) -> Known:
    """What the portal knows of the audited trip: the open part of the judged revision and the dates of its way."""
    revision = Revision.objects.get(request_id=audit.request_id, number=audit.revision_number)
    return replace(known_of_revision(audit.request, revision), training=_training_before(audit))


def _training_before(audit: TripAudit) -> tuple[Training, ...]:
    """The seminars the school's staff attended before departure, the newest first."""
    held = training_of(audit.school_id, before=audit.request.departs_on or clock.today())[:_TRAINING_SHOWN]
    return tuple(Training(one.seminar.title, _tokyo_day(one.seminar.starts_at), one.came) for one in held)


def readings_of(audit: TripAudit) -> list[tuple[Criterion, Reading]]:
    """Every criterion of the campaign's rule set with what is known of it."""
    known = known_of(audit)
    return [(criterion, criterion.read(known)) for criterion in criteria_of(audit.campaign.rule_set)]


def last_reminder(audit: TripAudit, *, act: str, due_on: dt.date | None) -> AuditStep | None:
    """The last notice that a deadline passed, for the deadline now in force."""
    return AuditStep.objects.filter(audit=audit, name=act, due_on=due_on).order_by("-at").first()


def benchmark(campaign: Campaign) -> dict[str, tuple[int, int]]:
    """Criterion → (met, assessed) over all audits with a result; groups of fewer than five schools are left out."""
    rows = Assessment.objects.filter(audit__campaign=campaign, audit__result_at__isnull=False)
    found = list(
        rows.exclude(verdict=Verdict.NOT_APPLICABLE.value).values_list("criterion", "verdict", "audit__school_id")
    )
    schools = {code: len({school for known, _, school in found if known == code}) for code, _, _ in found}
    assessed = Counter(code for code, _, _ in found)
    met = Counter(code for code, verdict, _ in found if verdict == Verdict.MET.value)
    return {code: (met[code], assessed[code]) for code in sorted(assessed) if schools[code] >= BENCHMARK_AT_LEAST}


def _tokyo_day(instant: dt.datetime) -> dt.date:
    return instant.astimezone(clock.TOKYO).date()
