"""The web process: what the server calls. It serves only when every start-up check passes."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from portal.config.memory import set_aside
from portal.config.startup import guarded

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.config.settings.dev")
application = guarded(get_wsgi_application())
set_aside()
