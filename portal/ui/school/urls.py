"""The school's pages. Every id is random; a foreign one answers like one that does not exist."""

from __future__ import annotations

from django.urls import include, path

from portal.ui.school import (
    aftermath,
    assigning,
    board,
    calls,
    checking,
    copying,
    following,
    handouts,
    home,
    importing,
    papers,
    persons,
    roster,
    sections,
    submitting,
    workspace,
)

app_name = "trips"
_trip = [
    path("", workspace.workspace, name="workspace"),
    path("sections/<slug:section>/", sections.section_page, name="section"),
    path("sections/<slug:section>/rows/<slug:prop>/", sections.new_row, name="new_row"),
    path("sections/<slug:section>/confirm/", sections.confirm, name="confirm"),
    path("roster/", roster.roster, name="roster"),
    path("roster/add/", persons.add_person, name="add_person"),
    path("roster/people/<uuid:person_id>/", persons.edit_person, name="edit_person"),
    path("roster/people/<uuid:person_id>/remove/", persons.remove_person, name="remove_person"),
    path("roster/people/<uuid:person_id>/restore/", persons.restore_person, name="restore_person"),
    path("roster/assign/", assigning.assign_people, name="assign"),
    path("roster/export/<slug:kind>/", roster.export_roster, name="export_roster"),
    path("roster/import/", importing.upload, name="import"),
    path("roster/import/decide/", importing.decide, name="import_decide"),
    path("roster/import/forget/", importing.forget, name="forget_columns"),
    path("roster/import/<uuid:batch_id>/undo/", importing.undo, name="undo_import"),
    path("check/", checking.check, name="check"),
    path("check/edition/", checking.move_to_edition, name="edition"),
    path("preview/", following.preview, name="preview"),
    path("preview/draft.pdf", following.draft_pdf, name="draft_pdf"),
    path("preview/tagged.pdf", papers.draft_tagged, name="draft_tagged"),
    path("preview/fax.pdf", papers.draft_fax, name="draft_fax"),
    path("preview/fax-standard.pdf", papers.draft_fax_standard, name="draft_fax_standard"),
    path("itinerary/", board.board, name="board"),
    path("papers/", handouts.handouts, name="handouts"),
    path("papers/<slug:kind>.pdf", handouts.handout, name="handout"),
    path("papers/<slug:kind>/", handouts.sealed_handout, name="sealed_handout"),
    path("carried/", copying.carried, name="carried"),
    path("calls/", calls.calls, name="calls"),
    path("submit/", submitting.submit_page, name="submit"),
    path("submit/late-reason/", submitting.late_reason, name="late_reason"),
    path("withdraw/", submitting.withdraw_page, name="withdraw"),
    path("amend/", submitting.amend_page, name="amend"),
    path("timeline/", following.timeline, name="timeline"),
    path("timeline/remarks/<uuid:remark_id>/answer/", following.answer, name="answer"),
    path("timeline/replies/<uuid:reply_id>/seen/", following.reply_seen, name="reply_seen"),
    path("timeline/packet.pdf", following.packet_pdf, name="packet_pdf"),
    path("after/", aftermath.aftermath, name="aftermath"),
    path("export.json", following.export, name="export"),
]
urlpatterns = [
    path("", home.home, name="home"),
    path("jcsos-consent/", home.jcsos_consent, name="jcsos_consent"),
    path("new/", home.new_trip, name="new_trip"),
    path("<uuid:trip_id>/", include(_trip)),
]
