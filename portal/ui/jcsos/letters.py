"""The public page of a letter of membership: what the letter says and whether it holds, for whoever has its code."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jcsos.queries.roll import letter_by_code
from portal.accounts.access import public
from portal.ui.jcsos.member_shown import letter_shown


@public("会員証明書を確かめる(証明書に書かれた符号を知る人だけ)")
@require_safe
def letter(request: HttpRequest, code: UUID) -> HttpResponse:
    """Every code that no letter carries does not exist."""
    found = letter_by_code(code)
    if found is None:
        raise Http404
    return render(request, "jcsos/letter.html", letter_shown(found))
