"""The portal under test: real PostgreSQL and Valkey of this test run (``tests/conftest.py`` starts them).

``DATABASE_OWNER_URL`` and ``BROKER_URL`` name other servers. Importing this connects to nothing.
"""

from __future__ import annotations

import base64
import os

from portal.config.logs import logging_settings
from portal.config.settings.base import *
from portal.config.settings.parts import cache, database_from_url
from portal.config.supervisor.addresses import addresses_of_this_test_run
from portal.config.supervisor.places import places_of_this_test_run

_places = places_of_this_test_run()
_process = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
_addresses = addresses_of_this_test_run(_places, process=int(_process.removeprefix("gw")), environment=os.environ)

PORTAL_ENV = "test"
DEBUG = False
SECRET_KEY = "a key for tests only, never used where anybody else can reach the portal"  # noqa: S105
PORTAL_MASTER_KEYS = {"test": base64.b64encode(b"a key of 32 bytes for tests only").decode("ascii")}
PORTAL_PACKET_KEYS = "2020-04-01:" + base64.b64encode(b"a packet key for tests, 32 bytes").decode("ascii")
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PORTAL_ORIGIN = "https://portal.example"

# Tests prepare rows as the owner and drop to an audience role where the product does.
DATABASES = {"default": database_from_url(_addresses.database, pool_size=0) | {"TEST": {"NAME": "test_portal"}}}
CACHES = {"default": cache(_addresses.cache)}
CELERY_BROKER_URL = _addresses.broker

EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
DEFAULT_FROM_EMAIL = "portal@portal.example"
STATIC_ROOT = _places.uncollected
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
MEDIA_ROOT = str(_places.files / _process)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LOGGING = logging_settings(with_messages=True)
