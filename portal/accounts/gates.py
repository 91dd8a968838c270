"""The door of every view: who is asking, for which organisation, proved how, and with which role.

Here: the order of the questions. Not here: the answers' pages (answers), where a view's needs are declared (access).
"""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django.urls import reverse

from portal.accounts import answers, queries
from portal.accounts.access import Access, Gate
from portal.accounts.actions import CHOSEN
from portal.accounts.answers import Why
from portal.accounts.machines import machine_membership, presents_token
from portal.accounts.models import Membership
from portal.accounts.proof import SecondFactor, is_fresh, second_factor
from portal.accounts.requests import SeatedRequest

ACTING_FOR = "acting_for"
ACTING_FOR_HEADER = "X-Acting-For"


def seat(request: SeatedRequest) -> None:
    """Put the person's memberships and the chosen one on the request; a choice made once stays until changed."""
    request.memberships, request.membership = [], None
    if not request.user.is_authenticated:
        return
    request.memberships = list(queries.memberships_of(request.user))
    chosen = request.session.get(CHOSEN)
    if chosen is None and request.memberships:
        chosen = request.session[CHOSEN] = str(request.memberships[0].pk)
    request.membership = next((held for held in request.memberships if str(held.pk) == chosen), None)


def stop_at(request: SeatedRequest, access: Access) -> HttpResponseBase | None:
    """The answer that keeps this request out, or ``None`` to let it in. A wrong role is ``Http404``."""
    if access.gate is Gate.PUBLIC:
        return None
    if access.gate is Gate.MEMBER and presents_token(request):
        return _stop_machine(request, access)
    if not request.user.is_authenticated:
        return answers.hold(request, why=Why.SIGNED_OUT, door=resolve_url("account_login"))
    if access.gate is Gate.MEMBER:
        return _stop_member(request, access) or _stop_without_step_up(request, access)
    return _stop_without_step_up(request, access)


def _stop_machine(request: SeatedRequest, access: Access) -> HttpResponseBase | None:
    membership = machine_membership(request)
    if membership is None:
        return answers.unknown_machine()
    if membership.role_kind not in access.roles or access.step_up:
        # Not seated yet: the answer must read like that of an address that leads nowhere.
        raise Http404
    request.memberships, request.membership = [membership], membership
    return None


def _stop_member(request: SeatedRequest, access: Access) -> HttpResponseBase | None:
    door = _second_factor_door(request)
    if door:
        return answers.hold(request, why=Why.SECOND_FACTOR, door=door)
    if request.membership is None:
        # Never slide over into another organisation by itself: what was typed belonged to the old one.
        request.session.pop(CHOSEN, None)
        return answers.no_membership(request)
    if _meant_for_another(request, request.membership):
        return answers.hold(request, why=Why.OTHER_MEMBERSHIP, door=reverse("accounts:memberships"))
    if request.membership.role_kind not in access.roles:
        raise Http404
    return None


def _second_factor_door(request: SeatedRequest) -> str:
    standing = second_factor(request)
    if standing is SecondFactor.MISSING:
        return reverse("accounts:second_factor")
    return _way_to_prove(request, "mfa_reauthenticate") if standing is SecondFactor.UNPROVED else ""


def _stop_without_step_up(request: SeatedRequest, access: Access) -> HttpResponseBase | None:
    if not access.step_up or is_fresh(request):
        return None
    return answers.hold(request, why=Why.STEP_UP, door=_way_to_prove(request))


def _way_to_prove(request: SeatedRequest, kind: str = "") -> str:
    """The first of allauth's ways to confirm an identity; with none at hand, sign out and in again."""
    methods = get_adapter(request).get_reauthentication_methods(request.user)
    ways = [method["url"] for method in methods if method["id"].startswith(kind)]
    return ways[0] if ways else reverse("account_logout")


def _meant_for_another(request: SeatedRequest, membership: Membership) -> bool:
    """A page of one organisation sent after switching to another in a second tab."""
    meant = request.headers.get(ACTING_FOR_HEADER)
    if meant is None and request.method == "POST" and ACTING_FOR in request.POST:
        meant = request.POST[ACTING_FOR]
    return meant is not None and meant != str(membership.pk)
