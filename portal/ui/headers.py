"""Safety headers of every response, static files included. Not here: the content security policy (settings)."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

PERMISSIONS = ", ".join(
    [
        *(f"{feature}=()" for feature in ("accelerometer", "autoplay", "camera", "display-capture", "geolocation")),
        *(f"{feature}=()" for feature in ("gyroscope", "magnetometer", "microphone", "midi", "payment", "usb")),
        "publickey-credentials-create=(self)",
        "publickey-credentials-get=(self)",
    ]
)
"""Nothing of the device is asked for, except passkeys on our own pages."""


class SafetyHeadersMiddleware:
    """Own window, own resources, no referrer to others, and no copy of anything a view made."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Referrer-Policy", "same-origin")
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("X-Frame-Options", "DENY")
        if _may_be_personal(request, response):
            response["Cache-Control"] = "no-store"
        return response


def _may_be_personal(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Everything but files served without a view, and public answers that name their own caching to strangers."""
    if not response.has_header("Cache-Control"):
        return True
    served_by_view = getattr(request, "resolver_match", None) is not None
    return served_by_view and settings.SESSION_COOKIE_NAME in request.COOKIES
