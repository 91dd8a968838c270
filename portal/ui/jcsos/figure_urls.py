"""The dashboard's pages: figures, their lists and files. Collected by ``urls``."""

from __future__ import annotations

from django.urls import path

from portal.ui.jcsos import dashboard, readiness

FIGURES = [
    path("dashboard/", dashboard.dashboard, name="dashboard"),
    path("dashboard/trips/", dashboard.dashboard_trips, name="dashboard_trips"),
    path("dashboard.xlsx", dashboard.dashboard_xlsx, name="dashboard_xlsx"),
    path("members/<uuid:member_id>/readiness/", readiness.readiness, name="readiness"),
    path("ours/readiness/", readiness.our_readiness, name="our_readiness"),
]
