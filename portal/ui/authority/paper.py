"""How one sheet of the packet of the newest revision looks on paper, page by page, beside what the officer checks.

Not here: the packet itself (sending), the sheets (mofa_requests.documents), the school's preview (ui.school.sheets).
"""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from mofa_requests import queries
from mofa_requests.actions.letterhead import head_from, head_of, letterheads_of
from mofa_requests.documents.packet import PacketInput, packet_input, preview_sheet
from portal.kit.pdf import RenderError
from portal.kit.pdf.views import page_view
from portal.ui.authority.correspondence import proposed_letter
from portal.ui.authority.doors import RequestPage, request_page
from portal.ui.authority.items import SHEET_OF
from portal.ui.typed import sentence_of
from portal.vault.files import FileLost

LETTER = "letter"
_SHEETS = {LETTER, *SHEET_OF.values()}
MOST_PAGES = 999


class WhichPage(forms.Form):
    """Which page of the sheet; anything else is the first."""

    page = forms.IntegerField(min_value=1, max_value=MOST_PAGES, required=False)


@request_page(purpose="送付用PDFの一枚がどう見えるかの画像")
@require_safe
def sheet_picture(request: HttpRequest, page: RequestPage, sheet: str) -> HttpResponseBase:
    """One page of one sheet as PNG; the letter as it would be fixed now."""
    if sheet not in _SHEETS or (sheet == LETTER and not page.forwards):
        raise Http404
    asked = WhichPage(request.GET)
    asked.is_valid()
    try:
        pdf, _ = preview_sheet(_source(request, page), key=sheet)
        picture = page_view(pdf, number=asked.cleaned_data.get("page") or 1)
    except IndexError as gone:
        raise Http404 from gone
    except (RenderError, FileLost) as error:
        return HttpResponse(sentence_of(error), status=422, content_type="text/plain; charset=utf-8")
    answer = HttpResponse(picture, content_type="image/png")
    answer["Cache-Control"] = "no-store"
    return answer


def _source(request: HttpRequest, page: RequestPage) -> PacketInput:
    """The newest revision with what the authority has added, its letter fixed or as the portal would fill it."""
    membership, fixed = request.membership, queries.letter_of(page.revision)  # type: ignore[attr-defined]
    part = queries.request_part(page.request, page.revision)
    letter = proposed_letter(membership, page.revision, fixed)
    newest = letterheads_of(membership.org)[:1]
    head = head_of(fixed) if fixed else head_from(newest[0]) if newest else None
    return packet_input(
        page.dossier.model_copy(update={"request": part.model_copy(update={"letter": letter})}),
        before=queries.dossier_in_force(page.request),
        head=head,
    )
