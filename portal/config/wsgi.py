"""The web process: what the server calls. The Celery app is loaded so that views can wake workers."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from portal.config import celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.config.settings.dev")
celery.app.set_default()
application = get_wsgi_application()
