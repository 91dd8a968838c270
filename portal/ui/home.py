"""The front door: welcome page when signed out, the audience's own start page when signed in.

Not here: the start pages themselves; they are URL names of the apps.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from portal.accounts.access import public
from portal.kit.roles import Audience
from portal.ui.nav import url_or_empty

# Where each audience starts; the first name that resolves wins.
STARTS: dict[Audience, tuple[str, ...]] = {
    Audience.SCHOOL: ("trips:home",),
    Audience.AUTHORITY: ("mofa_requests:inbox",),
    Audience.JCSOS: ("jcsos:home",),
    Audience.PLATFORM: ("ui:operations",),
}


@public("入口")
def home(request: HttpRequest) -> HttpResponse:
    """Welcome page, or on to the start page of the organisation one acts for."""
    membership = getattr(request, "membership", None)
    start = start_of(membership.role_kind.audience) if membership else ""
    if start:
        return redirect(start)
    return render(request, "ui/home.html")


def start_of(audience: Audience) -> str:
    """The path of an audience's start page, or nothing while none exists."""
    return next(filter(None, map(url_or_empty, STARTS[audience])), "")
