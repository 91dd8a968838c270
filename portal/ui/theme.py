"""The colour theme a person chose: a cookie read by the server, so that no script and no flash is needed."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from portal.accounts.access import public

COOKIE = "theme"
AUTO = "auto"
THEMES = (AUTO, "light", "dark")
ONE_YEAR = 365 * 24 * 3600


def theme_of(request: HttpRequest) -> str:
    """auto, light or dark; anything else in the cookie reads as auto."""
    chosen = request.COOKIES.get(COOKIE, AUTO)
    return chosen if chosen in THEMES else AUTO


@public("配色を選ぶ")
@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    """Remember the theme and go back to the page one came from."""
    answer = redirect(_way_back(request))
    chosen = request.POST.get("theme", AUTO)
    if chosen in THEMES:
        answer.set_cookie(COOKIE, chosen, max_age=ONE_YEAR, secure=settings.SESSION_COOKIE_SECURE, samesite="Lax")
    return answer


def _way_back(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    own = {request.get_host()}
    return wanted if url_has_allowed_host_and_scheme(wanted, own, request.is_secure()) else "/"
