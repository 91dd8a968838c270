"""The authority's pages. A foreign request answers like one that does not exist."""

from __future__ import annotations

from django.urls import include, path

from portal.ui.authority import (
    deciding,
    deputies,
    forwarding,
    handing,
    inbox,
    mailing,
    notices,
    remarks,
    review,
    schools,
    sending,
    yearly,
)

app_name = "mofa_requests"
_request = [
    path("", review.check, name="request"),
    path("plan/", review.plan, name="plan"),
    path("roster/", review.roster, name="roster"),
    path("history/", review.history, name="history"),
    path("endorse/", deciding.endorse_request, name="endorse"),
    path("claim/", deciding.claim, name="claim"),
    path("release/", deciding.release, name="release"),
    path("hand-over/", handing.hand_on, name="hand_over"),
    path("recall/", handing.recall, name="recall"),
    path("conditions/", handing.meet, name="meet"),
    path("remarks/", remarks.remarks, name="remarks"),
    path("return/", remarks.send_back, name="return"),
    path("decision/", deciding.decision, name="decision"),
    path("decision/<slug:topic>/", deciding.decide_topic, name="decide"),
    path("sending/", sending.sending, name="sending"),
    path("sending/call/", sending.call, name="call"),
    path("sending/letter/", sending.letter, name="letter"),
    path("sending/packet/", sending.packet_status, name="packet_status"),
    path("sending/packet/retry/", sending.retry, name="retry"),
    path("sending/packet.pdf", sending.packet_pdf, name="packet_pdf"),
    path("sending/packet.tif", sending.packet_fax, name="packet_fax"),
    path("sending/dispatch/", sending.dispatch, name="dispatch"),
    path("sending/receipt/", sending.receipt, name="receipt"),
    path("sending/mail/", mailing.mail, name="mail"),
    path("sending/mail/undo/", mailing.undo, name="mail_undo"),
    path("sending/mail/settle/", mailing.settle, name="mail_settle"),
    path("sending/inquiry/", mailing.inquiry, name="inquiry"),
    path("sending/inquiry/answer/", mailing.inquiry_answer, name="inquiry_answer"),
    path("sending/reply/", sending.reply, name="reply"),
]
urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("views/keep/", inbox.keep_view, name="keep_view"),
    path("views/forget/", inbox.forget_view, name="forget_view"),
    path("forwarding/", forwarding.forwarding, name="forwarding"),
    path("forwarding/series/", forwarding.series, name="series"),
    path("deputies/", deputies.deputies, name="deputies"),
    path("deputies/<uuid:deputy_id>/end/", deputies.end, name="deputy_end"),
    path("notices/", notices.notices, name="notices"),
    path("notices/<uuid:notice_id>/", notices.notice, name="notice"),
    path("statistics/", yearly.statistics, name="statistics"),
    path("statistics/year.xlsx", yearly.statistics_xlsx, name="statistics_xlsx"),
    path("statistics/year.csv", yearly.statistics_csv, name="statistics_csv"),
    path("schools/", schools.schools, name="schools"),
    path("settings/", include("portal.ui.authority_settings.urls")),
    path("<uuid:request_id>/", include(_request)),
]
