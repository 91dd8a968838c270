"""The composition of all URLs. Each view declares its access; an undeclared one fails the start-up checks."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from portal.accounts.views import machines

handler500 = "portal.ui.broken.answer_broken"
urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/", include("portal.accounts.urls")),
    # Before allauth's own: the same address, and the same answer, with a line in the history.
    path("identity/o/api/token", machines.token, name="machine_token"),
    path("", include("allauth.idp.urls")),
    path("api/v1/", include("portal.ui.api.urls")),
    path("jcsos/", include("portal.ui.jcsos.urls")),
    path("trips/", include("portal.ui.insurance.trip_urls")),
    path("trips/", include("portal.ui.school.urls")),
    path("insurance/", include("portal.ui.insurance.urls")),
    path("inbox/", include("portal.ui.authority.urls")),
    path("", include("portal.ui.urls")),
]
