"""For building an image: collects static files, knows no secret and no server.

Not here: anything that runs afterwards (``prod``).
"""

from __future__ import annotations

import secrets

from portal.config.settings.base import *

PORTAL_ENV = "build"
SECRET_KEY = secrets.token_urlsafe(50)  # forgotten when the build ends
PORTAL_ORIGIN = "https://build.invalid"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
