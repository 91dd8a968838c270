"""What is taken away from a claim: the notice in both languages, its days for a calendar, a kept copy.

Not here: the case itself (case). None of them is stored: a notice is made anew from the sealed facts.
"""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.translation import gettext, override

from insurance.actions.claims import open_file, read_claim
from insurance.claims import Notice, clause_of, dues_of, papers_for
from insurance.machine import KEEPERS
from insurance.models import Claim
from insurance.queries import contracts_of, files_of, notice_of, terms_for
from mofa_requests.queries import gather_dossier
from portal.dossier.types import Dossier
from portal.kit.pdf import PartSource, RenderError, Running, print_parts
from portal.ui.files_out import attachment, pdf_response
from portal.ui.insurance.claim import NoticeLine, notice_lines, reminders, terms_in
from portal.ui.insurance.claims import case_url, claim_of, names_of
from portal.ui.insurance.sheet import sheet_style
from portal.ui.messages import refuse
from portal.ui.school.doors import TripPage, trip_page
from portal.ui.typed import sentence_of
from portal.vault.files import FileLost
from portal.vault.keyring import cipher_for
from portal.vault.uploads import ENDINGS

_TITLE = ("保険金請求の連絡票", "Notice of an insurance claim")
_FOOT = (
    "期限と書類の一文はJETプログラム傷害保険のものです。契約の約款で確かめてください。",
    "Days and papers follow the JET Programme Accident Insurance; check the terms of your own contract.",
)


@trip_page(KEEPERS, purpose="保険金の請求の連絡票(日英)を作る", health=True)
def notice_pdf(request: HttpRequest, page: TripPage, claim_id: UUID) -> HttpResponseBase:
    """The notice as a PDF, every line in both languages; that it was made stands in the history."""
    claim = claim_of(page, claim_id)
    cipher = cipher_for(page.trip.pk)
    dossier = gather_dossier(page.trip, cipher=cipher)
    read_claim(claim, by=page.actor)
    try:
        pdf = notice_sheet(claim, notice_of(claim, cipher), dossier)
    except RenderError as error:
        refuse(request, sentence_of(error))
        return redirect(case_url(page, claim.pk))
    return pdf_response(pdf, f"claim-{page.trip.trip_no}-{claim.number}.pdf")


def notice_sheet(claim: Claim, notice: Notice, dossier: Dossier) -> bytes:
    """The PDF of one notice: who, what, by which day, with which papers."""
    with override("ja"):
        who = names_of(dossier).get(claim.participant, claim.participant)
        context = {
            "title": _TITLE[0],
            "title_ja": _TITLE[0],
            "title_en": _TITLE[1],
            "dossier": dossier,
            "lines": [who_line(who), *notice_lines(notice, dossier, policy=claim.policy)],
            "dues": dues_of(notice, terms_in(dossier, claim.policy)),
            "papers": [
                (clause.title, clause.english, clause.quote)
                for clause in (clause_of(paper.clause) for paper in papers_for(notice.place))
            ],
            "foot_ja": _FOOT[0],
            "foot_en": _FOOT[1],
        }
        style = sheet_style()
        body = render_to_string("insurance/claim_notice.html", context)
        running = Running(render_to_string("insurance/sheet_running.html", context), style)
        return print_parts([PartSource("claim", _TITLE[0], body)], title=_TITLE[0], style=style, running=running).pdf


def who_line(name: str) -> NoticeLine:
    return NoticeLine("氏名", "Name", name)


@trip_page(KEEPERS, purpose="保険金の請求の期限を予定表に入れる", health=True)
def dates(request: HttpRequest, page: TripPage, claim_id: UUID) -> HttpResponseBase:
    """The last days with reminders; no person and no illness is named."""
    claim = claim_of(page, claim_id)
    notice, terms = notice_of(claim, cipher_for(page.trip.pk)), terms_for(claim, contracts_of(page.trip.pk))
    content = reminders(notice, terms, link=request.build_absolute_uri(case_url(page, claim_id)))
    return attachment(content, "claim-dates.ics", media_type="text/calendar; charset=utf-8")


@trip_page(KEEPERS, purpose="請求の書類の写しを開く", health=True)
def kept_file(request: HttpRequest, page: TripPage, claim_id: UUID, file_id: UUID) -> HttpResponseBase:
    """One kept copy, as a file to keep and not to show: it came from outside."""
    claim = claim_of(page, claim_id)
    row = next((each for each in files_of(claim) if each.pk == file_id), None)
    if row is None:
        raise Http404
    try:
        content = open_file(row, by=page.actor, cipher=cipher_for(page.trip.pk))
    except FileLost:
        refuse(request, gettext("保管したファイルを読み出せません。もう一度、写しを加えてください。"))
        return redirect(case_url(page, claim.pk))
    return attachment(content, f"claim-{claim.number}{ENDINGS[row.media_type]}", media_type=row.media_type)
