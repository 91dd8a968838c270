"""A membership as pages show it: standing, term, contacts, documents; and giving a document or letter out."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext

from jcsos.actions.members import open_paper
from jcsos.documents.letter import build_letter
from jcsos.enums import PaperKind, Service
from jcsos.models import Associate, MemberPaper, Membership
from jcsos.queries.consult import office
from jcsos.queries.roll import papers_of
from jcsos.rules.members import Standing, contacts_from, standing_of
from portal.kit import clock
from portal.kit.pdf import RenderError
from portal.ui.files_out import attachment, pdf_response
from portal.ui.labels import label_of
from portal.ui.messages import refuse
from portal.vault.files import FileLost
from portal.vault.signing import signer_for

_ENDINGS = {"application/pdf": ".pdf", "image/png": ".png", "image/jpeg": ".jpg"}
_TONES = {Standing.CURRENT: "ok", Standing.ENDING: "warn", Standing.OVERDUE: "error", Standing.LEFT: ""}
_ICONS = {Standing.CURRENT: "check", Standing.ENDING: "clock", Standing.OVERDUE: "alert", Standing.LEFT: "withdrawn"}


def standing_shown(held: Membership | Associate) -> dict[str, Any]:
    """One member in a list: the standing in words, with tone and icon, and the services."""
    standing = standing_of(term_until=held.term_until, left_on=held.left_on, on=clock.today())
    return {
        "held": held,
        "standing": label_of(standing),
        "tone": _TONES[standing],
        "icon": _ICONS[standing],
        "services": [label_of(Service(value)) for value in held.services],
    }


def member_shown(held: Membership | Associate) -> dict[str, Any]:
    """Everything of one membership."""
    contacts = [(label_of(duty), one) for duty, one in contacts_from(held.contacts).items() if one.said]
    papers = list(papers_of(held))
    return {
        **standing_shown(held),
        "contacts": contacts,
        "letters": [letter_shown(row) for row in papers if row.kind == PaperKind.LETTER.value],
        "papers": [(row, label_of(PaperKind(row.kind))) for row in papers if row.kind != PaperKind.LETTER.value],
    }


def letter_shown(row: MemberPaper) -> dict[str, Any]:
    """A letter and whether it holds today."""
    assert row.valid_until is not None
    holds = row.revoked_at is None and row.valid_until >= clock.today()
    return {"letter": row, "holds": holds, "address": letter_address(row)}


def letter_address(row: MemberPaper) -> str:
    """Where anybody verifies a letter."""
    return f"{settings.PORTAL_ORIGIN}{reverse('jcsos:letter', kwargs={'code': row.code})}"


def give_paper(request: HttpRequest, row: MemberPaper, *, back: str) -> HttpResponseBase:
    """The document or letter; or back to the page with the reason why not."""
    try:
        if row.kind == PaperKind.LETTER.value:
            return pdf_response(_letter_pdf(row), f"membership-{row.code}.pdf")
        return attachment(open_paper(row), f"kaiin-{row.pk}{_ENDINGS[row.media_type]}", media_type=row.media_type)
    except FileLost:
        refuse(request, gettext("保存したファイルを読み出せません。もう一度出してもらってください。"))
    except RenderError as error:
        refuse(request, gettext(str(error)))
    return redirect(back)


def _letter_pdf(row: MemberPaper) -> bytes:
    place = office()
    name = (place.english_name or place.name) if place else ""
    signer = signer_for(place, on=row.issued_on) if place else None
    return build_letter(row, office=name, address=letter_address(row), signer=signer)
