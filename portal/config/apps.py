"""The composition root as a Django app: its commands, and the Celery app that the rest finds as the current one."""

from __future__ import annotations

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "portal.config"
    label = "config"
    default = True

    def ready(self) -> None:
        from portal.config import celery, logs  # noqa: PLC0415 - the pure commands never load Celery

        logs.configure_structlog()
        celery.app.set_default()


class PureConfig(AppConfig):
    """The commands alone, for settings without any server."""

    name = "portal.config"
    label = "config"
