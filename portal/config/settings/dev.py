"""The portal on one's own machine: servers of `make run`, or real ones where the environment names them.

Secrets are made once in ``var/keys``. Nothing here is fit for a public address: see ``prod``.
"""

from __future__ import annotations

import os

from portal.config.environment import parse_master_keys
from portal.config.logs import logging_settings
from portal.config.mail_server import mail_server
from portal.config.settings.base import *
from portal.config.settings.parts import cache, database_from_url
from portal.config.supervisor.addresses import local_addresses
from portal.config.supervisor.keys import master_key, packet_key, signing_key
from portal.config.supervisor.places import places_of_this_tree

_places = places_of_this_tree()
_addresses = local_addresses(_places, environment=os.environ)

PORTAL_ENV = "dev"
PORTAL_RELAX_MFA = os.environ.get("PORTAL_RELAX_MFA", "1") == "1"  # demo people have no second factor
DEBUG = os.environ.get("PORTAL_DEBUG") == "1"
SECRET_KEY = os.environ.get("SECRET_KEY") or signing_key(_places)
PORTAL_MASTER_KEYS = parse_master_keys(os.environ.get("PORTAL_MASTER_KEY") or master_key(_places))
PORTAL_PACKET_KEYS = os.environ.get("PORTAL_PACKET_KEYS") or packet_key(_places)
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
PORTAL_ORIGIN = os.environ.get("PORTAL_ORIGIN", "http://localhost:8000")
CSRF_TRUSTED_ORIGINS = [PORTAL_ORIGIN]

DATABASES = {
    "default": database_from_url(_addresses.database, pool_size=int(os.environ.get("DATABASE_POOL_SIZE", "4")))
}
CACHES = {"default": cache(_addresses.cache)}
CELERY_BROKER_URL = _addresses.broker

EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = str(_places.mail)
if os.environ.get("EMAIL_URL"):
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    globals().update(mail_server(os.environ["EMAIL_URL"]), EMAIL_TIMEOUT=20)
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "portal@localhost")

MEDIA_ROOT = os.environ.get("STORAGE") or str(_places.files)
STATIC_ROOT = _places.uncollected
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
LOGGING = logging_settings(with_messages=True)
