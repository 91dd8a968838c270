"""The draft packet in its other forms: as a fax arrives, and with tags for reading aloud. Nothing is kept.

Not here: the draft itself and the page that offers them (following), sheets (mofa_requests.documents).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from mofa_requests import queries
from mofa_requests.actions.characters import substitutes_of
from mofa_requests.documents.packet import PacketInput, build_packet, packet_input
from portal.kit.pdf import RenderError
from portal.kit.pdf.fax import FINE, STANDARD, fax_view
from portal.ui.files_out import pdf_response
from portal.ui.messages import refuse
from portal.ui.school.doors import STAFF, TripPage, trip_page
from portal.ui.typed import sentence_of


@trip_page(STAFF, purpose="送付用PDFの案をファックスで届く形(高画質)で見る")
@require_safe
def draft_fax(request: HttpRequest, page: TripPage) -> HttpResponseBase:
    return _show(request, page, "fax", seen=partial(fax_view, resolution=FINE))


@trip_page(STAFF, purpose="送付用PDFの案をファックスで届く形(標準)で見る")
@require_safe
def draft_fax_standard(request: HttpRequest, page: TripPage) -> HttpResponseBase:
    return _show(request, page, "fax-standard", seen=partial(fax_view, resolution=STANDARD))


@trip_page(STAFF, purpose="読み上げソフト向けの送付用PDFの案を開く")
@require_safe
def draft_tagged(request: HttpRequest, page: TripPage) -> HttpResponseBase:
    return _show(request, page, "ua", tagged=True)


def draft_of(page: TripPage) -> PacketInput:
    """What the draft is made of: the live plan and, while a request amends one, what the ministry has of it."""
    return packet_input(
        queries.gather_dossier(page.trip),
        before=queries.dossier_in_force(page.request),
        agreed=substitutes_of(page.trip),
    )


def _show(
    request: HttpRequest,
    page: TripPage,
    form: str,
    *,
    tagged: bool = False,
    seen: Callable[[bytes], bytes] | None = None,
) -> HttpResponseBase:
    """The draft of the live plan in one of its forms, or the reason why it cannot be laid out."""
    try:
        pdf = build_packet(draft_of(page), tagged=tagged).pdf
    except RenderError as error:
        refuse(request, sentence_of(error))
        return redirect(page.url("preview"))
    return pdf_response(seen(pdf) if seen else pdf, f"{page.trip.trip_no}-an-{form}.pdf")
