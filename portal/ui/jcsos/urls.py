"""JCSOS's pages."""

from __future__ import annotations

from django.urls import path

from portal.ui.jcsos import views

app_name = "jcsos"
urlpatterns = [
    path("", views.home, name="home"),
    path("members/<uuid:member_id>/", views.school, name="school"),
    path("trips/<uuid:request_id>/", views.trip, name="trip"),
]
