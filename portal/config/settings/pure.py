"""For commands that need no server at all: rules, dossiers, packets. No database, no cache, no secret, no URL.

Not here: anything that reads or writes a row.
"""

from __future__ import annotations

import os
import secrets

from portal.config.settings.base import *

PORTAL_ENV = "pure"
DEBUG = False
SECRET_KEY = secrets.token_urlsafe(50)  # signs nothing that outlives the command
PORTAL_PACKET_KEYS = os.environ.get("PORTAL_PACKET_KEYS", "")
ALLOWED_HOSTS: list[str] = []
INSTALLED_APPS = ["portal.config.apps.PureConfig", "portal.ui"]
ROOT_URLCONF = ""
MIDDLEWARE = []
DATABASES: dict[str, dict[str, str]] = {}
