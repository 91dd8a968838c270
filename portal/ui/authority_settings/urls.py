"""The pages of an authority's own rules; they live in the namespace of the authority's desk."""

from __future__ import annotations

from django.urls import path

from portal.ui.authority_settings import letterhead, pages

urlpatterns = [
    path("", pages.settings_page, name="settings"),
    path("edition/", pages.save_edition, name="save_edition"),
    path("letterhead/", letterhead.letterhead_page, name="letterhead"),
    path("letterhead/save/", letterhead.save_head, name="save_letterhead"),
    path("save/", pages.save_settings, name="save_settings"),
]
