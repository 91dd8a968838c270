"""What base.html needs on every page: person, organisation, menu, theme. Not here: what a single page shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext

from portal.ui import nav
from portal.ui.labels import label_of, speaks_english
from portal.ui.theme import AUTO, theme_of


@dataclass(frozen=True)
class Seat:
    """One membership as the switcher shows it."""

    id: str
    org_name: str
    role_name: str
    current: bool


def shell(request: HttpRequest) -> dict[str, Any]:
    """``{"shell": …}``, evaluated only when a template reads it."""
    return {"shell": SimpleLazyObject(lambda: _shell(request))}


def _shell(request: HttpRequest) -> dict[str, Any]:
    membership = getattr(request, "membership", None)
    role = membership.role_kind if membership else None
    return {
        "acting_for": str(membership.pk) if membership else "",
        "theme": theme_of(request),
        "themes": ((AUTO, gettext("自動")), ("light", gettext("明")), ("dark", gettext("暗"))),
        "theme_url": nav.url_or_empty("ui:theme"),
        "language_url": nav.url_or_empty("ui:language"),
        "login_url": nav.url_or_empty("account_login"),
        "logout_url": nav.url_or_empty("account_logout"),
        "switch_url": nav.url_or_empty("accounts:switch"),
        "notices_url": nav.url_or_empty("ui:notices") if membership else "",
        "org_name": _org_name(membership) if membership else "",
        "role_name": label_of(role) if role else "",
        "nav": nav.menu_for(request, role),
        "account_links": nav.account_links(role),
        "footer_links": nav.footer_links(),
        **_person(request, membership),
    }


def _person(request: HttpRequest, membership: Any) -> dict[str, Any]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"person": "", "person_email": "", "memberships": ()}
    return {"person": str(user), "person_email": user.email, "memberships": _seats(request, membership)}


def _seats(request: HttpRequest, membership: Any) -> list[Seat]:
    """The person's own memberships; ``request.memberships`` is filled by the access middleware."""
    return [
        Seat(str(seat.pk), _org_name(seat), label_of(seat.role_kind), bool(membership and seat.pk == membership.pk))
        for seat in getattr(request, "memberships", ())
    ]


def _org_name(membership: Any) -> str:
    org = membership.org
    return org.english_name if speaks_english() and org.english_name else org.name
