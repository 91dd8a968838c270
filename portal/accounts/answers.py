"""What a request reads that is not let in: where to go, and everything that was typed given back unharmed.

Nothing typed is stored on the server: a held POST is answered with its own fields, to be sent again.
"""

from __future__ import annotations

import json
import re
from enum import StrEnum
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_SECRET = re.compile(r"^(csrfmiddlewaretoken|code|otp|pin)$|password|passphrase|secret|token|credential", re.IGNORECASE)


class MailServerAway(Exception):
    """A mail that this very request was about (a code, a link) did not go out; the person is asked to try again."""


class Why(StrEnum):
    """Why a request is held at the door; the value is the event our scripts hear."""

    SIGNED_OUT = "session-ended"
    SECOND_FACTOR = "second-factor-needed"
    STEP_UP = "step-up-needed"
    OTHER_MEMBERSHIP = "other-membership"
    FORM_TOO_OLD = "form-renewed"


def is_api(request: HttpRequest) -> bool:
    """Whether a machine-readable answer is expected."""
    return request.path.startswith(settings.PORTAL_API_PREFIX)


def hold(request: HttpRequest, *, why: Why, door: str) -> HttpResponse:
    """Send to ``door`` and bring back afterwards; a POST gets its fields back instead of losing them."""
    if is_api(request):
        return _refuse_api(why)
    if request.headers.get("HX-Request"):
        return _hold_fragment(request, why=why, door=door)
    if request.method in SAFE:
        return _redirect(_with_next(request, door, request.get_full_path(), why))
    status = 409 if why is Why.OTHER_MEMBERSHIP else 401
    door = _with_next(request, door, reverse("accounts:returned"), why)
    return render_held(request, why=why, door=door, status=status)


def render_held(request: HttpRequest, *, why: Why, door: str = "", status: int = 401) -> HttpResponse:
    """The page that says what happened and offers the fields again; no file, no secret, no old token."""
    context = {
        "why": why.name,
        "door": door,
        "fields": posted_fields(request),
        "has_files": bool(request.FILES),
        "resend_to": request.get_full_path(),
    }
    return render(request, "accounts/held.html", context, status=status)


def posted_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """Every posted name and value in order, without secrets."""
    return [(name, value) for name, values in request.POST.lists() if not _SECRET.search(name) for value in values]


def no_membership(request: HttpRequest) -> HttpResponse:
    """Signed in, but no longer (or not yet) acting for any organisation."""
    if is_api(request):
        return JsonResponse({"detail": "この所属では操作できません。所属を確かめてください。"}, status=403)
    if request.headers.get("HX-Request"):
        answer = HttpResponse(status=403)
        answer["HX-Redirect"] = reverse("accounts:memberships")
        return answer
    return render(request, "accounts/no_membership.html", status=403)


def unknown_machine() -> JsonResponse:
    """A bearer token that is unknown, expired or withdrawn."""
    answer = JsonResponse({"detail": "トークンが無効か期限切れです。新しいトークンを取得してください。"}, status=401)
    answer["WWW-Authenticate"] = 'Bearer error="invalid_token"'
    return answer


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form older than the present sign-in. From our own page: offer it again with a fresh token; else refuse."""
    if not _from_our_own_page(request):
        return render(request, "accounts/refused_form.html", status=403)
    if request.headers.get("HX-Request"):
        # Only our own origin can read this header, as it can read the page that carries the token.
        return _trigger({Why.FORM_TOO_OLD.value: {"token": get_token(request)}}, status=403)
    return render_held(request, why=Why.FORM_TOO_OLD, status=403)


def _hold_fragment(request: HttpRequest, *, why: Why, door: str) -> HttpResponse:
    if request.method in SAFE:
        answer = HttpResponse(status=401)
        answer["HX-Redirect"] = _with_next(request, door, _page_of(request), why)
        return answer
    url = _with_next(request, door, reverse("accounts:returned"), why)
    return _trigger({why.value: {"url": url}}, status=401)


def _trigger(event: dict[str, dict[str, str]], *, status: int) -> HttpResponse:
    """No swap: the page with the typed text stays, our scripts show what to do."""
    answer = HttpResponse(status=status)
    answer["HX-Trigger"] = json.dumps(event)
    answer["HX-Reswap"] = "none"
    return answer


def _refuse_api(why: Why) -> JsonResponse:
    answer = JsonResponse({"detail": "サインインか有効なトークンが必要です。", "reason": why.value}, status=401)
    answer["WWW-Authenticate"] = "Bearer"
    return answer


def _redirect(url: str) -> HttpResponse:
    answer = HttpResponse(status=302)
    answer["Location"] = url
    return answer


def _with_next(request: HttpRequest, door: str, then: str, why: Why) -> str:
    query = {"next": then}
    ended = getattr(request, "session_ended", None)
    if why is Why.SIGNED_OUT and ended is not None:
        query["ended"] = ended.value
    return f"{door}{'&' if '?' in door else '?'}{urlencode(query)}"


def _page_of(request: HttpRequest) -> str:
    """The path of the page a fragment was asked from, if it is one of ours."""
    shown = urlsplit(request.headers.get("HX-Current-URL", ""))
    if shown.netloc != request.get_host():
        return "/"
    return f"{shown.path}?{shown.query}" if shown.query else shown.path or "/"


def _from_our_own_page(request: HttpRequest) -> bool:
    origin = request.headers.get("Origin")
    if origin is not None:
        return urlsplit(origin).netloc == request.get_host()
    return request.headers.get("Sec-Fetch-Site") == "same-origin"
