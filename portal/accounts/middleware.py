"""Two doors every request passes: how long a sign-in lives, and who may call a view in which scope.

Not here: the questions asked (gates), the clocks (sessions), the answers (answers).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from contextvars import Context, copy_context
from typing import Any, cast

from django.contrib.auth import logout
from django.db import transaction
from django.http import Http404, HttpResponseNotAllowed, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.template.response import SimpleTemplateResponse

from portal.accounts import sessions
from portal.accounts.access import Access, Gate
from portal.accounts.acting import scope_of
from portal.accounts.actions import record_sign_out
from portal.accounts.declared import declared_access
from portal.accounts.gates import seat, stop_at
from portal.accounts.models import User
from portal.accounts.proof import newest_proof
from portal.accounts.requests import SeatedRequest
from portal.tenancy.scope import acting_as, current_scope

Next = Callable[[SeatedRequest], HttpResponseBase]
PAGE_METHODS = ("GET", "HEAD", "POST")
BACKGROUND = "X-Background"
"""Header of requests that a page sends by itself (polling): they do not keep an abandoned sign-in alive."""


class SessionLimitsMiddleware:
    """Ends idle and old sign-ins, renews the session id after each proof, clears the browser when one ends."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: SeatedRequest) -> HttpResponseBase:
        request.session_ended, request.session_ends_in = None, 0
        was_signed_in = request.user.is_authenticated
        if was_signed_in:
            _enforce(request)
        proved_at = newest_proof(request)
        response = self.get_response(request)
        if request.user.is_authenticated:
            _carry_on(request, response, renew=was_signed_in and newest_proof(request) > proved_at)
        elif was_signed_in:
            response["Clear-Site-Data"] = '"cache", "storage"'
        return response


def _enforce(request: SeatedRequest) -> None:
    request.session_ended = sessions.why_ended(request.session)
    if request.session_ended is not None:
        record_sign_out(cast(User, request.user), ended=request.session_ended)
        logout(request)
        return
    if BACKGROUND not in request.headers:
        sessions.keep_alive(request.session)
    request.session_ends_in = sessions.seconds_left(request.session)


def _carry_on(request: SeatedRequest, response: HttpResponseBase, *, renew: bool) -> None:
    if renew:
        sessions.renew_id(request.session)
    if sessions.STARTED in request.session:
        response["X-Session-Ends-In"] = str(sessions.seconds_left(request.session))


class AccessMiddleware:
    """Asks at each view's door and runs the view in the scope of the organisation acted for.

    ``process_view`` runs before the transaction of the request begins, so that its BEGIN carries the scope.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: SeatedRequest) -> HttpResponseBase:
        # Here and not at the door, so that a page that does not exist shows the same masthead as one that is refused.
        seat(request)
        with ExitStack() as scopes:
            request.scopes = scopes
            response = self.get_response(request)
            if current_scope() is not None and isinstance(response, StreamingHttpResponse):
                _keep_scope_while_streaming(response)
        return response

    def process_view(
        self, request: SeatedRequest, callback: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        access = declared_access(callback, request.resolver_match.view_name)
        if access is None:
            # Start-up refuses an undeclared view (checks); one that slips through does not exist.
            raise Http404
        stopped = stop_at(request, access) or _stop_odd_method(request, callback)
        if stopped is None:
            _enter_scope(request, access)
        return stopped

    def process_template_response(
        self, request: SeatedRequest, response: SimpleTemplateResponse
    ) -> SimpleTemplateResponse:
        """Late rendering happens after the view's transaction: give it one of its own, so that rows are in view."""
        if current_scope() is None:
            return response
        with transaction.atomic():
            return response.render()


def _stop_odd_method(request: SeatedRequest, callback: Callable[..., Any]) -> HttpResponseBase | None:
    """A page is read or a form is sent; other methods are for views that say themselves which they know."""
    if request.method in PAGE_METHODS or hasattr(callback, "view_class") or hasattr(callback, "cls"):
        return None
    return HttpResponseNotAllowed(PAGE_METHODS)


def _enter_scope(request: SeatedRequest, access: Access) -> None:
    if access.gate is Gate.MEMBER and request.membership is not None:
        request.scopes.enter_context(acting_as(scope_of(request.membership, health=access.health)))


def _keep_scope_while_streaming(response: StreamingHttpResponse) -> None:
    """The server reads the stream after this middleware has left: each chunk is made in a copy of this context."""
    chunks = cast(Iterator[bytes], response.streaming_content)
    response.streaming_content = _chunks_in(copy_context(), chunks)


def _chunks_in(context: Context, chunks: Iterator[bytes]) -> Iterator[bytes]:
    while (chunk := context.run(next, chunks, None)) is not None:
        yield chunk
