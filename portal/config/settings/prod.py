"""The portal on a public address: everything comes from the environment, and everything wrong is listed at once.

Not here: how to run it (``docs/operations.md``) or on one's own machine (``dev``).
"""

from __future__ import annotations

import os

from portal.config.environment import read_environment
from portal.config.logs import logging_settings
from portal.config.settings.base import *
from portal.config.settings.parts import cache, database

_given = read_environment()

PORTAL_ENV = "prod"
PORTAL_RELAX_MFA = os.environ.get("PORTAL_RELAX_MFA") == "1"  # read only to be refused by the start-up checks
DEBUG = False
SECRET_KEY = _given["secret_key"]
PORTAL_MASTER_KEYS = _given["master_keys"]
PORTAL_PACKET_KEYS = _given["packet_keys"]
ALLOWED_HOSTS = _given["hosts"]
PORTAL_ORIGIN = _given["origin"].rstrip("/")
CSRF_TRUSTED_ORIGINS = [PORTAL_ORIGIN]

DATABASES = {"default": database(_given["database"], pool_size=_given["pool_size"])}
CACHES = {"default": cache(_given["cache"])}
CELERY_BROKER_URL = _given["broker"]

EMAIL_HOST = _given["email"]["EMAIL_HOST"]
EMAIL_PORT = _given["email"]["EMAIL_PORT"]
EMAIL_HOST_USER = _given["email"]["EMAIL_HOST_USER"]
EMAIL_HOST_PASSWORD = _given["email"]["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS = _given["email"]["EMAIL_USE_TLS"]
EMAIL_USE_SSL = _given["email"]["EMAIL_USE_SSL"]
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = _given["from_email"]

MEDIA_ROOT = _given["storage"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

ALLAUTH_TRUSTED_PROXY_COUNT = _given["proxies"]
if _given["proxies"]:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
LOGGING = logging_settings(with_messages=False)
