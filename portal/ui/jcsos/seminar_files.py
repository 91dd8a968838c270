"""Files of a seminar given to the browser: materials, certificates, the QR code of a ticket. Not here: papers."""

from __future__ import annotations

import io
from uuid import UUID

import segno
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext

from jcsos.actions.seminars import open_material
from jcsos.documents.certificate import build_certificate
from jcsos.models import Seminar, SeminarAttendee
from jcsos.queries import seminars as queries
from portal.kit.pdf import RenderError
from portal.ui.files_out import attachment, pdf_response
from portal.ui.messages import refuse
from portal.vault.files import FileLost
from portal.vault.uploads import ENDINGS

_MODULE = 6
"""Width of one square of the code in pixels: read by a phone from an arm's length."""


def give_material(request: HttpRequest, seminar: Seminar, material_id: UUID, *, back: str) -> HttpResponseBase:
    """A file to be kept, or back to the page with the reason why not."""
    row = queries.materials_of(seminar).filter(pk=material_id).first()
    if row is None:
        raise Http404
    try:
        return attachment(open_material(row), f"shiryo-{row.pk}{ENDINGS[row.media_type]}", media_type=row.media_type)
    except FileLost:
        refuse(request, gettext("保存したファイルを読み出せません。JCSOSに、もう一度載せてもらってください。"))
        return redirect(back, seminar_id=seminar.pk)


def give_certificate(request: HttpRequest, seminar: Seminar, attendee_id: UUID, *, back: str) -> HttpResponseBase:
    """A numbered certificate, or back to the page with the reason why not."""
    row = attendee(seminar, attendee_id)
    if not row.certificate_no:
        refuse(request, gettext("修了証は、出席した人に、開催を終えた後に出ます。"))
        return redirect(back, seminar_id=seminar.pk)
    if not row.name:
        refuse(request, gettext("年度が終わって氏名を消したため、修了証はもう出せません。出席の記録は残っています。"))
        return redirect(back, seminar_id=seminar.pk)
    try:
        return pdf_response(build_certificate(row), f"shuryosho-{row.certificate_no}.pdf")
    except RenderError as error:
        refuse(request, gettext(str(error)))
        return redirect(back, seminar_id=seminar.pk)


def ticket_code(row: SeminarAttendee) -> HttpResponse:
    """The QR code of a ticket as a picture: the address that JCSOS's phone opens at the door."""
    address = f"{settings.PORTAL_ORIGIN}{reverse('jcsos:ticket', kwargs={'ticket': queries.ticket_of(row)})}"
    out = io.BytesIO()
    segno.make(address, error="m").save(out, kind="svg", scale=_MODULE, border=4)
    return HttpResponse(out.getvalue(), content_type="image/svg+xml")


def attendee(seminar: Seminar, attendee_id: UUID) -> SeminarAttendee:
    """One registration of this seminar in view, or 404."""
    row = queries.attendees_of(seminar).filter(pk=attendee_id).first()
    if row is None:
        raise Http404
    return row
