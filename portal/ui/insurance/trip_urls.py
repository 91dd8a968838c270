"""A trip's cover. Every id is random; a foreign one answers like one that does not exist."""

from __future__ import annotations

from django.urls import include, path

from portal.ui.insurance import calculator, claim, overview, policy_import, stress

app_name = "cover"
_pages = [
    path("", overview.overview, name="overview"),
    path("stress/", stress.stress, name="stress"),
    path("stress/sheet.pdf", stress.sheet, name="stress_sheet"),
    path("policies/import/", policy_import.policy_import, name="policy_import"),
    path("policies/template/<slug:kind>/", policy_import.template, name="policy_template"),
    path("claim/", claim.claim, name="claim"),
    path("calculator/", calculator.of_trip, name="calculator"),
]
urlpatterns = [path("<uuid:trip_id>/cover/", include(_pages))]
