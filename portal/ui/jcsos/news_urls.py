"""Addresses of circulars: JCSOS's desk, and what a member school reads under ``ours/``."""

from __future__ import annotations

from django.urls import URLPattern, path

from portal.ui.jcsos import circulars, our_circulars

NEWS: list[URLPattern] = [
    path("circulars/", circulars.circulars, name="circulars"),
    path("circulars/new/", circulars.new_circular, name="new_circular"),
    path("circulars/<uuid:circular_id>/", circulars.circular, name="circular"),
    path("circulars/<uuid:circular_id>/edit/", circulars.edit_circular, name="edit_circular"),
    path("circulars/<uuid:circular_id>/acts/<slug:act>/", circulars.circular_act, name="circular_act"),
    path("circulars/<uuid:circular_id>/returned/", circulars.returned_mail, name="returned_mail"),
    path("circulars/<uuid:circular_id>/restart/", circulars.restart_sending, name="restart_sending"),
    path(
        "circulars/<uuid:circular_id>/mails/<uuid:mail_id>/<slug:act>/", circulars.circular_mail, name="circular_mail"
    ),
    path("ours/circulars/", our_circulars.our_circulars, name="our_circulars"),
    path("ours/circulars/<uuid:circular_id>/", our_circulars.our_circular, name="our_circular"),
    path("ours/told/<uuid:receipt_id>/", our_circulars.told, name="told"),
]
