"""Addresses of circulars and seminars: JCSOS's desk, and what a member school reads under ``ours/``."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from portal.ui.jcsos import circulars, our_circulars, our_seminars, seminars

_seminar = [
    path("", seminars.seminar, name="seminar"),
    path("edit/", seminars.edit_seminar, name="edit_seminar"),
    path("acts/<slug:act>/", seminars.seminar_act, name="seminar_act"),
    path("seats/<uuid:attendee_id>/certificate.pdf", seminars.certificate, name="certificate"),
    path("seats/<uuid:attendee_id>/<slug:act>/", seminars.seat_act, name="seat_act"),
    path("materials/", seminars.add_material, name="add_material"),
    path("materials/<uuid:material_id>/", seminars.material, name="material"),
    path("materials/<uuid:material_id>/remove/", seminars.remove_material, name="remove_material"),
]
_our_seminar = [
    path("", our_seminars.our_seminar, name="our_seminar"),
    path("register/", our_seminars.register, name="register_seat"),
    path("seats/<uuid:attendee_id>/", our_seminars.our_ticket, name="our_ticket"),
    path("seats/<uuid:attendee_id>/code.svg", our_seminars.our_ticket_code, name="our_ticket_code"),
    path("seats/<uuid:attendee_id>/cancel/", our_seminars.cancel_seat, name="cancel_seat"),
    path("seats/<uuid:attendee_id>/certificate.pdf", our_seminars.our_certificate, name="our_certificate"),
    path("materials/<uuid:material_id>/", our_seminars.our_material, name="our_material"),
]
NEWS: list[URLPattern | URLResolver] = [
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
    path("seminars/", seminars.seminars, name="seminars"),
    path("seminars/new/", seminars.new_seminar, name="new_seminar"),
    path("seminars/tickets/<str:ticket>/", seminars.ticket, name="ticket"),
    path("seminars/<uuid:seminar_id>/", include(_seminar)),
    path("ours/seminars/", our_seminars.our_seminars, name="our_seminars"),
    path("ours/seminars/<uuid:seminar_id>/", include(_our_seminar)),
]
