"""One line per request: a number to quote to support, the route, the outcome, the time it took.

Here: the middleware. Not here: how lines are written (``logs``). Never logged: path, query, address, name.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from uuid import UUID, uuid4

import structlog
from django.http import HttpRequest, HttpResponseBase

log = structlog.get_logger("portal.request")
QUIET_ROUTES = {"healthz"}


class RequestLogMiddleware:
    """Binds ``request_id`` to every line written during the request and returns it as ``X-Request-ID``."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        number = uuid4().hex[:12]
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=number)
        began = time.perf_counter()
        response = self.get_response(request)
        response.headers["X-Request-ID"] = number
        self._write(request, response, milliseconds=round((time.perf_counter() - began) * 1000))
        return response

    def _write(self, request: HttpRequest, response: HttpResponseBase, *, milliseconds: int) -> None:
        match = request.resolver_match
        route = match.route if match else None
        if route in QUIET_ROUTES and response.status_code < 400:
            return
        ids = {
            name: str(value) for name, value in (match.kwargs if match else {}).items() if isinstance(value, UUID | int)
        }
        log.info("request", method=request.method, route=route, ids=ids, status=response.status_code, ms=milliseconds)
