"""The authority's own work on a revision: ticks, decisions, remarks."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from mofa_requests.enums import Completeness, RemarkKind, Topic
from mofa_requests.models.case import CaseRow, case_constraints, known_by_case, same_case
from mofa_requests.models.revision import Revision
from portal.dossier.types import Judgement
from portal.kit import clock
from portal.tenancy.rls import ON_THE_ROUTE

_OPEN_TO_SCHOOL = "when:school_id = nullif(current_setting('app.org', true), '')::uuid AND NOT internal"


class TickSheet(CaseRow):
    """The officer's own ticks on the items of 別添三 for one revision; empty until the officer fills them."""

    revision = models.OneToOneField(Revision, on_delete=models.CASCADE, related_name="ticksheet")
    ticks = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True)
    saved_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            same_case("mofa_requests_ticksheet", via="revision_id", to="Revision"),
            *case_constraints(
                "mofa_requests_ticksheet",
                rules=(
                    ("school", "school_id", "select"),
                    ("endorser", "forwarder_org_id", "select,insert,update"),
                    ("forwarder", "forwarder_org_id", "select,insert,update"),
                ),
            ),
        )


class Decision(CaseRow):
    """One of the two decisions of the notice; written once, never changed.

    ``decided_for`` is the person in whose stead a deputy decided.
    """

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="decisions")
    topic = models.CharField(max_length=20, choices=Topic.choices())
    verdict = models.CharField(max_length=20)
    reasons = models.TextField(blank=True)
    decided_at = models.DateTimeField(default=clock.now)
    decided_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    decided_by_title = models.CharField(max_length=200, blank=True)
    decided_for = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("decided_at",)
        constraints = (
            models.CheckConstraint(
                name="mofa_decision_deputy_is_another_person",
                condition=Q(decided_for=None) | ~Q(decided_for=models.F("decided_by")),
            ),
            models.UniqueConstraint(fields=("revision", "topic"), name="mofa_decision_once"),
            models.CheckConstraint(
                name="mofa_decision_verdict_of_topic",
                condition=Q(topic="completeness", verdict__in=("complete", "incomplete"))
                | Q(topic="safety", verdict__in=("clear", "conditional", "refused")),
            ),
            models.CheckConstraint(
                name="mofa_decision_reservation_has_reasons",
                condition=Q(verdict__in=("complete", "clear")) | ~Q(reasons=""),
            ),
            known_by_case("mofa_requests_decision"),
            same_case("mofa_requests_decision", via="revision_id", to="Revision"),
            *case_constraints(
                "mofa_requests_decision",
                rules=(
                    ("school", "school_id", "select"),
                    ("endorser", ON_THE_ROUTE, "select"),
                    ("endorser", "forwarder_org_id", "insert"),
                    ("forwarder", "forwarder_org_id", "select,insert"),
                ),
            ),
        )

    @property
    def verdict_kind(self) -> Completeness | Judgement:
        """The verdict in the vocabulary of its topic, with its label."""
        return Completeness(self.verdict) if self.topic == Topic.COMPLETENESS.value else Judgement(self.verdict)


class Remark(CaseRow):
    """A comment on one place of one revision, to the school or internal, to be answered."""

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="remarks")
    pointer = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=20, choices=RemarkKind.choices())
    text = models.TextField()
    internal = models.BooleanField(default=False)
    written_at = models.DateTimeField(default=clock.now)
    written_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    written_for = models.ForeignKey("tenancy.Org", on_delete=models.PROTECT, related_name="+")
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("written_at",)
        constraints = (
            models.CheckConstraint(name="mofa_remark_says_something", condition=~Q(text="")),
            models.CheckConstraint(
                name="mofa_remark_answer_is_signed",
                condition=Q(answer="", answered_at=None, answered_by=None)
                | (~Q(answer="") & Q(answered_at__isnull=False, answered_by__isnull=False)),
            ),
            same_case("mofa_requests_remark", via="revision_id", to="Revision"),
            *case_constraints(
                "mofa_requests_remark",
                rules=(
                    ("school", _OPEN_TO_SCHOOL, "select,update(answer,answered_at,answered_by_id)"),
                    ("endorser", ON_THE_ROUTE, "select,insert"),
                    ("forwarder", "forwarder_org_id", "select,insert"),
                ),
            ),
        )


class Condition(CaseRow):
    """One thing that may come later under 条件付き, with the day by which it must; chased until it is met."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="conditions")
    text = models.TextField()
    due_on = models.DateField()
    met_at = models.DateTimeField(null=True)
    met_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    met_note = models.TextField(blank=True)

    class Meta:
        ordering = ("due_on", "id")
        indexes = (
            models.Index(fields=("forwarder_org", "due_on"), name="mofa_condition_open", condition=Q(met_at=None)),
        )
        constraints = (
            models.CheckConstraint(name="mofa_condition_says_something", condition=~Q(text="")),
            models.CheckConstraint(
                name="mofa_condition_met_is_signed",
                condition=Q(met_at=None, met_by=None, met_note="")
                | (Q(met_at__isnull=False, met_by__isnull=False) & ~Q(met_note="")),
            ),
            same_case("mofa_requests_condition", via="decision_id", to="Decision"),
            *case_constraints(
                "mofa_requests_condition",
                rules=(
                    ("school", "school_id", "select"),
                    ("endorser", ON_THE_ROUTE, "select"),
                    ("endorser", "forwarder_org_id", "insert,update(met_at,met_by_id,met_note)"),
                    ("forwarder", "forwarder_org_id", "select,insert,update(met_at,met_by_id,met_note)"),
                ),
            ),
        )
