"""The pages of the calendar, in the namespace of the shell. A feed's address is known to its owner alone."""

from __future__ import annotations

from django.urls import path

from portal.ui.calendar import pages

urlpatterns = [
    path("", pages.calendar_page, name="calendar"),
    path("make/", pages.make, name="calendar_make"),
    path("stop/", pages.stop, name="calendar_stop"),
    path("<str:token>.ics", pages.feed, name="calendar_feed"),
]
