"""The pages of JCSOS's office beside audits and cases: consultations, duty-of-care files, members and their letters."""

from __future__ import annotations

from django.urls import include, path

from portal.ui.jcsos import consult, duty_files, letters, membership, our_consult, our_membership

_consultation = [
    path("", consult.consultation, name="consultation"),
    path("acts/<slug:act>/", consult.act, name="consultation_act"),
    path("files/<uuid:entry_id>/", consult.consultation_file, name="consultation_file"),
]
_our_consultation = [
    path("", our_consult.our_consultation, name="our_consultation"),
    path("write/", our_consult.write, name="our_consultation_write"),
    path("close/", our_consult.close, name="our_consultation_close"),
    path("files/<uuid:entry_id>/", our_consult.our_file, name="our_consultation_file"),
]
_member = [
    path("", membership.member, name="member"),
    path("acts/<slug:act>/", membership.member_act, name="member_act"),
    path("papers/<uuid:paper_id>/", membership.member_paper, name="member_paper"),
]
_associate = [
    path("", membership.associate, name="associate"),
    path("acts/<slug:act>/", membership.associate_act, name="associate_act"),
    path("papers/<uuid:paper_id>/", membership.associate_paper, name="associate_paper"),
]
_our_membership = [
    path("", our_membership.our_membership, name="our_membership"),
    path("leave/", our_membership.leave, name="our_membership_leave"),
    path("acts/<slug:act>/", our_membership.our_membership_act, name="our_membership_act"),
    path("papers/<uuid:paper_id>/", our_membership.our_paper, name="our_member_paper"),
]
OFFICE = [
    path("membership/", membership.roll, name="members"),
    path("membership/join/<slug:kind>/", membership.join, name="member_join"),
    path("membership/<uuid:member_id>/", include(_member)),
    path("membership/associates/<uuid:associate_id>/", include(_associate)),
    path("letters/<uuid:code>/", letters.letter, name="letter"),
    path("ours/membership/", include(_our_membership)),
    path("consultations/", consult.consultations, name="consultations"),
    path("consultations/<uuid:ticket_id>/", include(_consultation)),
    path("articles/<uuid:article_id>/", consult.article, name="article"),
    path("articles/<uuid:article_id>/acts/<slug:act>/", consult.article_act, name="article_act"),
    path("trips/<uuid:request_id>/duty-file/", duty_files.member_file, name="member_duty_file"),
    path("trips/<uuid:request_id>/duty-file/<int:number>.pdf", duty_files.member_file_pdf, name="member_duty_file_pdf"),
    path("ours/trips/<uuid:trip_id>/duty-file/", duty_files.our_file, name="our_duty_file"),
    path("ours/trips/<uuid:trip_id>/duty-file/<int:number>.pdf", duty_files.our_file_pdf, name="our_duty_file_pdf"),
    path("ours/consultations/", our_consult.our_consultations, name="our_consultations"),
    path("ours/consultations/<uuid:ticket_id>/", include(_our_consultation)),
    path("ours/articles/<uuid:article_id>/", our_consult.our_article, name="our_article"),
]
