"""What a person reads when the portal itself cannot answer: nothing typed is lost, and when to try again.

Rendered without the database, which may be what is missing. Not here: refusals (portal.accounts.answers).
"""

from __future__ import annotations

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from portal.accounts.answers import MailServerAway, is_api, posted_fields

TRY_AGAIN_AFTER = 20
"""Seconds; a database that fell over has usually read its log again by then."""


def answer_broken(request: HttpRequest) -> HttpResponse:
    """Django's ``handler500``: 503 where the database or the mail server has gone, 500 for everything else."""
    gone = isinstance(sys.exc_info()[1], OperationalError | InterfaceError | MailServerAway)
    answer = _refuse_api(gone=gone) if is_api(request) else _show(request, gone=gone)
    answer["Cache-Control"] = "no-store"
    if gone:
        answer["Retry-After"] = str(TRY_AGAIN_AFTER)
    return answer


def _show(request: HttpRequest, *, gone: bool) -> HttpResponse:
    """A form is given back with its own fields, to be sent again from this page."""
    typed = request.method == "POST" and gone and "HX-Request" not in request.headers
    context = {
        "fields": posted_fields(request) if typed else [],
        "has_files": typed and bool(request.FILES),
        "resend_to": request.get_full_path(),
        "csrf_token": get_token(request) if typed else "",
    }
    status = 503 if gone else 500
    return HttpResponse(render_to_string(f"{status}.html", context), status=status)


def _refuse_api(*, gone: bool) -> HttpResponse:
    if gone:
        words = _("データベースにつながりません。少し待ってから、もう一度お試しください。")
        return JsonResponse({"detail": words}, status=503)
    return JsonResponse({"detail": _("処理できませんでした")}, status=500)
