"""The URLs of the shell. Pages that gather several apps join here; each app's own pages are in its urls."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from portal.accounts.access import public
from portal.ui.authority.notices import read, told
from portal.ui.gallery import gallery_urls
from portal.ui.health import healthz
from portal.ui.home import home
from portal.ui.mailbox import mailbox_urls
from portal.ui.operations import operations
from portal.ui.packet_keys import packet_keys
from portal.ui.rule_pages import rule, rules
from portal.ui.theme import choose_theme

app_name = "ui"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("healthz", healthz, name="health"),
    path(".well-known/wataridori-keys.json", packet_keys, name="packet_keys"),
    path("language/", public("表示言語を選ぶ")(set_language), name="language"),
    path("theme/", choose_theme, name="theme"),
    path("rules/", rules, name="rules"),
    path("rules/<slug:code>/", rule, name="rule"),
    path("calendar/", include("portal.ui.calendar.urls")),
    path("notices/", told, name="told"),
    path("notices/<uuid:notice_id>/read/", read, name="read_notice"),
    path("operations/", operations, name="operations"),
    *mailbox_urls(),
    *gallery_urls(),
]
