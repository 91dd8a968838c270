"""Figures and their lists, readiness, the directory and editions of the procedure. Collected by ``urls``."""

from __future__ import annotations

from django.urls import path

from portal.ui.jcsos import annual, dashboard, directory, readiness, releases

FIGURES = [
    path("dashboard/", dashboard.dashboard, name="dashboard"),
    path("dashboard/trips/", dashboard.dashboard_trips, name="dashboard_trips"),
    path("dashboard.xlsx", dashboard.dashboard_xlsx, name="dashboard_xlsx"),
    path("dashboard/year.pdf", annual.annual, name="annual"),
    path("members/<uuid:member_id>/readiness/", readiness.readiness, name="readiness"),
    path("directory/", directory.directory, name="directory"),
    path("directory/<slug:listed>/<slug:key>/", directory.directory_entry, name="directory_entry"),
    path("editions/", releases.editions, name="editions"),
    path("editions/<uuid:release_id>/", releases.edition, name="edition"),
    path("editions/<uuid:release_id>/preview/", releases.preview, name="edition_preview"),
    path("editions/<uuid:release_id>/publish/", releases.publish, name="edition_publish"),
    path("ours/readiness/", readiness.our_readiness, name="our_readiness"),
]
