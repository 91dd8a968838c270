"""Questions to the ministry and telephone calls about a request, with day, desk, question and answer."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from mofa_requests.enums import InquiryKind
from mofa_requests.models.case import CaseRow, case_constraints
from portal.kit import clock
from portal.tenancy.rls import ON_THE_ROUTE


class Inquiry(CaseRow):
    """One question or call: 記二 consultation, 記一なお書 inquiry, or a call about receipt. Answers may come later."""

    kind = models.CharField(max_length=20, choices=InquiryKind.choices())
    asked_on = models.DateField()
    desk = models.CharField(max_length=200)
    question = models.TextField()
    answer = models.TextField(blank=True)
    answered_on = models.DateField(null=True)
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-asked_on", "-id")
        constraints = (
            models.CheckConstraint(name="mofa_inquiry_asks_something", condition=~Q(question="") & ~Q(desk="")),
            models.CheckConstraint(
                name="mofa_inquiry_answer_has_its_day",
                condition=Q(answer="", answered_on=None) | (~Q(answer="") & Q(answered_on__isnull=False)),
            ),
            *case_constraints(
                "mofa_requests_inquiry",
                rules=(
                    ("school", "school_id", "select,insert,update(answer,answered_on)"),
                    ("endorser", ON_THE_ROUTE, "select,insert,update(answer,answered_on)"),
                    ("forwarder", "forwarder_org_id", "select,insert,update(answer,answered_on)"),
                ),
            ),
        )

    @property
    def kind_word(self) -> InquiryKind:
        return InquiryKind(self.kind)
