"""The demo's own mailbox: every notice that was or will be sent, as its reader sees it. Not in production."""

from __future__ import annotations

from django.conf import settings
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.translation import gettext

from portal.accounts.access import signed_in
from portal.jobs.mail import compose
from portal.jobs.models import MailState, OutboundMail
from portal.jobs.worker import WORKER
from portal.tenancy.scope import acting_as
from portal.ui.labels import label_of


@signed_in("見本環境の郵便受け: 自分宛ての通知")
def mailbox(request: HttpRequest) -> HttpResponse:
    """Notices to the person signed in, newest first."""
    if settings.PORTAL_ENV == "prod":
        raise Http404
    with acting_as(WORKER), transaction.atomic():
        mine = OutboundMail.objects.filter(recipient_id=request.user.pk).select_related("recipient")
        page = Paginator(mine.order_by("-created_at"), 20).get_page(request.GET.get("page"))
        letters = [_letter(mail) for mail in page]
    crumbs = [(gettext("郵便受け(見本環境)"), "")]
    return render(request, "ops/mailbox.html", {"letters": letters, "page": page, "crumbs": crumbs})


def _letter(mail: OutboundMail) -> dict[str, object]:
    """One notice as its reader sees it, and how far it got."""
    written = compose(mail)
    return {
        "subject": written.subject,
        "body": written.body,
        "state": label_of(MailState(mail.state)),
        "at": mail.created_at,
    }


def mailbox_urls() -> list[URLPattern]:
    """The page exists only outside production."""
    return [] if settings.PORTAL_ENV == "prod" else [path("mailbox/", mailbox, name="notices")]
