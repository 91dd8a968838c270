"""JCSOS's pages: its own desk, and what a school sees of it under ``ours/``."""

from __future__ import annotations

from django.urls import include, path

from portal.ui.jcsos import audits, campaigns, cases, ours, reports, views
from portal.ui.jcsos.figure_urls import FIGURES
from portal.ui.jcsos.news_urls import NEWS
from portal.ui.jcsos.office_urls import OFFICE

app_name = "jcsos"
_audit = [
    path("", audits.audit, name="audit"),
    path("acts/<slug:act>/", audits.act, name="audit_act"),
    path("criteria/<slug:criterion>/", audits.assess, name="audit_assess"),
    path("findings/<uuid:finding_id>/<slug:act>/", audits.finding, name="audit_finding"),
    path("evidence/<uuid:evidence_id>/", audits.evidence, name="audit_evidence"),
    path("report.pdf", reports.report, name="audit_report"),
]
_campaign = [
    path("", campaigns.campaign, name="campaign"),
    path("draw/", campaigns.draw, name="draw"),
    path("announce/", campaigns.announce_all, name="announce_all"),
    path("close/", campaigns.close, name="close_campaign"),
]
_our_audit = [
    path("", ours.our_audit, name="our_audit"),
    path("evidence/", ours.give, name="give_evidence"),
    path("evidence/<uuid:evidence_id>/", ours.our_evidence, name="our_evidence"),
    path("evidence/<uuid:evidence_id>/withdraw/", ours.withdraw, name="withdraw_evidence"),
    path("hand-in/", ours.hand_in, name="hand_in"),
    path("findings/<uuid:finding_id>/reply/", ours.reply, name="reply"),
    path("findings/<uuid:finding_id>/correct/", ours.correct, name="correct"),
    path("report.pdf", reports.our_report, name="our_report"),
]
urlpatterns = [
    path("", views.home, name="home"),
    *FIGURES,
    path("members/<uuid:member_id>/", views.school, name="school"),
    path("trips/<uuid:request_id>/", views.trip, name="trip"),
    path("audits/", campaigns.campaigns, name="campaigns"),
    path("audits/new/", campaigns.new_campaign, name="new_campaign"),
    path("audits/trips/<uuid:audit_id>/", include(_audit)),
    path("audits/<uuid:campaign_id>/", include(_campaign)),
    path("cases/", cases.cases, name="cases"),
    path("cases/start/", cases.start, name="start_case"),
    path("cases/<uuid:case_id>/", cases.case, name="case"),
    path("cases/<uuid:case_id>/open/", cases.open_case, name="open_case"),
    path("cases/<uuid:case_id>/acts/<slug:act>/", cases.act, name="case_act"),
    *OFFICE,
    path("ours/", ours.ours, name="ours"),
    *NEWS,
    path("ours/audits/<uuid:audit_id>/", include(_our_audit)),
]
