"""/api/v1/ and its description."""

from __future__ import annotations

from django.urls import path
from drf_spectacular.views import SpectacularAPIView

from portal.accounts.access import public
from portal.ui.api import views

app_name = "api"
urlpatterns = [
    path("schema/", public("API: 公開の説明(OpenAPI)")(SpectacularAPIView.as_view()), name="schema"),
    path("trips/", views.TripList.as_view(), name="trips"),
    path("trips/<uuid:trip_id>/dossier/", views.TripDossier.as_view(), name="trip_dossier"),
    path("trips/<uuid:trip_id>/dossier/import/", views.TripImport.as_view(), name="trip_import"),
    path("trips/<uuid:trip_id>/findings/", views.TripFindings.as_view(), name="trip_findings"),
    path("requests/", views.RequestList.as_view(), name="requests"),
    path("requests/<uuid:request_id>/", views.RequestDetail.as_view(), name="request"),
    path("requests/<uuid:request_id>/dossier/", views.RequestDossier.as_view(), name="request_dossier"),
    path("requests/<uuid:request_id>/receipt/", views.RequestReceipt.as_view(), name="request_receipt"),
    path("member-trips/", views.WindowList.as_view(), name="member_trips"),
    path("member-trips/<uuid:request_id>/dossier/", views.WindowDossier.as_view(), name="member_trip_dossier"),
]
