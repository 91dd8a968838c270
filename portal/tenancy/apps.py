from django.apps import AppConfig
from django.db.models.signals import post_migrate


class TenancyConfig(AppConfig):
    name = "portal.tenancy"
    label = "tenancy"

    def ready(self) -> None:
        from portal.tenancy import checks, grants  # noqa: F401, PLC0415 - registers the start-up checks

        post_migrate.connect(grants.grant_global_tables, sender=self, dispatch_uid="tenancy.grants")
