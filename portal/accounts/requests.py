"""What the middleware has put on a request by the time a view sees it, as types for the views' signatures."""

from __future__ import annotations

from contextlib import ExitStack

from django.http import HttpRequest
from django.urls import ResolverMatch

from portal.accounts.models import Membership, User
from portal.accounts.sessions import Ended


class SeatedRequest(HttpRequest):
    """Any request: the memberships of whoever is signed in, the chosen one, why a sign-in ended just now, or in how
    many seconds it will.
    """

    memberships: list[Membership]
    membership: Membership | None
    session_ended: Ended | None
    session_ends_in: int
    scopes: ExitStack
    resolver_match: ResolverMatch


class PersonRequest(SeatedRequest):
    """Behind ``signed_in``: a person."""

    user: User


class MemberRequest(PersonRequest):
    """Behind ``members``: a membership with one of the declared roles. For a machine, ``user`` is anonymous."""

    membership: Membership
