"""A trip's cover. Every id is random; a foreign one answers like one that does not exist."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from portal.ui.insurance import (
    calculator,
    case,
    case_papers,
    claim,
    claims,
    handover,
    opt_outs,
    overview,
    policy_import,
    policy_listed,
    stress,
)

app_name = "cover"
_claims: list[URLPattern] = [
    path("", claims.claims, name="claims"),
    path("new/", claims.new_claim, name="claim_new"),
    path("<uuid:claim_id>/", case.case, name="claim_case"),
    path("<uuid:claim_id>/edit/", claims.edit_claim, name="claim_edit"),
    path("<uuid:claim_id>/notice.pdf", case_papers.notice_pdf, name="claim_notice"),
    path("<uuid:claim_id>/dates.ics", case_papers.dates, name="claim_dates"),
    path("<uuid:claim_id>/files/<uuid:file_id>/", case_papers.kept_file, name="claim_file"),
]
_pages: list[URLPattern | URLResolver] = [
    path("", overview.overview, name="overview"),
    path("stress/", stress.stress, name="stress"),
    path("stress/sheet.pdf", stress.sheet, name="stress_sheet"),
    path("policies/import/", policy_import.policy_import, name="policy_import"),
    path("policies/listed/", policy_listed.policy_listed, name="policy_listed"),
    path("policies/template/<slug:kind>/", policy_import.template, name="policy_template"),
    path("opt-outs/", opt_outs.opt_outs, name="opt_outs"),
    path("opt-outs/keep/", opt_outs.keep, name="opt_out_keep"),
    path("opt-outs/<uuid:paper_id>/", opt_outs.paper, name="opt_out_paper"),
    path("opt-outs/<uuid:paper_id>/withdraw/", opt_outs.withdraw, name="opt_out_withdraw"),
    path("handover/", handover.handover, name="handover"),
    path("handover/make/", handover.make, name="handover_make"),
    path("handover/<uuid:record_id>/given/", handover.given, name="handover_given"),
    path("handover/<uuid:record_id>/received/", handover.received, name="handover_received"),
    path("claim/", claim.claim, name="claim"),
    path("claims/", include(_claims)),
    path("calculator/", calculator.of_trip, name="calculator"),
]
urlpatterns = [path("<uuid:trip_id>/cover/", include(_pages))]
