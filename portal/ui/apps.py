from django.apps import AppConfig
from django.conf import settings

from portal.ui.locale.compile import compile_if_outdated


class UiConfig(AppConfig):
    name = "portal.ui"
    label = "ui"

    def ready(self) -> None:
        """Set-up compiles the catalogues; where people write code they follow their sources by themselves."""
        if settings.PORTAL_ENV in ("dev", "test"):
            compile_if_outdated()
