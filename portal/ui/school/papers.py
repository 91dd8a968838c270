"""The draft packet in its other forms: as a fax arrives, and with tags for reading aloud. Nothing is kept.

Not here: the draft itself and the page that offers them (following), sheets (mofa_requests.documents).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from functools import partial

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from mofa_requests import queries
from mofa_requests.actions.characters import substitutes_of
from mofa_requests.documents.packet import Packet, PacketInput, build_packet, packet_input
from portal.jobs.live import HowFar, LiveTeller, how_far
from portal.kit.pdf import RenderError
from portal.kit.pdf.fax import FINE, STANDARD, fax_view
from portal.ui.files_out import pdf_response
from portal.ui.messages import refuse
from portal.ui.school.doors import STAFF, TripPage, trip_page
from portal.ui.typed import sentence_of

STOP_POLLING = 286
FIRST_LOOKS = 4
"""How often the page asks before it believes that nothing is being made: the other tab's request may come later."""


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


@trip_page(STAFF, purpose="送付用PDFの案の進み具合")
@require_safe
def draft_progress(request: HttpRequest, page: TripPage) -> HttpResponseBase:
    """The fragment that the preview asks for every second while a draft is made in another tab; 286 ends the asking."""
    asked = request.GET.get("asked", "")
    context = making_of(page, looks=int(asked[:6]) if asked.isascii() and asked.isdigit() else FIRST_LOOKS)
    return render(request, "school/_making.html", context, status=200 if context["going"] else STOP_POLLING)


def making_of(page: TripPage, *, looks: int = FIRST_LOOKS) -> dict[str, object]:
    """How far this person's draft is; ``looks`` tells how often the page asked since somebody pressed."""
    far = how_far(page.trip.pk, by=page.actor.user_id)
    going = _under_way(far) or looks < FIRST_LOOKS
    return {"trip": page.trip, "far": far, "going": going, "next": looks + 1 if going else 1}


def _under_way(far: HowFar | None) -> bool:
    return far is not None and not far.ended


def draft_packet(page: TripPage, *, tagged: bool = False) -> Packet:
    """The draft of the live plan; tells the preview in its own tab how far it is. Raises ``RenderError``."""
    teller, pages = LiveTeller(page.trip.pk, by=page.actor.user_id), 0
    try:
        packet = build_packet(draft_of(page), tagged=tagged, watch=lambda far: teller.tell(**dataclasses.asdict(far)))
        pages = packet.pages
    finally:
        teller.end(pages=pages)
    return packet


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
        pdf = draft_packet(page, tagged=tagged).pdf
    except RenderError as error:
        refuse(request, sentence_of(error))
        return redirect(page.url("preview"))
    return pdf_response(seen(pdf) if seen else pdf, f"{page.trip.trip_no}-an-{form}.pdf")
